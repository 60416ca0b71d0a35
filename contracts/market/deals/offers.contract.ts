import { Asset, Checksum256, Name, Singleton, TableStore, TimePointSec, requireAuth } from 'proton-tsc';
import { requirePositive, roubles } from '../../shared/amounts';
import { refuse, requireHash, textOf } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { isOver, requireTerm } from '../../shared/terms';
import { GoodsLogs } from '../goods/logs.contract';
import { Reference } from '../reference.tables';
import { DealCounters } from './ids.tables';
import { MAX_WANTS, StandingOffer } from './offers.tables';

/** What members offer and need. Nothing moves by it: goods and money move by acts. */
export class Offers extends GoodsLogs {
  reference: Reference = new Reference();
  offers: TableStore<StandingOffer> = new TableStore<StandingOffer>(this.receiver);
  dealCounters: Singleton<DealCounters> = new Singleton<DealCounters>(this.receiver);

  /** Offers a product or a service at a point of the signer's cooperative. */
  @action('offer')
  offer(
    member: Name,
    product: Name,
    quantity: Asset,
    price: Asset,
    from: TimePointSec,
    till: TimePointSec,
    best_before: TimePointSec,
    point_id: u64,
    wants: Name[],
    document_hash: Checksum256,
  ): void {
    requireAuth(member);

    const row = new StandingOffer(0, Name.fromString('offer'));
    row.member = member;
    row.product = product;
    row.quantity = quantity;
    row.price = price;
    row.from = from;
    row.till = till;
    row.best_before = best_before;
    row.point_id = point_id;
    row.wants = wants;
    row.document_hash = document_hash;
    this.place(row);

    sendLog(this.receiver, 'logoffer', row);
  }

  /** Says what the signer needs at a point of their cooperative. */
  @action('need')
  need(
    member: Name,
    product: Name,
    quantity: Asset,
    price: Asset,
    from: TimePointSec,
    till: TimePointSec,
    best_before: TimePointSec,
    point_id: u64,
    wants: Name[],
    document_hash: Checksum256,
  ): void {
    requireAuth(member);

    const row = new StandingOffer(0, Name.fromString('need'));
    row.member = member;
    row.product = product;
    row.quantity = quantity;
    row.price = price;
    row.from = from;
    row.till = till;
    row.best_before = best_before;
    row.point_id = point_id;
    row.wants = wants;
    row.document_hash = document_hash;
    this.place(row);

    sendLog(this.receiver, 'logneed', row);
  }

  /** Takes back the signer's offer or need. */
  @action('withdraw')
  withdraw(member: Name, offer_id: u64): void {
    requireAuth(member);

    const row = this.requireOffer(offer_id);
    if (row.member != member)
      refuse(`member: ${row.member} of offer ${offer_id} expected, came ${textOf(member)}`);

    this.endOffer(row, Name.fromString('withdrawn'));
  }

  /** Clears away an offer or a need whose time is over; anybody signs. */
  @action('lapseoffer')
  lapseoffer(caller: Name, offer_id: u64): void {
    requireAuth(caller);

    const row = this.requireOffer(offer_id);
    if (!isOver(row.till))
      refuse(`offer_id: an offer that is over expected, ${offer_id} stands till ${row.till.utcSeconds}`);

    this.endOffer(row, Name.fromString('lapsed'));
  }

  /** Checks an offer, completes it and writes it. */
  private place(row: StandingOffer): void {
    requireHash('document_hash', row.document_hash);
    requireTerm(row.from, row.till);
    if (row.best_before.utcSeconds != 0 && row.from.utcSeconds > row.best_before.utcSeconds)
      refuse(
        `best_before: zero or not before ${row.from.utcSeconds} expected, came ${row.best_before.utcSeconds}`,
      );
    const point = this.reference.point('point_id', row.point_id);
    const product = this.reference.product(row.product);
    this.reference.requireActive('member', row.member, point.coop);
    requirePositive('quantity', row.quantity, product.unit);
    requirePositive('price', row.price, roubles());
    if (row.wants.length > MAX_WANTS)
      refuse(`wants: at most ${MAX_WANTS} products expected, came ${row.wants.length}`);
    for (let i = 0; i < row.wants.length; i++) this.reference.product(row.wants[i]);

    const counters = this.dealCounters.get();
    counters.offer_id += 1;
    this.dealCounters.set(counters, this.receiver);
    row.offer_id = counters.offer_id;
    row.coop = point.coop;
    row.status = Name.fromString('open');
    this.offers.store(row, this.receiver);
  }

  private endOffer(row: StandingOffer, status: Name): void {
    this.offers.remove(row);
    row.status = status;
    const isOffer = row.kind == Name.fromString('offer');
    sendLog(this.receiver, isOffer ? 'logoffer' : 'logneed', row);
  }

  private requireOffer(offer_id: u64): StandingOffer {
    const found = this.offers.get(offer_id);
    if (found == null) refuse(`offer_id: a standing offer or need expected, came ${offer_id}`);
    return found!;
  }
}
