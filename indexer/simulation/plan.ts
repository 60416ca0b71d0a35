import type { Limits } from '../indexer.ts';
import { modelOf } from './model.ts';
import type { Model } from './model.ts';
import { drawLife } from './life.ts';
import type { Life } from './life.ts';
import { drawManners } from './manners.ts';
import type { Manners } from './manners.ts';
import { randomOf } from './random.ts';

/** A stop of the process: the `times`th time in one life that the sink comes to this. */
export type Crash = {
  readonly when: 'before' | 'after';
  readonly act: 'open' | 'ensure' | 'intent' | 'insert' | 'cursor' | 'append' | 'drop' | 'promote';
  readonly times: number;
};

/** All that one seed says. */
export type Plan = {
  readonly seed: string;
  readonly life: Life;
  readonly manners: Manners;
  readonly model: Model;
  /** One a life of the indexer; the life after the last goes on to the end. */
  readonly crashes: readonly Crash[];
  /** Turns of the event loop that the sink takes for a step, at most. */
  readonly sinkTurns: number;
  /** Bounds of the indexer's `life`th life. */
  readonly limits: (life: number) => Partial<Limits>;
};

/** More than the 100 MiB at which common WebSocket libraries stop reading. */
export const hugeBytes = 101 << 20;

const acts = ['open', 'ensure', 'intent', 'insert', 'cursor', 'append', 'drop', 'promote'] as const;

/** Draws a run from its seed; `wantsHuge` gives it a message over 100 MiB whatever the seed says. */
export function planOf(seed: string, wantsHuge = false): Plan {
  const random = randomOf(seed, 'plan');
  const isHuge = random.chance(0.003) || wantsHuge;
  const patienceMs = random.pick([25, 100]);
  const habits = {
    transactions: random.pick([1, 3, 6]),
    abiChance: random.pick([0.02, 0.08, 0.3]),
    hugeBytes: isHuge ? hugeBytes : 0,
  };
  const life = drawLife(seed, habits);
  const manners = drawManners(seed, isHuge ? 0 : patienceMs);
  const crashes = Array.from({ length: isHuge ? 1 : random.pick([0, 0, 1, 3, 8]) }, (): Crash => ({
    when: random.pick(['before', 'after'] as const),
    act: random.pick(acts),
    times: random.pick([1, 1, 2, 3, 6]),
  }));
  const bounds = (life: number): Partial<Limits> => {
    const drawn = randomOf(seed, 'limits', life);
    return {
      ...{ rows: drawn.pick([5, 30, 1_000]), blocks: drawn.pick([1, 4, 20, 1_000]) },
      ...{ commitMs: drawn.pick([0, 5, 500]), inFlight: drawn.pick([1, 2, 5, 50]) },
      ...{ silenceMs: patienceMs, retryFirstMs: 1, retryMostMs: 3 },
    };
  };
  // Finality that is told late comes after blocks that were sent already.
  const isSettled = life.isSettled && manners.stale === 0;
  const model = modelOf(life.end.head, life.end.lib, manners.firstBlock, isSettled);
  return {
    ...{ seed, life, manners, model, crashes },
    sinkTurns: random.pick([0, 0, 1, 5]),
    limits: bounds,
  };
}

/** The plan in a few words, for the report of a failure. */
export function describePlan({ life, manners, crashes }: Plan): string {
  const { begin, end, story } = life;
  return [
    `chain: ${begin.head.blockNum} blocks, then ${story.join(', ')}; ends at ${end.head.blockNum}, final ${end.lib}`,
    `endpoint: ${JSON.stringify(manners)}`,
    `stops: ${crashes.map(({ when, act, times }) => `${when} ${act} #${times}`).join(', ') || 'none'}`,
  ].join('\n');
}
