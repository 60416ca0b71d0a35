import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChainError, type ChainDriver } from '../../chain/driver.ts';
import { createDevnet, type Devnet } from '../../devnet/devnet.ts';
import { devnetDriver } from '../../devnet/driver.ts';
import { regionSteps } from '../acts/region-steps.ts';
import { liveActs } from '../live.ts';
import { planRegion, sliceOf } from '../plan.ts';
import { buildRegion } from './build.ts';
import { readIds } from './counters.ts';
import { playRegion } from './play.ts';

const until = new Date('2026-10-05T00:00:00Z');
const scale = { members: 60, coops: 2 };
const region = planRegion({ seed: 'test', until, days: 40, scale });
const last = [...regionSteps(region)].at(-1);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zakroma-play-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function built(devnet: Devnet): Promise<string> {
  await buildRegion(devnet, region);
  return devnet.info().headId;
}

test('two builds of a region end with the same block, and with the counters that the plan foretells', async () => {
  const one = createDevnet();
  const other = createDevnet();
  const seen: number[] = [];
  await buildRegion(one, region, { onProgress: ({ done }) => seen.push(done) });
  expect(seen.at(-1)).toBe(40);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(await built(other)).toBe(one.info().headId);
  expect(await readIds(devnetDriver(one))).toEqual(last?.after);
  one.close();
  other.close();
});

test('stopped in the founding and among the acts, it goes on to the same block', async () => {
  const whole = createDevnet();
  const expected = await built(whole);
  whole.close();
  for (const stopAt of [1, 12, 25]) {
    const devnet = createDevnet({ dir });
    const abort = new AbortController();
    await buildRegion(devnet, region, {
      signal: abort.signal,
      onProgress: ({ done }) => {
        if (done >= stopAt) abort.abort();
      },
    });
    expect(devnet.info().headId).not.toBe(expected);
    devnet.close();
  }
  const devnet = createDevnet({ dir });
  expect(await built(devnet)).toBe(expected);
  devnet.close();
});

test('a chain of another region is told from a part of this one', async () => {
  const devnet = createDevnet();
  const abort = new AbortController();
  const other = planRegion({ seed: 'other', until, days: 40, scale });
  await buildRegion(devnet, other, {
    signal: abort.signal,
    onProgress: ({ done }) => {
      if (done >= 30) abort.abort();
    },
  });
  await expect(buildRegion(devnet, region)).rejects.toThrow('differ from those that it was begun with');
  devnet.close();
});

test('a slice is played through any driver, goes on after a stop, and then life goes on through refusals', async () => {
  const devnet = createDevnet();
  const driver = devnetDriver(devnet);
  const slice = sliceOf(region, new Date());
  expect(await playRegion(driver, slice, { limit: 300 })).toEqual({ done: 300, total: 300 });
  const { done, total } = await playRegion(driver, slice);
  expect(done).toBe(total);

  const before = await readIds(driver);
  const abort = new AbortController();
  const told = { acts: 0, refusals: 0 };
  const refusing: ChainDriver = {
    ...driver,
    transact: (actions, keys) =>
      told.acts === 5 && told.refusals < 1
        ? Promise.reject(new ChainError(3050003, 'eosio_assert_message_exception', '', ['not today']))
        : driver.transact(actions, keys),
  };
  await liveActs(refusing, slice, {
    signal: abort.signal,
    everyMs: 0,
    log: {
      info: () => {
        if (++told.acts === 40) abort.abort();
      },
      warn: () => {
        told.refusals += 1;
      },
    },
  });
  expect(told.refusals).toBe(1);
  expect((await readIds(driver)).act).toBeGreaterThan(before.act);
  devnet.close();
});
