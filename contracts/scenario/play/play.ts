import { setTimeout as sleep } from 'node:timers/promises';
import { type ChainDriver, ChainError } from '../../chain/driver.ts';
import { createPrivateKey, privateKeyText } from '../../chain/keys.ts';
import { developmentKey } from '../../chain/system.ts';
import { type Ids, noIds } from '../acts/ids.ts';
import { regionSteps } from '../acts/region-steps.ts';
import { signersOf, type Step } from '../acts/step.ts';
import type { Region } from '../plan.ts';
import type { BuildOptions } from './build.ts';
import { readIds } from './counters.ts';
import { createKeyring, type Keyring } from './keyring.ts';

/** Steps done, of those asked for. */
export type Played = { readonly done: number; readonly total: number };

export type PlayOptions = Omit<BuildOptions, 'onProgress'> & {
  readonly onProgress?: (progress: Played) => void;
  /** Only the first so many steps. */
  readonly limit?: number;
};

const PROGRESS_EVERY = 25;

/**
 * Plays a region through any driver, one transaction after another: for a real node, which has its own present time (take
 * `sliceOf` the region), and for small regions in tests. A chain that holds a part goes on from there. Throws `ChainError` for a
 * refusal, `Error` where the chain holds something else.
 */
export async function playRegion(
  driver: ChainDriver,
  region: Region,
  options: PlayOptions = {},
): Promise<Played> {
  const { onProgress, signal, limit = Infinity } = options;
  const steps = [...playable(driver, region, limit)];
  const total = steps.length;
  const found = await readIds(driver);
  let done = passed(steps, found);
  const ring = createKeyring(region.seed);
  for (const step of steps.slice(0, done)) ring.done(step);
  let lastBlock = 0;
  for (const step of steps.slice(done)) {
    if (signal?.aborted === true) return { done, total };
    await travel(driver, step.at);
    lastBlock = (await send(driver, ring, step, isEqual(step.after, found))) ?? lastBlock;
    ring.done(step);
    done += 1;
    if (done % PROGRESS_EVERY === 0 || done === total) onProgress?.({ done, total });
  }
  await blockMade(driver, lastBlock);
  return { done, total };
}

/** Where the chain cannot travel, what needs days to pass cannot be done. */
function* playable(driver: ChainDriver, region: Region, limit: number): Generator<Step> {
  let left = limit;
  for (const step of regionSteps(region)) {
    if (left-- <= 0) return;
    const waits = step.actions.some(({ name }) => name === 'endrecover');
    if (!waits || driver.travel !== undefined) yield step;
  }
}

const isEqual = (one: Ids, other: Ids): boolean =>
  Object.entries(one).every(([id, value]) => other[id as keyof Ids] === value);
const isReached = (plan: Ids, chain: Ids): boolean =>
  Object.entries(plan).every(([id, value]) => chain[id as keyof Ids] >= value);

/** Steps that the chain holds for certain, by its counters; those that count nothing may be held too. */
function passed(steps: readonly Step[], found: Ids): number {
  if (isEqual(found, noIds())) return 0;
  const at = steps.findIndex(({ after }) => isEqual(after, found));
  if (at >= 0) return at + 1;
  if (isReached(steps.at(-1)?.after ?? noIds(), found)) return steps.length;
  throw new Error(
    `a chain with a part of this region's ${steps.length} steps expected, its counters are ${JSON.stringify(found)}: ` +
      'seed, scale or days differ from those that it was begun with',
  );
}

/** @param mayBeDone the chain may hold the step already: then it refuses it, and nothing is lost */
async function send(
  driver: ChainDriver,
  ring: Keyring,
  step: Step,
  mayBeDone: boolean,
): Promise<number | undefined> {
  try {
    return (await sendSigned(driver, ring, step)).blockNum;
  } catch (error) {
    if (mayBeDone && error instanceof ChainError) return undefined;
    throw error;
  }
}

/** Sends a step signed with the present demo keys of all who sign it. */
export const sendSigned = (
  driver: ChainDriver,
  ring: Pick<Keyring, 'seedOf'>,
  { actions }: Pick<Step, 'actions'>,
) =>
  driver.transact(
    actions,
    signersOf(actions).map((actor) =>
      actor === 'eosio' ? developmentKey : privateKeyText(createPrivateKey(ring.seedOf(actor))),
    ),
  );

/** Goes forward in the chain's time, never back; does nothing on a chain without time travel. */
async function travel(driver: ChainDriver, to: number): Promise<void> {
  if (driver.travel === undefined || to <= Date.parse((await driver.info()).headBlockTime)) return;
  await driver.travel(to);
}

/** A driver that settles at acceptance has told of a block still under construction, which a stop of the node would lose. */
async function blockMade(driver: ChainDriver, blockNum: number): Promise<void> {
  while ((await driver.info()).headBlockNum < blockNum) await sleep(100);
}
