import { Asset, Checksum256, Name, requireAuth } from 'proton-tsc';
import { requireAtMost, requireNotNegative } from '../../shared/amounts';
import { refuse, requireHash } from '../../shared/checks';
import { checkTaking, requireLot, requireShipment, shipmentOf } from '../lots.tables';
import { takeAct } from '../deals/ids.tables';
import { Movement } from '../market.log';
import { Lot, Shipment } from '../market.tables';
import { Terms, movementOf } from '../movement.log';
import { placeOf } from '../reference.tables';
import { Acceptance } from './accept.contract';

/** Goods that go from point to point, also between cooperatives. */
export class Carriage extends Acceptance {
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
    const to = this.reference.openPoint('to_point', to_point);
    this.reference.requireChair(from, chair);
    if (to_point == lot.point_id)
      refuse(`to_point: another point expected, lot ${lot_id} stands at ${to_point}`);
    this.reference.requireProgramme(programme, lot.coop);
    if (to.coop != lot.coop) this.reference.requireJoined('to_point', programme, lot.coop, to.coop);
    checkTaking(lot, quantity, price);

    const ship = Name.fromString('ship');
    const terms = new Terms(chair, programme, document_hash);
    const body = movementOf(terms, lot, this.reference.goods(lot.product), quantity, price);
    body.act_id = takeAct(this.receiver);
    body.from = placeOf(from);
    body.to = placeOf(to);
    body.status = Name.fromString('intransit');
    this.move(ship, lot, quantity);
    this.decide(body, ship, body.act_id, decision_id);
    this.shipments.store(shipmentOf(body), this.receiver);
    this.finish(ship, body);
  }

  /**
   * Takes a shipment as a new lot that keeps origin, evidence and producer; the chair of the receiving section signs.
   * What is missing against the shipment, maybe all of it, is lost by the sending lot.
   */
  @action('receive')
  receive(chair: Name, shipment_id: u64, quantity: Asset, document_hash: Checksum256): void {
    requireAuth(chair);

    requireHash('document_hash', document_hash);
    const shipment = requireShipment(this.shipments, shipment_id);
    const parent = requireLot(this.lots, shipment.lot_id);
    const to = this.reference.point('to_point', shipment.to_point);
    this.reference.requireChair(to, chair);
    requireNotNegative('quantity', quantity, shipment.quantity.symbol);
    requireAtMost('quantity', quantity, shipment.quantity);

    this.shipments.remove(shipment);
    const terms = new Terms(chair, shipment.programme, document_hash);
    const missing = shipment.quantity - quantity;
    if (quantity.amount > 0) {
      const body = this.continuation(terms, shipment, parent, quantity);
      body.coop = to.coop;
      body.parent_lot = parent.lot_id;
      body.to = placeOf(to);
      body.status = Name.fromString('received');
      this.open(Name.fromString('receive'), body);
      this.finish(Name.fromString('receive'), body);
    }
    if (missing.amount > 0) {
      const loss = this.continuation(terms, shipment, parent, missing);
      loss.status = Name.fromString('lost');
      this.move(Name.fromString('shortfall'), parent, missing);
      this.finish(Name.fromString('shortfall'), loss);
    }
  }

  /** The body of an act that completes a shipment: it leaves the sending point under the decision to ship. */
  private continuation(terms: Terms, shipment: Shipment, parent: Lot, quantity: Asset): Movement {
    const goods = this.reference.goods(parent.product);
    const body = movementOf(terms, parent, goods, quantity, shipment.price);
    body.act_id = takeAct(this.receiver);
    body.parent_act = shipment.shipment_id;
    body.decision_id = shipment.decision_id;
    body.robot = shipment.robot;
    body.from = placeOf(this.reference.point('from_point', shipment.from_point));
    return body;
  }
}
