import { TimePointSec, currentTimeSec } from 'proton-tsc';
import { refuse } from './checks';

/** A time after the block's. */
export function requireFuture(field: string, time: TimePointSec): void {
  const now = currentTimeSec();
  if (time.utcSeconds <= now)
    refuse(`${field}: after the block's time ${now} expected, came ${time.utcSeconds}`);
}

/** A term [from, till) that is not over. */
export function requireTerm(from: TimePointSec, till: TimePointSec): void {
  requireFuture('till', till);
  if (till.utcSeconds <= from.utcSeconds)
    refuse(`till: after ${from.utcSeconds} expected, came ${till.utcSeconds}`);
}

/** Whether a term has ended by the block's time. */
export function isOver(till: TimePointSec): bool {
  return till.utcSeconds <= currentTimeSec();
}
