import { assetText, roubles } from './amounts.ts';
import {
  type Act,
  chairOf,
  coopOf,
  documentHash,
  finished,
  type Moment,
  type Story,
  terms,
  unitOf,
} from './act.ts';
import { type Point, pointOf } from './reference.ts';
import { habitOf, priceAt } from './season.ts';
import { type Lot, type Shipment, takeFrom } from './shelf.ts';

const MARKUP = 1.06;

/** A part of a fresh lot goes to another point, often of the other cooperative; none where no point has enough to send. */
export function ship(moment: Moment, isOpen: (point: Point) => boolean): Act | undefined {
  const { at, random, shelf } = moment;
  const fit = shelf.stock.filter((lot) => worthSending(lot, at) && targets(lot, isOpen).length > 0);
  if (fit.length === 0) return undefined;
  const lot = random.pick(fit);
  const to = random.pick(targets(lot, isOpen));
  const quantity = Math.max(1, Math.floor(lot.stock * (0.4 + 0.6 * random.next())));
  const unit = unitOf(lot.product);
  const chair = chairOf(lot.point);
  const data = {
    chair,
    lot_id: lot.id,
    quantity: assetText(quantity, unit),
    price: roubles(priceAt(lot.product, at, random, MARKUP)),
    to_point: to.id,
    ...terms,
    document_hash: documentHash(moment),
  };
  takeFrom(shelf, lot, quantity);
  const told: Story[] = ['shipped'];
  if (coopOf(to.id) !== lot.coop) told.push('shipped between cooperatives');
  if (to.oktmo !== pointOf(lot.point).oktmo) told.push('shipped to another district');
  const act = finished(moment, { name: 'ship', data, signers: [chair], stories: told });
  shelf.onTheWay.push({ id: act.after.acts, lot, quantity, to: to.id });
  return act;
}

const worthSending = (lot: Lot, at: number): boolean =>
  lot.stock * 2 >= lot.accepted && at - lot.since < (habitOf(lot.product).keeps / 2) * 86_400_000;

const targets = (lot: Lot, isOpen: (point: Point) => boolean): Point[] =>
  pointOf(lot.point)
    .sendsTo.map(pointOf)
    .filter((point) => point.products.includes(lot.product) && isOpen(point));

/** A shipment arrives; one in eight weighs less than was sent. The quantity received makes a new lot of the same origin. */
export function receive(moment: Moment, shipment: Shipment): Act {
  const { at, random, shelf } = moment;
  const { lot, to } = shipment;
  const isShort = shipment.quantity > 20 && random.chance(0.125);
  const missing = isShort ? Math.max(1, Math.round(shipment.quantity * (0.01 + 0.05 * random.next()))) : 0;
  const quantity = shipment.quantity - missing;
  const chair = chairOf(to);
  const data = {
    chair,
    shipment_id: shipment.id,
    quantity: assetText(quantity, unitOf(lot.product)),
    document_hash: documentHash(moment),
  };
  shelf.onTheWay.splice(shelf.onTheWay.indexOf(shipment), 1);
  shelf.lots += 1;
  const { product, origin } = lot;
  shelf.stock.push({
    id: shelf.lots,
    coop: coopOf(to),
    point: to,
    product,
    origin,
    since: at,
    accepted: quantity,
    stock: quantity,
  });
  const told: Story[] = isShort ? ['received', 'received short'] : ['received'];
  return finished(moment, { name: 'receive', data, signers: [chair], stories: told }, isShort ? 2 : 1);
}
