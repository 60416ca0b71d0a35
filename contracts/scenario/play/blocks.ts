import type { Step } from '../acts/step.ts';

/** What one block of a built region holds: the same in every build, so that its id is too. */
export type PlannedBlock = {
  /** The first block of a plan is 2: block 1 is the chain's own. */
  readonly num: number;
  /** A whole number of half seconds, ms since 1970. */
  readonly timeMs: number;
  readonly steps: readonly Step[];
};

const SLOT_MS = 500;
const FIRST_NUM = 2;
/** Bounds a block's bytes, and how much work a kill may lose. */
const STEPS_A_BLOCK = 64;

/** Groups steps of one time into blocks; where one is full, the next comes half a second later. */
export function* plannedBlocks(steps: Iterable<Step>): Generator<PlannedBlock> {
  let num = FIRST_NUM;
  let timeMs = 0;
  let asked = 0;
  let held: Step[] = [];
  const close = (): PlannedBlock => ({ num: num++, timeMs, steps: held });
  for (const step of steps) {
    if (held.length > 0 && (step.at !== asked || held.length === STEPS_A_BLOCK)) {
      yield close();
      held = [];
    }
    if (held.length === 0) {
      asked = step.at;
      timeMs = Math.max(Math.ceil(step.at / SLOT_MS) * SLOT_MS, timeMs + SLOT_MS);
    }
    held.push(step);
  }
  if (held.length > 0) yield close();
}
