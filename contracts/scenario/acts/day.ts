import { plenty } from '../economy/season.ts';
import { type Good, goodOf } from '../reference/goods.ts';
import type { Life } from './life.ts';
import type { People } from './people.ts';
import type { Places } from './places.ts';

/** What the acts of a day are composed from, beside what lives. */
export type Day = {
  readonly life: Life;
  readonly people: People;
  readonly places: Places;
  /** Whether a point's section gives acts today. */
  readonly isOpen: (point: number) => boolean;
};

/** Kopecks a unit: dearer as a product gets scarce, with a dealer's spread of ±8 %. `share` is a mark-up or a discount. */
export function priceOf({ now, random }: Life, product: string | Good, share = 1): number {
  const good = typeof product === 'string' ? goodOf(product) : product;
  const scarcity = 1 + 0.3 * (1 - plenty(good, now));
  return Math.max(1, Math.round(good.price * 100 * scarcity * share * (0.92 + 0.16 * random.next())));
}
