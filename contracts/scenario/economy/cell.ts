import type { Maker } from '../reference/goods.ts';
import type { Month } from './calendar.ts';
import type { Origins } from './origins.ts';

/**
 * One product in one municipality and month, grams. opening + output + held + inflow = eaten + processed + fed + lost + outflow +
 * closing. Goods in transit are a part of inflow and of outflow alike.
 */
export type Cell = {
  readonly territory: string;
  readonly product: string;
  readonly month: Month;
  readonly opening: number;
  readonly output: Readonly<Record<Maker, number>>;
  /** The holding's output, a part of no other; it leaves the region whole. */
  readonly held: number;
  readonly inflow: number;
  readonly outflow: number;
  readonly transit: number;
  /** Eaten by residents: at home, and in schools, hospitals and canteens; and the two by origin. */
  readonly eaten: { readonly own: number; readonly catering: number };
  readonly origins: ReadonlyMap<string, number>;
  /** Used up to make other goods. */
  readonly processed: number;
  /** Feed and seed. */
  readonly fed: number;
  readonly lost: number;
  readonly closing: number;
};

/** Goods that went from one place to another in a month: municipalities, regions and countries outside. */
export type Flow = {
  readonly product: string;
  readonly month: Month;
  readonly from: string;
  readonly to: string;
  /** Where they are bound: beyond `to` on the first half of a way. */
  readonly bound: string;
  readonly grams: number;
  readonly origins: Origins;
  /** The whole way, or its first or second half: through a municipality that neither made nor keeps them. */
  readonly leg: 'whole' | 'first' | 'second';
};

export const madeIn = ({ output, held }: Pick<Cell, 'output' | 'held'>): number =>
  output.household + output.farm + output.organisation + held;
export const eatenIn = ({ eaten }: Pick<Cell, 'eaten'>): number => eaten.own + eaten.catering;
