import { Asset, Checksum256, EMPTY_NAME, Name, requireAuth } from 'proton-tsc';
import { requireAtMost, requireNotNegative, requirePositive, requirePrice } from '../../shared/amounts';
import { refuse, requireHash, requireWord } from '../../shared/checks';
import { Place, isUnknown } from '../../shared/place';
import { takeAct } from '../deals/ids.tables';
import { Movement, PRODUCER_KINDS, checkEvidence, checkRejected } from '../market.log';
import { weigh } from '../movement.log';
import { placeOf } from '../reference.tables';
import { GoodsDesk } from './desk.contract';
import { newIntent, requireHalf } from './intents.tables';

/** Goods that come in: from a member by two halves, or bought. */
export class Acceptance extends GoodsDesk {
  /** A member brings goods to a point; the chair's `accept` completes it. */
  @action('supply')
  supply(
    producer: Name,
    producer_kind: Name,
    point_id: u64,
    product: Name,
    quantity: Asset,
    price: Asset,
    origin: Place,
    evidence: u8,
    programme: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(producer);

    const body = new Movement();
    body.producer = producer;
    body.producer_kind = producer_kind;
    body.producer_member = true;
    this.bring(body, point_id, product, origin, evidence, programme, document_hash);
    this.check(body, quantity, price);

    body.status = Name.fromString('supplied');
    this.wait(body);
  }

  /**
   * Takes what a member supplied, or a part of it, as a new lot; the section's chair signs. The chair inspects: grade is the
   * chair's, quantity, price and evidence are at most what the member signed. `quantity` is without `rejected`.
   */
  @action('accept')
  accept(
    chair: Name,
    document_hash: Checksum256,
    quantity: Asset,
    price: Asset,
    evidence: u8,
    grade: u8,
    rejected: Asset,
    reject_reason: string,
    decision_id: u64,
  ): void {
    requireAuth(chair);

    const half = requireHalf(this.intents, document_hash, Name.fromString('supplied'));
    const body = half.body;
    const supplied = body.quantity;
    const asked = body.price;
    const shown = body.evidence;
    body.chair = chair;
    body.evidence = evidence;
    body.grade = grade;
    this.check(body, quantity, price);
    this.checkRejection(body, rejected, reject_reason);
    requireAtMost('quantity', quantity, supplied);
    requireAtMost('rejected', rejected, supplied - quantity);
    requireAtMost('price', price, asked);
    if (evidence > shown) refuse(`evidence: at most ${shown}, as supplied, expected, came ${evidence}`);

    this.intents.remove(half);
    this.enter(Name.fromString('accept'), body, decision_id);
  }

  /** Buys goods of one who is no member, as a new lot; the section's chair signs. */
  @action('buy')
  buy(
    chair: Name,
    producer_kind: Name,
    point_id: u64,
    product: Name,
    quantity: Asset,
    price: Asset,
    origin: Place,
    evidence: u8,
    grade: u8,
    rejected: Asset,
    reject_reason: string,
    programme: u64,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(chair);

    const body = new Movement();
    body.chair = chair;
    body.producer_kind = producer_kind;
    body.grade = grade;
    this.bring(body, point_id, product, origin, evidence, programme, document_hash);
    this.check(body, quantity, price);
    this.checkRejection(body, rejected, reject_reason);

    this.enter(Name.fromString('buy'), body, decision_id);
  }

  /** What of which origin comes where, under which programme and document. */
  private bring(
    body: Movement,
    point_id: u64,
    product: Name,
    origin: Place,
    evidence: u8,
    programme: u64,
    document_hash: Checksum256,
  ): void {
    const point = this.reference.point('point_id', point_id);
    body.coop = point.coop;
    body.programme = programme;
    body.document_hash = document_hash;
    body.product = product;
    body.origin = origin;
    body.evidence = evidence;
    body.from = origin;
    body.to = placeOf(point);
  }

  /** Whether this much may come in now, from this producer to this point; either half checks it. */
  private check(body: Movement, quantity: Asset, price: Asset): void {
    requireHash('document_hash', body.document_hash);
    requireWord('producer_kind', body.producer_kind, PRODUCER_KINDS);
    const point = this.reference.openPoint('point_id', body.to.point_id);
    const goods = this.reference.goodsToday(body.product);
    if (body.chair != EMPTY_NAME) this.reference.requireChair(point, body.chair);
    if (body.producer_member)
      this.reference.requireParticipant('producer', body.programme, body.coop, body.producer);
    else this.reference.requireProgramme(body.programme, body.coop);
    requirePositive('quantity', quantity, goods.unit);
    requirePrice('price', price);
    this.reference.requirePlace('origin', body.origin);
    checkEvidence(body.evidence, isUnknown(body.origin));
    weigh(body, goods, quantity, price);
  }

  private checkRejection(body: Movement, rejected: Asset, reason: string): void {
    requireNotNegative('rejected', rejected, body.quantity.symbol);
    checkRejected(rejected, reason);
    body.rejected = rejected;
    body.reject_reason = reason;
  }

  private enter(kind: Name, body: Movement, decision_id: u64): void {
    body.act_id = takeAct(this.receiver);
    body.status = Name.fromString('instock');
    this.open(kind, body);
    this.decide(body, kind, body.act_id, decision_id);
    this.finish(kind, body);
  }
}
