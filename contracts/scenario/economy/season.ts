import type { Good, Season } from '../reference/goods.ts';
import { DAY_MS, daysIn, january, type Month, placeOf, startOf, YEAR_DAYS, yearOf } from './calendar.ts';

/** How much there is on a day of the year against the day of the peak: from `floor` to 1. */
export function plentyOn(day: number, { peak, width, floor }: Season): number {
  const apart = Math.abs(day - peak);
  const distance = Math.min(apart, YEAR_DAYS - apart) / width;
  return floor + (1 - floor) * Math.exp(-(distance ** 2) / 2);
}

/** How much of it there is at a time (ms since 1970). */
export const plenty = ({ season }: Good, at: number): number =>
  plentyOn((at - Date.UTC(new Date(at).getUTCFullYear(), 0, 1)) / DAY_MS, season);

function plentyIn(month: Month, season: Season): number {
  const first = (startOf(month) - startOf(january(yearOf(month)))) / DAY_MS;
  let sum = 0;
  for (let day = 0; day < daysIn(month); day++) sum += plentyOn(first + day, season);
  return sum;
}

/** Shares of the twelve months in a bell over the year; they sum to 1. Worked out once for a bell and a year. */
function sharesOf(season: Season, year: number): readonly number[] {
  const years = known.get(season) ?? new Map<number, readonly number[]>();
  known.set(season, years);
  const there = years.get(year);
  if (there !== undefined) return there;
  const months = Array.from({ length: 12 }, (_, at) => plentyIn(january(year) + at, season));
  const all = months.reduce((sum, month) => sum + month, 0);
  const shares = months.map((month) => month / all);
  years.set(year, shares);
  return shares;
}

const known = new WeakMap<Season, Map<number, readonly number[]>>();

/** Share of a year's output that falls into a month. */
export const outputShare = (month: Month, { season }: Good): number =>
  sharesOf(season, yearOf(month))[placeOf(month)] ?? 0;

const FRESH_DAYS = 60;

/** Share of a year's eating that falls into a month: fresh things of a short season are mostly eaten in it. */
export function eatingShare(month: Month, good: Good): number {
  const from = january(yearOf(month));
  const even = daysIn(month) / ((startOf(from + 12) - startOf(from)) / DAY_MS);
  const isFresh = good.keeps < FRESH_DAYS && good.season.floor < 0.5 && good.recipe === undefined;
  return isFresh ? 0.2 * even + 0.8 * outputShare(month, good) : even;
}
