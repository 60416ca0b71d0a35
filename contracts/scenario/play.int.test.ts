import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChainDriver } from '../chain/driver.ts';
import { ChainError } from '../chain/driver.ts';
import { createDevnet } from '../devnet/devnet.ts';
import { devnetDriver } from '../devnet/driver.ts';
import { regionActs } from './days.ts';
import { liveActs } from './live.ts';
import { planRegion, playRegion } from './region.ts';
import { readCounters, readShelf } from './shelf.ts';

const until = new Date('2026-10-05T00:00:00Z');
const region = planRegion({ seed: 'test', until, days: 3 });
const total = [...regionActs(region)].length;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zakroma-play-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const openChain = (folder?: string): ChainDriver =>
  devnetDriver(createDevnet(folder === undefined ? {} : { dir: folder }), { owns: true });

async function market(driver: ChainDriver) {
  const table = (name: string) => driver.rows({ code: 'market', scope: 'market', table: name });
  return {
    counters: await table('counters'),
    lots: await table('lots'),
    shipments: await table('shipments'),
  };
}

test('plays every act at its time; the chain then holds what the plan foretold', async () => {
  const driver = openChain();
  const seen: number[] = [];
  const played = await playRegion(driver, region, { onProgress: ({ done }) => seen.push(done) });
  expect(played).toEqual({ done: total, total });
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(total);
  const last = [...regionActs(region)].at(-1);
  expect(await readCounters(driver)).toEqual(last?.after);
  const { headBlockTime } = await driver.info();
  expect(Math.abs(Date.parse(headBlockTime) - (last?.at ?? 0))).toBeLessThan(2000);
  await driver.close();
});

test('stopped and opened again, goes on where it was and ends with the same market', async () => {
  const whole = openChain();
  await playRegion(whole, region);
  const expected = await market(whole);
  await whole.close();

  for (const [round, part] of [25, 75, Infinity].entries()) {
    const abort = new AbortController();
    const driver = openChain(dir);
    const onProgress = ({ done }: { done: number }): void => {
      if (done >= part) abort.abort();
    };
    const played = await playRegion(driver, region, { signal: abort.signal, onProgress });
    expect(played.done).toBe(round === 2 ? total : part);
    if (round === 2) expect(await market(driver)).toEqual(expected);
    await driver.close();
  }
});

test('an interrupted making of accounts and reference data goes on too', async () => {
  const driver = openChain();
  let left = 40;
  const failing: ChainDriver = {
    ...driver,
    transact: (actions, keys) =>
      left-- > 0 ? driver.transact(actions, keys) : Promise.reject(new Error('cut off')),
  };
  await expect(playRegion(failing, region)).rejects.toThrow('cut off');
  expect(await playRegion(driver, region)).toEqual({ done: total, total });
  await driver.close();
});

test('a chain of another region is told from a part of this one', async () => {
  const driver = openChain();
  const other = planRegion({ seed: 'test', until: new Date('2026-11-05T00:00:00Z'), days: 3 });
  await playRegion(driver, other, { limit: 90 });
  await expect(
    playRegion(driver, { ...region, firstDay: region.firstDay + 40 * 86_400_000 }),
  ).rejects.toThrow('seed, days or last day differ');
  await driver.close();
});

test('life goes on after the plan, through refusals, and a restart leaves the plan alone', async () => {
  const driver = openChain();
  await playRegion(driver, region);
  const before = await readCounters(driver);
  const abort = new AbortController();
  const told = { acts: 0, refusals: 0 };
  const refusing: ChainDriver = {
    ...driver,
    transact: (actions, keys) =>
      told.acts === 10 && told.refusals < 2
        ? Promise.reject(new ChainError(3050003, 'eosio_assert_message_exception', '', ['not today']))
        : driver.transact(actions, keys),
  };
  await liveActs(refusing, region, {
    signal: abort.signal,
    everyMs: 0,
    log: {
      info: () => {
        if (++told.acts === 60) abort.abort();
      },
      warn: () => {
        told.refusals += 1;
      },
    },
  });
  expect(told).toEqual({ acts: 60, refusals: 2 });
  const after = await readCounters(driver);
  expect(after.acts - before.acts).toBeGreaterThanOrEqual(60);
  const { stock } = await readShelf(driver, 0);
  expect(stock.every((lot) => lot.stock > 0)).toBe(true);
  expect(await playRegion(driver, region)).toEqual({ done: total, total });
  expect(await readCounters(driver)).toEqual(after);
  await driver.close();
});
