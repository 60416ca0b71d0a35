import { Asset, Checksum256, Name, Singleton, TableStore, TimePointSec, requireAuth } from 'proton-tsc';
import { requirePositive, requirePrice } from '../../shared/amounts';
import { refuse, requireHash, textOf } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { requireActive } from '../../shared/members';
import { isOver, requireTerm } from '../../shared/terms';
import { GoodsLogs } from '../goods/logs.contract';
import { Reference } from '../reference.tables';
import { DealCounters } from './ids.tables';
import { MAX_STANDING, MAX_WANTS, StandingCount, StandingOffer } from './offers.tables';

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

    this.place(
      Name.fromString('offer'),
      member,
      product,
      quantity,
      price,
      from,
      till,
      best_before,
      point_id,
      wants,
      document_hash,
    );
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

    this.place(
      Name.fromString('need'),
      member,
      product,
      quantity,
      price,
      from,
      till,
      best_before,
      point_id,
      wants,
      document_hash,
    );
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

  private place(
    kind: Name,
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
    requireHash('document_hash', document_hash);
    requireTerm(from, till);
    requireKept(best_before, from);
    const coop = this.reference.openPoint('point_id', point_id).coop;
    requirePositive('quantity', quantity, this.reference.productToday(product).unit);
    requireActive('member', member, coop);
    requirePrice('price', price);
    if (wants.length > MAX_WANTS)
      refuse(`wants: at most ${MAX_WANTS} products expected, came ${wants.length}`);
    for (let i = 0; i < wants.length; i++) this.reference.productToday(wants[i]);

    this.countOffer(member, 1);
    const counters = this.dealCounters.get();
    counters.offer_id += 1;
    this.dealCounters.set(counters, this.receiver);
    const row = new StandingOffer(
      counters.offer_id,
      kind,
      coop,
      member,
      product,
      quantity,
      price,
      from,
      till,
    );
    row.best_before = best_before;
    row.point_id = point_id;
    row.wants = wants;
    row.document_hash = document_hash;
    row.status = Name.fromString('open');
    this.offers.store(row, this.receiver);
    this.logOffer(row);
  }

  private endOffer(row: StandingOffer, status: Name): void {
    this.offers.remove(row);
    this.countOffer(row.member, -1);
    row.status = status;
    this.logOffer(row);
  }

  /** What lapsed counts until somebody clears it away. */
  private countOffer(member: Name, by: i32): void {
    const counts = new TableStore<StandingCount>(this.receiver);
    const known = counts.get(member.N);
    const row = known == null ? new StandingCount(member) : known;
    row.offers = <u32>(<i32>row.offers + by);
    if (row.offers > MAX_STANDING)
      refuse(`member: at most ${MAX_STANDING} offers and needs that stand expected, ${member} has them`);
    if (row.offers == 0) counts.remove(row);
    else counts.set(row, this.receiver);
  }

  private logOffer(row: StandingOffer): void {
    const isOffer = row.kind == Name.fromString('offer');
    sendLog(this.receiver, isOffer ? 'logoffer' : 'logneed', row);
  }

  private requireOffer(offer_id: u64): StandingOffer {
    const found = this.offers.get(offer_id);
    if (found == null) refuse(`offer_id: a standing offer or need expected, came ${offer_id}`);
    return found!;
  }
}

/** Goods with a last day keep at least till they are offered. Zero has no last day. */
function requireKept(best_before: TimePointSec, from: TimePointSec): void {
  if (best_before.utcSeconds == 0 || best_before.utcSeconds >= from.utcSeconds) return;
  refuse(`best_before: zero or not before ${from.utcSeconds} expected, came ${best_before.utcSeconds}`);
}
