import type { Good } from '../reference/goods.ts';
import { DAY_MS, YEAR_DAYS } from './calendar.ts';
import { plenty } from './season.ts';

/** What a producer is paid, kopecks a unit: dearer as the product gets scarce, and from year to year. */
export function producerPrice(good: Good, at: number): number {
  const scarcity = 1 + 0.3 * (1 - plenty(good, at));
  const years = (at - BASE) / DAY_MS / YEAR_DAYS;
  return Math.max(1, Math.round(good.price * 100 * scarcity * RISE_A_YEAR ** years));
}

/** What a shop asks, kopecks a unit. */
export const shopPrice = (good: Good, at: number): number => Math.round(producerPrice(good, at) * MARK_UP);

/** The prices of goods.csv are those of a season's peak at this time. */
const BASE = Date.UTC(2025, 0, 1);
const RISE_A_YEAR = 1.07;
const MARK_UP = 1.34;
