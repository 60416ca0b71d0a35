import { DAY_MS } from '../plan.ts';
import { goodOf } from '../reference/goods.ts';
import { type Day, priceOf } from './day.ts';
import { sellout } from './goods.ts';
import { type Lot, territory } from './shelf.ts';
import type { Draft } from './step.ts';

/** Each point looks through its shelves once in so many days. */
const EVERY_DAYS = 12;

/** Lots past their time go cheaply to be processed. */
export function* lookThrough(day: Day, index: number): Generator<Draft> {
  const { life, isOpen } = day;
  for (const point of life.shelf.points()) {
    if (point % EVERY_DAYS !== index % EVERY_DAYS || !isOpen(point)) continue;
    for (const product of life.shelf.productsAt(point)) {
      const lot = life.shelf.oldest(point, product);
      if (lot !== undefined && isStale(life.now, lot)) yield cleared(day, lot);
    }
  }
}

const isStale = (now: number, { product, since }: Lot): boolean =>
  now - since > goodOf(product).keeps * DAY_MS;

const cleared = ({ life }: Day, lot: Lot): Draft =>
  sellout(life, {
    lot,
    quantity: lot.stock,
    price: priceOf(life, lot.product, 0.45),
    to: territory(life.world.point(lot.point).oktmo),
    recipientKind: 'processing',
    stories: ['sold to processing'],
  });
