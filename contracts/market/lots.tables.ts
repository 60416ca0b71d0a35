import { Asset, Name, TableStore } from 'proton-tsc';
import { MAX_AMOUNT, amountText, requireAtMost, requirePositive, requirePrice } from '../shared/amounts';
import { refuse } from '../shared/checks';
import { Movement } from './market.log';
import { Lot, Shipment } from './market.tables';

export function requireLot(lots: TableStore<Lot>, lot_id: u64): Lot {
  const found = lots.get(lot_id);
  if (found == null) refuse(`lot_id: a lot expected, came ${lot_id}`);
  return found!;
}

/** A shipment on the way. A received one has no row: ids are never given again, so it cannot be received twice. */
export function requireShipment(shipments: TableStore<Shipment>, shipment_id: u64): Shipment {
  const found = shipments.get(shipment_id);
  if (found == null)
    refuse(`shipment_id: a shipment on the way expected, ${shipment_id} is unknown or received`);
  return found!;
}

/** The lot that an act brings to a point, before anything is in it. */
export function lotOf(body: Movement): Lot {
  const unit = body.quantity.symbol;
  const lot = new Lot(body.lot_id, body.coop, body.to.point_id, body.product, body.origin, body.evidence);
  lot.producer = body.producer;
  lot.producer_kind = body.producer_kind;
  lot.producer_member = body.producer_member;
  lot.grade = body.grade;
  lot.accepted = new Asset(0, unit);
  lot.issued = new Asset(0, unit);
  lot.shipped = new Asset(0, unit);
  lot.sold = new Asset(0, unit);
  lot.lost = new Asset(0, unit);
  lot.stock = new Asset(0, unit);
  lot.processed = new Asset(0, unit);
  lot.parent_lot = body.parent_lot;
  lot.origins = body.origins;
  lot.price = body.price;
  lot.programme = body.programme;
  return lot;
}

/** The row of goods on the way, from the act that sent them. */
export function shipmentOf(body: Movement): Shipment {
  return new Shipment(
    body.act_id,
    body.lot_id,
    body.coop,
    body.quantity,
    body.price,
    body.from.point_id,
    body.to.point_id,
    body.programme,
    body.decision_id,
    body.document_hash,
    body.robot,
  );
}

/** What may leave a lot: more than nothing, no more than its stock, at a price. */
export function checkTaking(lot: Lot, quantity: Asset, price: Asset): void {
  requirePositive('quantity', quantity, lot.stock.symbol);
  requirePrice('price', price);
  requireAtMost('quantity', quantity, lot.stock);
}

/** A part of a lot by the name of its field; `accepted` is the whole. */
function partOf(lot: Lot, part: Name): Asset {
  if (part == Name.fromString('stock')) return lot.stock;
  if (part == Name.fromString('issued')) return lot.issued;
  if (part == Name.fromString('shipped')) return lot.shipped;
  if (part == Name.fromString('sold')) return lot.sold;
  if (part == Name.fromString('processed')) return lot.processed;
  if (part == Name.fromString('lost')) return lot.lost;
  return lot.accepted;
}

/**
 * Moves a quantity between two parts of a lot, or between the outside (`accepted`, the sum of the parts) and one: by itself
 * this keeps the lot's identity. Refused when the part that it leaves has less, or the lot would hold more than an asset.
 */
export function moveWithin(lot: Lot, from: Name, to: Name, quantity: Asset): void {
  const outside = Name.fromString('accepted');
  const source = partOf(lot, from);
  const target = partOf(lot, to);
  const incoming = from == outside;
  if (!incoming && source.amount < quantity.amount) {
    const came = amountText(source);
    refuse(`lot ${lot.lot_id}: at least ${amountText(quantity)} expected in ${from}, came ${came}`);
  }
  if (incoming) requireAtMost('quantity', quantity, new Asset(MAX_AMOUNT - source.amount, source.symbol));
  source.amount += incoming ? quantity.amount : -quantity.amount;
  target.amount += to == outside ? -quantity.amount : quantity.amount;
}

/** Every unit accepted is issued, shipped, sold, processed, lost or in stock, and nothing is below zero. */
export function checkIdentity(lot: Lot): void {
  const parts = lot.issued + lot.shipped + lot.sold + lot.processed + lot.lost + lot.stock;
  const broken =
    parts.amount != lot.accepted.amount ||
    lot.issued.amount < 0 ||
    lot.shipped.amount < 0 ||
    lot.sold.amount < 0 ||
    lot.processed.amount < 0 ||
    lot.lost.amount < 0 ||
    lot.stock.amount < 0;
  if (broken) refuse(`lot ${lot.lot_id}: ${lot.accepted} accepted expected over its parts, came ${parts}`);
}

export function lotStatus(lot: Lot): Name {
  return lot.stock.amount > 0 ? Name.fromString('instock') : Name.fromString('spent');
}
