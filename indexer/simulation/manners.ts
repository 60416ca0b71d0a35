import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Crossing } from './wire.ts';

/** How an endpoint misbehaves: chances a message, 0…1. */
export type Manners = {
  readonly fragments: number;
  readonly slow: number;
  readonly resets: number;
  /** A block is sent again. */
  readonly repeats: number;
  /** A message that tells head and finality but carries no block. */
  readonly nulls: number;
  /** Head and finality are told as they were some blocks ago. */
  readonly stale: number;
  /** The stream begins some blocks before the one that was asked for. */
  readonly early: number;
  /** The chain moves on while the client has no credit. */
  readonly moves: number;
  /** When its head switches the stream goes on with the next number on the new branch: never, as nodeos was seen to, or each time. */
  readonly skips: 'never' | 'without credit' | 'always';
  /** Block 1 may be missing, it has no traces. */
  readonly firstBlock: 1 | 2;
  /** A silence longer than the client's patience, ms; 0 = none. */
  readonly silenceMs: number;
};

const rare = (random: Random): number => random.pick([0, 0, 0.02, 0.15]);

export function drawManners(seed: string, patienceMs: number): Manners {
  const random = randomOf(seed, 'manners');
  return {
    ...{
      fragments: random.pick([0, 0, 0.1, 1]),
      slow: rare(random),
      resets: random.pick([0, 0, 0.02, 0.08]),
    },
    ...{ repeats: rare(random), nulls: rare(random), stale: random.pick([0, 0, 0.1, 0.5]) },
    ...{ early: random.pick([0, 0, 0.5]), moves: random.pick([0, 0.3]) },
    skips: random.pick(['never', 'without credit', 'always'] as const),
    firstBlock: random.chance(0.2) ? 2 : 1,
    silenceMs: random.chance(0.1) ? 3 * patienceMs : 0,
  };
}

/** A well-behaved endpoint, for what is about something else. */
export const wellBehaved: Manners = {
  ...{ fragments: 0, slow: 0, resets: 0, repeats: 0, nulls: 0, stale: 0, early: 0, moves: 0 },
  ...{ skips: 'never', firstBlock: 1, silenceMs: 0 },
};

/** Decides how a message crosses, by what it holds and how often that was sent before: a run done again decides alike. */
export function crossingOf(manners: Manners, random: Random, times: number): Crossing {
  const fragments = random.chance(manners.fragments) ? random.between(2, 5) : 1;
  const slow = random.chance(manners.slow);
  return {
    fragments,
    ping: fragments > 1 && random.chance(0.5),
    writes: slow ? random.between(2, 6) : 1,
    pauseMs: slow && random.chance(0.2) ? 2 : 0,
    // A block comes through in the end.
    resetAt: times < 3 && random.chance(manners.resets) ? random.below(100) / 100 : null,
  };
}
