import { gramsOfAct } from '../economy/loads.ts';
import type { Delivery } from '../economy/plan.ts';
import { DAY_MS } from '../plan.ts';
import { goodOf } from '../reference/goods.ts';
import { USUAL } from '../reference/reference.ts';
import { quantityOf } from './amounts.ts';
import { receive, ship } from './carry.ts';
import { type Day, priceOf } from './day.ts';
import type { Lot, Shipment } from './shelf.ts';
import type { Draft } from './step.ts';

/** Days of giving out that a municipality's points are stocked for, of goods that keep so long. */
const STOCKED_DAYS = 8;
const MARKUP = 1.06;
const SHORT = 0.1;
const LOST = 0.002;

/** From where goods may come to a municipality's points. */
type Way = { readonly from: number; readonly to: number };

/** Goods come from points that have them to those of a municipality that will soon lack them. Asked once a day. */
export function restocking(
  day: Day,
  { territory: oktmo, product, grams }: Delivery,
  days: number,
): () => Draft | undefined {
  const { life, places, isOpen } = day;
  const good = goodOf(product);
  const points = places.handling(oktmo, product);
  const own = new Set(points);
  const ways = points.flatMap((to) =>
    places
      .sendersTo(to)
      .filter((from) => !own.has(from))
      .map((from): Way => ({ from, to })),
  );
  const wanted = quantityOf((grams / days) * Math.min(STOCKED_DAYS, good.keeps), good);
  const size = life.world.reference.members / USUAL.members;
  const least = quantityOf((gramsOfAct(good, 'farm') / 4) * Math.min(1, size), good);
  return () => {
    if (ways.length === 0) return undefined;
    const stock = points.reduce((sum, id) => sum + life.shelf.stockAt(id, product), 0);
    const has = stock + comingTo(day, own, product);
    if (has > wanted / 2 || wanted - has < least) return undefined;
    const found = greatest(day, ways, product);
    if (found === undefined || !isOpen(found.to)) return undefined;
    const { lot, to } = found;
    const quantity = Math.min(wanted - has, lot.stock);
    if (quantity < Math.min(least, lot.stock)) return undefined;
    const price = priceOf(life, good, MARKUP);
    return ship(life, {
      lot,
      quantity,
      price,
      to,
      due: life.now + life.random.int(0, 2) * DAY_MS,
      stories: [],
    });
  };
}

function comingTo({ life }: Day, points: ReadonlySet<number>, product: string): number {
  let sum = 0;
  for (const { lot, to, quantity } of life.onTheWay)
    if (lot.product === product && points.has(to)) sum += quantity;
  return sum;
}

function greatest(
  { life, isOpen }: Day,
  ways: readonly Way[],
  product: string,
): { lot: Lot; to: number } | undefined {
  let best: { lot: Lot; to: number } | undefined;
  for (const { from, to } of ways) {
    if (!isOpen(from)) continue;
    for (const lot of life.shelf.lots(from, product))
      if (lot.stock > (best?.lot.stock ?? 0)) best = { lot, to };
  }
  return best;
}

/** What is due at an open point arrives; now and then less than was sent, once in a long while nothing. */
export function* arrive(day: Day): Generator<Draft> {
  const { life, isOpen } = day;
  for (const shipment of [...life.onTheWay])
    if (shipment.due <= life.now && isOpen(shipment.to))
      yield receive(life, shipment, missing(day, shipment));
}

function missing({ life }: Day, { quantity }: Shipment): number {
  if (life.random.chance(LOST)) return quantity;
  if (quantity <= 20 || !life.random.chance(SHORT)) return 0;
  return Math.max(1, Math.floor(quantity * (0.01 + 0.04 * life.random.next())));
}
