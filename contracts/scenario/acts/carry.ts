import { assetText, roubles } from './amounts.ts';
import { BY_ROBOT } from './goods.ts';
import { drafted, type Life, newPaper } from './life.ts';
import type { Lot, Shipment } from './shelf.ts';
import { type Draft, signed } from './step.ts';
import type { Story } from './stories.ts';

export type Sending = {
  readonly lot: Lot;
  readonly quantity: number;
  readonly price: number;
  readonly to: number;
  /** When they arrive, ms since 1970. */
  readonly due: number;
  readonly stories: readonly Story[];
};

/** A part of a lot goes to another point; the chair of the sending section signs. */
export function ship(life: Life, { lot, quantity, price, to, due, stories }: Sending): Draft {
  const { world, shelf, ids, onTheWay } = life;
  const chair = world.chairAt(lot.point);
  shelf.take(lot, quantity);
  ids.act += 1;
  ids.decision += 1;
  onTheWay.add({ id: ids.act, lot, quantity, to, due });
  const told: Story[] = ['shipped', ...stories];
  if (world.point(to).coop !== lot.coop) told.push('shipped between cooperatives');
  if (world.point(to).oktmo !== world.point(lot.point).oktmo) told.push('shipped to another district');
  const action = signed('market', 'ship', chair, {
    chair,
    lot_id: lot.id,
    quantity: assetText(quantity, world.unitOf(lot.product)),
    price: roubles(price),
    to_point: to,
    programme: world.programmeAt(lot.point),
    decision_id: BY_ROBOT,
    document_hash: newPaper(life),
  });
  return drafted(life, [action], told);
}

/** A shipment arrives less what is missing; what came makes a new lot of the same origin, nothing makes none. */
export function receive(life: Life, shipment: Shipment, missing: number): Draft {
  const { world, shelf, ids, onTheWay, now } = life;
  const { lot, to } = shipment;
  const quantity = shipment.quantity - missing;
  const chair = world.chairAt(to);
  onTheWay.delete(shipment);
  // What came and what is missing are an act each.
  ids.act += Number(quantity > 0) + Number(missing > 0);
  if (quantity > 0) {
    ids.lot += 1;
    const { product, origin } = lot;
    const { coop } = world.point(to);
    shelf.put({
      id: ids.lot,
      coop,
      point: to,
      product,
      origin,
      since: now,
      accepted: quantity,
      stock: quantity,
    });
  }
  const action = signed('market', 'receive', chair, {
    chair,
    shipment_id: shipment.id,
    quantity: assetText(quantity, world.unitOf(lot.product)),
    document_hash: newPaper(life),
  });
  return drafted(life, [action], arrival(quantity, missing));
}

function arrival(quantity: number, missing: number): readonly Story[] {
  if (quantity === 0) return ['wholly lost on the way'];
  return missing > 0 ? ['received', 'received short'] : ['received'];
}
