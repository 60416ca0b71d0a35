import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainDriver, Receipt } from '../chain/driver.ts';
import type { Act } from './act.ts';
import { bootstrap } from './bootstrap.ts';
import { regionActs } from './days.ts';
import { demoKeys } from './keys.ts';
import type { Region } from './plan.ts';
import { readCounters } from './shelf.ts';

/** Acts on the chain, of all acts asked for. */
export type Progress = { readonly done: number; readonly total: number };

export type PlayOptions = {
  readonly onProgress?: (progress: Progress) => void;
  /** Stops between two acts; asked again, the play goes on from there. */
  readonly signal?: AbortSignal;
  /** Only the first so many acts: for a real node, which has no time travel and gives them its own present time. */
  readonly limit?: number;
};

const PROGRESS_EVERY = 25;

/**
 * Plays a region on a chain: accounts, contracts, reference data, then every act as a signed transaction of its own at its
 * own time, where the driver has time travel. On a chain that holds a part already it goes on where that part ends,
 * which it reads from the market's counters. Resolves with what the chain holds; an abort resolves early.
 * Throws `ChainError` for a refusal, `Error` where the chain holds acts that are not this region's.
 */
export async function playRegion(
  driver: ChainDriver,
  region: Region,
  options: PlayOptions = {},
): Promise<Progress> {
  const { onProgress, signal, limit = Infinity } = options;
  const acts = [...regionActs(region)].slice(0, limit);
  const total = acts.length;
  const travel = await traveller(driver);
  await travel(region.firstDay);
  try {
    await bootstrap(driver, region, signal);
  } catch (error) {
    if (signal?.aborted === true) return { done: 0, total };
    throw error;
  }
  let done = await actsPlayed(driver, acts);
  onProgress?.({ done, total });
  let lastBlock = 0;
  for (const act of acts.slice(done)) {
    if (signal?.aborted === true) return { done, total };
    await travel(act.at);
    lastBlock = (await sendAct(driver, region, act)).blockNum;
    done += 1;
    if (done % PROGRESS_EVERY === 0 || done === total) onProgress?.({ done, total });
  }
  await blockMade(driver, lastBlock);
  await actsPlayed(driver, acts);
  return { done, total };
}

/** A driver that settles at acceptance has told of a block still under construction, which a stop of the node would lose. */
async function blockMade(driver: ChainDriver, blockNum: number): Promise<void> {
  while ((await driver.info()).headBlockNum < blockNum) await sleep(100);
}

/** One act, one transaction, signed by all who take part in it. */
export function sendAct(driver: ChainDriver, { seed }: Pick<Region, 'seed'>, act: Act): Promise<Receipt> {
  const authorization = act.signers.map((actor) => ({ actor, permission: 'active' }));
  return driver.transact(
    [{ account: 'market', name: act.name, authorization, data: act.data }],
    act.signers.map((actor) => demoKeys(seed, actor)),
  );
}

/** Goes forward in the chain's time, never back; does nothing on a chain without time travel. */
async function traveller(driver: ChainDriver): Promise<(to: number) => Promise<void>> {
  let head = Date.parse((await driver.info()).headBlockTime);
  return async (to) => {
    if (driver.travel === undefined || to <= head) return;
    head = to;
    await driver.travel(to);
  };
}

/** How many of the acts the market has seen, by its counters; a market that went on living after the last one has seen all. */
async function actsPlayed(driver: ChainDriver, acts: readonly Act[]): Promise<number> {
  const counters = await readCounters(driver);
  if (counters.acts === 0) return 0;
  const last = acts.at(-1)?.after ?? { acts: 0, lots: 0 };
  const isWhole = counters.acts >= last.acts && counters.lots >= last.lots;
  const passed = isWhole
    ? acts.length
    : 1 + acts.findIndex(({ after }) => after.acts === counters.acts && after.lots === counters.lots);
  if (passed === 0 || !(await holdsLastLot(driver, acts.slice(0, passed)))) {
    throw new Error(
      `a chain with a part of this region's ${acts.length} acts expected, got a market with ${counters.acts} acts and ` +
        `${counters.lots} lots that are not of the plan: seed, days or last day differ from those it was begun with`,
    );
  }
  return passed;
}

/** Counters of two regions may agree by chance; what was accepted last does not. */
async function holdsLastLot(driver: ChainDriver, acts: readonly Act[]): Promise<boolean> {
  const act = acts.findLast(({ name }) => name === 'accept');
  if (act === undefined) return acts.length === 0;
  const id = String(act.after.lots);
  const [lot] = await driver.rows({
    code: 'market',
    scope: 'market',
    table: 'lots',
    lowerBound: id,
    upperBound: id,
  });
  return (
    lot !== undefined &&
    lot['accepted'] === act.data['quantity'] &&
    lot['product'] === act.data['product'] &&
    lot['producer'] === act.data['producer']
  );
}
