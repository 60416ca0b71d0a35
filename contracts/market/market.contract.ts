import { Asset, Checksum256, EMPTY_NAME, Name, Singleton, TableStore, requireAuth } from 'proton-tsc';
import { requireAtMost, requireNotNegative, requirePositive, roubles } from '../shared/amounts';
import { refuse, requireHash, requireWord } from '../shared/checks';
import { Place, isUnknown } from '../shared/place';
import { sendLog } from '../shared/log';
import {
  checkIdentity,
  checkTaking,
  inherit,
  lotStatus,
  newLot,
  requireLot,
  requireShipment,
} from './lots.tables';
import { Terms, movementOf } from './movement.log';
import { Reference, placeOf } from './reference.tables';
import { GoodsLogs } from './goods/logs.contract';
import { Movement, PRODUCER_KINDS, RECIPIENT_KINDS, checkEvidence, checkRejected } from './market.log';
import { Counters, Lot, Shipment } from './market.tables';

/** Acts on goods: what moved, from where, to where, of which origin, made by whom, for whom. */
@contract
class MarketContract extends GoodsLogs {
  lots: TableStore<Lot> = new TableStore<Lot>(this.receiver);
  shipments: TableStore<Shipment> = new TableStore<Shipment>(this.receiver);
  counters: Singleton<Counters> = new Singleton<Counters>(this.receiver);
  reference: Reference = new Reference();

  /**
   * Takes goods at a point as a new lot; the section's chair signs. A named producer is an active member and
   * signs too; goods bought from a non-member have no producer named. `quantity` is without `rejected`.
   */
  @action('accept')
  accept(
    chair: Name,
    producer: Name,
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
    const named = producer != EMPTY_NAME;
    if (named) requireAuth(producer);

    requireHash('document_hash', document_hash);
    requireWord('producer_kind', producer_kind, PRODUCER_KINDS);
    const point = this.reference.point('point_id', point_id);
    const goods = this.reference.product(product);
    this.reference.requireChair(point, chair);
    if (named) this.reference.requireActive('producer', producer, point.coop);
    requirePositive('quantity', quantity, goods.unit);
    requirePositive('price', price, roubles());
    this.reference.requirePlace('origin', origin);
    checkEvidence(evidence, isUnknown(origin));
    requireNotNegative('rejected', rejected, goods.unit);
    checkRejected(rejected, reject_reason);

    const act = this.takeAct();
    const lot = newLot(this.takeLot(), point, quantity);
    lot.product = product;
    lot.origin = origin;
    lot.evidence = evidence;
    lot.producer = producer;
    lot.producer_kind = producer_kind;
    lot.producer_member = named;
    lot.grade = grade;
    this.store(lot);

    const terms = new Terms(programme, decision_id, document_hash);
    const body = movementOf(act, terms, lot, goods, quantity, price);
    body.from = origin;
    body.to = placeOf(point);
    body.rejected = rejected;
    body.reject_reason = reject_reason;
    body.status = lotStatus(lot);
    body.chair = chair;
    sendLog(this.receiver, 'logaccept', body);
  }

  /** Sends a part of a lot to another point; the chair of the sending section signs. */
  @action('ship')
  ship(
    chair: Name,
    lot_id: u64,
    quantity: Asset,
    price: Asset,
    to_point: u64,
    programme: u64,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(chair);

    requireHash('document_hash', document_hash);
    const lot = requireLot(this.lots, lot_id);
    const from = this.reference.point('point_id', lot.point_id);
    const to = this.reference.point('to_point', to_point);
    this.reference.requireChair(from, chair);
    if (to_point == lot.point_id)
      refuse(`to_point: another point expected, lot ${lot_id} stands at ${to_point}`);
    checkTaking(lot, quantity, price);

    const act = this.takeAct();
    lot.shipped = lot.shipped + quantity;
    lot.stock = lot.stock - quantity;
    this.update(lot);
    this.shipments.store(
      new Shipment(
        act,
        lot_id,
        lot.coop,
        quantity,
        price,
        lot.point_id,
        to_point,
        programme,
        decision_id,
        document_hash,
      ),
      this.receiver,
    );

    const terms = new Terms(programme, decision_id, document_hash);
    const goods = this.reference.product(lot.product);
    const body = movementOf(act, terms, lot, goods, quantity, price);
    body.from = placeOf(from);
    body.to = placeOf(to);
    body.status = Name.fromString('intransit');
    body.chair = chair;
    sendLog(this.receiver, 'logship', body);
  }

  /**
   * Takes a shipment as a new lot that keeps origin, evidence and producer; the chair of the receiving section signs.
   * What is missing against the shipment is lost by the sending lot.
   */
  @action('receive')
  receive(chair: Name, shipment_id: u64, quantity: Asset, document_hash: Checksum256): void {
    requireAuth(chair);

    requireHash('document_hash', document_hash);
    const shipment = requireShipment(this.shipments, shipment_id);
    const parent = requireLot(this.lots, shipment.lot_id);
    const to = this.reference.point('to_point', shipment.to_point);
    this.reference.requireChair(to, chair);
    requirePositive('quantity', quantity, shipment.quantity.symbol);
    requireAtMost('quantity', quantity, shipment.quantity);

    const act = this.takeAct();
    const missing = shipment.quantity - quantity;
    parent.shipped = parent.shipped - missing;
    parent.lost = parent.lost + missing;
    this.update(parent);
    const lot = newLot(this.takeLot(), to, quantity);
    inherit(lot, parent);
    this.store(lot);
    this.shipments.remove(shipment);

    const body = this.continuation(act, shipment, lot, quantity, document_hash);
    body.to = placeOf(to);
    body.status = Name.fromString('received');
    body.chair = chair;
    sendLog(this.receiver, 'logreceive', body);
    if (missing.amount > 0) {
      const loss = this.continuation(this.takeAct(), shipment, parent, missing, document_hash);
      loss.status = Name.fromString('lost');
      loss.chair = chair;
      sendLog(this.receiver, 'logloss', loss);
    }
  }

  /** Sells a part of a lot to a buyer outside the network; the section's chair signs. */
  @action('sellout')
  sellout(
    chair: Name,
    lot_id: u64,
    quantity: Asset,
    price: Asset,
    recipient_kind: Name,
    to: Place,
    programme: u64,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(chair);

    requireHash('document_hash', document_hash);
    requireWord('recipient_kind', recipient_kind, RECIPIENT_KINDS);
    const lot = requireLot(this.lots, lot_id);
    const from = this.reference.point('point_id', lot.point_id);
    this.reference.requireChair(from, chair);
    this.reference.requirePlace('to', to);
    if (isUnknown(to)) refuse("to: the buyer's territory or country expected, came nothing");
    checkTaking(lot, quantity, price);

    const act = this.takeAct();
    lot.sold = lot.sold + quantity;
    lot.stock = lot.stock - quantity;
    this.update(lot);

    const terms = new Terms(programme, decision_id, document_hash);
    const goods = this.reference.product(lot.product);
    const body = movementOf(act, terms, lot, goods, quantity, price);
    body.from = placeOf(from);
    body.to = to;
    body.recipient_kind = recipient_kind;
    body.status = lotStatus(lot);
    body.chair = chair;
    sendLog(this.receiver, 'logsellout', body);
  }

  /** Hands a part of a lot to a member for own use; chair and member sign. It goes to where the member lives. */
  @action('issue')
  issue(
    chair: Name,
    member: Name,
    lot_id: u64,
    quantity: Asset,
    price: Asset,
    programme: u64,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(chair);
    requireAuth(member);

    requireHash('document_hash', document_hash);
    const lot = requireLot(this.lots, lot_id);
    const from = this.reference.point('point_id', lot.point_id);
    this.reference.requireChair(from, chair);
    this.reference.requireActive('member', member, lot.coop);
    checkTaking(lot, quantity, price);

    const act = this.takeAct();
    const residence = this.reference.residenceOf(member);
    lot.issued = lot.issued + quantity;
    lot.stock = lot.stock - quantity;
    this.update(lot);

    const terms = new Terms(programme, decision_id, document_hash);
    const goods = this.reference.product(lot.product);
    const body = movementOf(act, terms, lot, goods, quantity, price);
    body.from = placeOf(from);
    body.to = new Place(0, residence, '');
    body.recipient = member;
    body.recipient_kind = Name.fromString('ownuse');
    body.residence = residence;
    body.status = lotStatus(lot);
    body.chair = chair;
    sendLog(this.receiver, 'logissue', body);
  }

  /** The body of an act that completes a shipment: it leaves the sending point under the terms of the shipping. */
  private continuation(
    act: u64,
    shipment: Shipment,
    lot: Lot,
    quantity: Asset,
    document_hash: Checksum256,
  ): Movement {
    const terms = new Terms(shipment.programme, shipment.decision_id, document_hash);
    const goods = this.reference.product(lot.product);
    const body = movementOf(act, terms, lot, goods, quantity, shipment.price);
    body.parent_act = shipment.shipment_id;
    body.from = placeOf(this.reference.point('from_point', shipment.from_point));
    return body;
  }

  private store(lot: Lot): void {
    checkIdentity(lot);
    this.lots.store(lot, this.receiver);
  }

  private update(lot: Lot): void {
    checkIdentity(lot);
    this.lots.update(lot, this.receiver);
  }

  private takeAct(): u64 {
    const counters = this.counters.get();
    counters.act_id += 1;
    this.counters.set(counters, this.receiver);
    return counters.act_id;
  }

  private takeLot(): u64 {
    const counters = this.counters.get();
    counters.lot_id += 1;
    this.counters.set(counters, this.receiver);
    return counters.lot_id;
  }
}
