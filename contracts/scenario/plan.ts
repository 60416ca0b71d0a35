import { type Reference, referenceOf, type Scale, USUAL } from './reference/reference.ts';

/** What a region is worked out from: the same three and scale give the same chain. */
export type RegionPlan = {
  readonly seed: string;
  /** End of the last day played; a later hour is cut off. */
  readonly until: Date;
  readonly days: number;
  /** How many members and cooperatives; the usual ones where left out. */
  readonly scale?: Scale;
};

/** A demo region: who is in it and which days it lives through. */
export type Region = {
  readonly plan: RegionPlan;
  readonly seed: string;
  readonly reference: Reference;
  /** Start of the first day of acts, ms since 1970; the founding comes before it. */
  readonly firstDay: number;
  readonly days: number;
};

export const DAY_MS = 86_400_000;

/** Plans a region that ends at `until`. Throws `RangeError` where it cannot be made. */
export function planRegion(plan: RegionPlan): Region {
  const { seed, until, days, scale = USUAL } = plan;
  if (!Number.isInteger(days) || days < 1)
    throw new RangeError(`days: a whole number from 1 expected, got ${days}`);
  const end = Date.UTC(until.getUTCFullYear(), until.getUTCMonth(), until.getUTCDate());
  if (Number.isNaN(end)) throw new RangeError('until: a date expected, got an invalid one');
  return { plan, seed, reference: referenceOf(seed, scale), firstDay: end - days * DAY_MS, days };
}

/** Members, cooperatives and days of a slice: small, and every kind of act happens in it. */
const SLICE = { scale: { members: 170, coops: 4 }, days: 48 };

/**
 * A slice of a region for a chain that has only its own present: of the same seed, from the day of `from` on, so that terms that
 * acts name are not over.
 */
export const sliceOf = ({ seed }: Region, from: Date): Region =>
  planRegion({ seed, ...SLICE, until: new Date(from.getTime() + SLICE.days * DAY_MS) });
