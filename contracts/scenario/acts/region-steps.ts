import { seededRandom } from '../random.ts';
import { DAY_MS, type Region } from '../plan.ts';
import { createDays } from './days.ts';
import { founding } from './founding.ts';
import { type Life, newLife } from './life.ts';
import type { Draft, Step } from './step.ts';
import { createWorld } from './world.ts';

/** The founding begins so long before the first day of acts. */
const FOUNDING_DAYS = 30;
/** Of a stage of the founding: so many steps share a time, and the next come so much later. */
const STEPS_A_TIME = 48;
const FOUNDING_TICK_MS = 10_000;
/** Points open at 9 and close at 18 in the region's own time, which is seven hours ahead. */
const OPENING_MS = 2 * 3_600_000;
const OPEN_HOURS = 9;

/**
 * Every step of a region's life in order of time. They depend on the region alone: every call gives the same ones. Only what is
 * alive is held, so a region of millions of acts needs no more memory than its open lots and its members' balances.
 */
export function* regionSteps(region: Region): Generator<Step> {
  const life = newLife(createWorld(region), seededRandom(`life of ${region.seed}`));
  yield* foundingSteps(life, region);
  const draftsOf = createDays(life);
  for (let day = 0; day < region.days; day++) {
    life.now = region.firstDay + day * DAY_MS;
    yield* timed(life, [...draftsOf(day)]);
  }
}

function* foundingSteps(life: Life, { firstDay }: Region): Generator<Step> {
  const start = firstDay - FOUNDING_DAYS * DAY_MS;
  let earliest = start;
  for (const [stage, drafts] of founding.entries()) {
    const begins = Math.max(earliest, start + stage * DAY_MS + OPENING_MS);
    life.now = begins;
    let count = 0;
    for (const draft of drafts(life)) {
      const at = begins + Math.floor(count++ / STEPS_A_TIME) * FOUNDING_TICK_MS;
      earliest = at + FOUNDING_TICK_MS;
      yield { ...draft, at };
    }
  }
}

/** Spreads a day's steps over its hours: those of one hour come together, at a minute of their own. */
function* timed({ now, random }: Life, drafts: readonly Draft[]): Generator<Step> {
  const minutes = Array.from({ length: OPEN_HOURS }, () => random.int(0, 59));
  for (const [index, draft] of drafts.entries()) {
    const hour = Math.floor((index * OPEN_HOURS) / drafts.length);
    const at = now + OPENING_MS + hour * 3_600_000 + (minutes[hour] ?? 0) * 60_000;
    yield { ...draft, at };
  }
}
