import { makeMembers, type Member } from './people.ts';
import { seededRandom } from './random.ts';

/** A demo region: who is in it and which days it lives through. Reference data is the same in every region (reference.ts). */
export type Region = {
  readonly seed: string;
  /** Start of the first day, ms since 1970. */
  readonly firstDay: number;
  readonly days: number;
  readonly members: readonly Member[];
};

/**
 * Plans a region of `days` days that ends at `until` (start of a UTC day; a later hour is cut off). One seed, one end
 * and one length give one list of accounts, keys and acts.
 */
export function planRegion({ seed, until, days }: { seed: string; until: Date; days: number }): Region {
  if (!Number.isInteger(days) || days < 1)
    throw new RangeError(`days: a whole number from 1 expected, got ${days}`);
  const end = Date.UTC(until.getUTCFullYear(), until.getUTCMonth(), until.getUTCDate());
  if (Number.isNaN(end)) throw new RangeError('until: a date expected, got an invalid one');
  const members = makeMembers(seededRandom(`members of ${seed}`));
  return { seed, firstDay: end - days * 86_400_000, days, members };
}
