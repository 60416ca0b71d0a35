import type { Random } from './random.ts';

/** How a product lives through the year. Quantities are in the product's unit, money in roubles a unit. */
export type Habit = {
  /** Day of the year with most of it, and how many days around it hold most of the rest (a bell's width). */
  readonly peak: number;
  readonly width: number;
  /** What is left at the other end of the year, as a share of the peak. */
  readonly floor: number;
  /** Acceptances from members on a usual day at the peak. */
  readonly acceptances: number;
  /** A usual household's delivery, and a usual issue to a member. */
  readonly delivery: number;
  readonly portion: number;
  readonly price: number;
  /** Days after which the rest goes to processing. */
  readonly keeps: number;
};

const habits: Readonly<Record<string, Habit>> = {
  potato: {
    peak: 272,
    width: 40,
    floor: 0.2,
    acceptances: 3.4,
    delivery: 85,
    portion: 9,
    price: 34,
    keeps: 70,
  },
  cabbage: {
    peak: 288,
    width: 28,
    floor: 0.15,
    acceptances: 2.6,
    delivery: 60,
    portion: 4,
    price: 29,
    keeps: 45,
  },
  beef: {
    peak: 330,
    width: 50,
    floor: 0.45,
    acceptances: 1.2,
    delivery: 22,
    portion: 1.6,
    price: 520,
    keeps: 9,
  },
  bread: {
    peak: 15,
    width: 120,
    floor: 0.9,
    acceptances: 1.4,
    delivery: 3.5,
    portion: 1.2,
    price: 74,
    keeps: 3,
  },
  milk: { peak: 165, width: 70, floor: 0.5, acceptances: 3.6, delivery: 32, portion: 3, price: 46, keeps: 4 },
  eggs: {
    peak: 120,
    width: 90,
    floor: 0.65,
    acceptances: 1.6,
    delivery: 90,
    portion: 20,
    price: 9.5,
    keeps: 20,
  },
};

export const productNames: readonly string[] = Object.keys(habits);

export function habitOf(product: string): Habit {
  const habit = habits[product];
  if (habit === undefined) throw new RangeError(`one of ${productNames.join(', ')} expected, got ${product}`);
  return habit;
}

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365.25;

/** How much of a product there is at a time (ms since 1970), as a share of its peak: from `floor` to 1. */
export function plenty(product: string, at: number): number {
  const { peak, width, floor } = habitOf(product);
  const day = (at - Date.UTC(new Date(at).getUTCFullYear(), 0, 1)) / DAY_MS;
  const apart = Math.abs(day - peak);
  const distance = Math.min(apart, YEAR_DAYS - apart) / width;
  return floor + (1 - floor) * Math.exp(-(distance ** 2) / 2);
}

/** Kopecks a unit: dearer as the product gets scarce, with a dealer's spread of ±8 %. `share` is a mark-up or a discount. */
export function priceAt(product: string, at: number, random: Random, share = 1): number {
  const scarcity = 1 + 0.35 * (1 - plenty(product, at));
  return Math.max(
    1,
    Math.round(habitOf(product).price * 100 * scarcity * share * (0.92 + 0.16 * random.next())),
  );
}
