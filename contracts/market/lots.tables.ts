import { Asset, Name, TableStore } from 'proton-tsc';
import { requireAtMost, requirePositive, roubles } from '../shared/amounts';
import { refuse } from '../shared/checks';
import { Point } from '../registry/registry.tables';
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

/** A lot at a point of which nothing has left yet. */
export function newLot(lot_id: u64, point: Point, quantity: Asset): Lot {
  const none = new Asset(0, quantity.symbol);
  const lot = new Lot(lot_id, point.coop, point.point_id);
  lot.accepted = quantity;
  lot.issued = none;
  lot.shipped = none;
  lot.sold = none;
  lot.processed = none;
  lot.lost = none;
  lot.stock = quantity;
  return lot;
}

/** Gives a received lot what it has from the lot that sent it. */
export function inherit(lot: Lot, parent: Lot): void {
  lot.parent_lot = parent.lot_id;
  lot.product = parent.product;
  lot.origin = parent.origin;
  lot.origins = parent.origins;
  lot.evidence = parent.evidence;
  lot.producer = parent.producer;
  lot.producer_kind = parent.producer_kind;
  lot.producer_member = parent.producer_member;
  lot.grade = parent.grade;
}

/** What may leave a lot: more than nothing, no more than its stock, at a price. */
export function checkTaking(lot: Lot, quantity: Asset, price: Asset): void {
  requirePositive('quantity', quantity, lot.stock.symbol);
  requirePositive('price', price, roubles());
  requireAtMost('quantity', quantity, lot.stock);
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
