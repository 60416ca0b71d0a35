import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Receipt } from '../../contracts/chain/driver.ts';
import { httpDriver } from '../../contracts/chain/http.ts';
import { startNodeos } from '../../contracts/nodeos/nodeos.ts';
import { demoKeys } from '../../contracts/scenario/keys.ts';
import { planRegion, playRegion, sliceOf } from '../../contracts/scenario/region.ts';
import { readConfig } from '../../zakroma.config.ts';
import type { LiveEvent } from '../api/status.ts';
import { startZakroma } from './start.ts';
import type { Zakroma } from './start.ts';
import { purchaseIn } from './testing/purchase.ts';

const seed = 'node-thread';
/** Steps after which points have chairs, programmes and councils that let the robot decide: the founding, and a little more. */
const FOUNDED = 400;
/** Of its seed alone: its people and places are those of every slice of it. */
const slice = sliceOf(planRegion({ seed, days: 1, until: new Date() }), new Date());
let folder: string;

/** Starts a Zakroma on its own folder and waits until it is live. */
async function start(name: string, env: Record<string, string>): Promise<Zakroma> {
  const live = Promise.withResolvers<undefined>();
  const config = readConfig(
    {
      ZAKROMA_DATA: join(folder, name),
      ZAKROMA_PORT: '0',
      ZAKROMA_SEED: seed,
      ZAKROMA_LIVE_EVERY_MS: '0',
      ...env,
    },
    [],
  );
  const zakroma = await startZakroma(config, {
    log: pino({ level: 'silent' }),
    onStatus: ({ phase }) => {
      if (phase === 'live') live.resolve(undefined);
    },
    onFailure: (message) => {
      live.reject(new Error(message));
    },
  });
  await live.promise;
  return zakroma;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zakroma-node-thread-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

type Flow = { readonly act_id: string; readonly value_rub: string; readonly id: string };

const flowOf = (zakroma: Zakroma, id: string): Promise<Flow[]> =>
  zakroma.warehouse.query<Flow>(
    'select act_id, value_rub, lower(hex(tx_id)) as id from fact.flow where tx_id = unhex({id:String})',
    { id },
  );

/** Resolves once rows of a block ≥ `block` are final. */
async function untilFinal(zakroma: Zakroma, block: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const leave = zakroma.subscribe((event: LiveEvent) => {
    if (event.type === 'final' && event.block >= block) resolve(undefined);
  });
  if (zakroma.status().indexer.committed < block) await promise;
  leave();
}

/** 240 roubles' worth of potato, bought by a section's chair through the node's HTTP API. */
async function buy(httpUrl: string): Promise<Receipt> {
  const driver = httpDriver({ url: httpUrl });
  try {
    const { chair, action } = await purchaseIn(slice, driver);
    return await driver.transact([action], [demoKeys(seed, chair)]);
  } finally {
    await driver.close();
  }
}

async function expectInMart(zakroma: Zakroma, { transactionId, blockNum }: Receipt): Promise<void> {
  await untilFinal(zakroma, blockNum);
  expect(await flowOf(zakroma, transactionId)).toMatchObject([{ value_rub: '240', id: transactionId }]);
}

test('a real node of our own takes the contracts and a slice of the region; an act sent to it is in the mart', async () => {
  const own = await start('own', { ZAKROMA_CHAIN: 'nodeos', ZAKROMA_NODEOS_ACTS: String(FOUNDED) });
  try {
    const { httpUrl } = await own.chain;
    await expectInMart(own, await buy(httpUrl));
  } finally {
    await own.stop();
  }
});

test("somebody's node is read by its addresses alone, and refused when it is another chain", async () => {
  const node = await startNodeos({ dir: join(folder, 'node') });
  const address = { ZAKROMA_CHAIN: node.httpUrl, ZAKROMA_SHIP_URL: node.shipUrl };
  try {
    const driver = httpDriver({ url: node.httpUrl, settle: 'accepted' });
    await playRegion(driver, slice, { limit: FOUNDED });
    await driver.close();

    const guest = await start('guest', address);
    const { chainId } = await guest.chain;
    try {
      await expectInMart(guest, await buy(node.httpUrl));
    } finally {
      await guest.stop();
    }

    const other = 'ab'.repeat(32);
    await expect(start('stranger', { ...address, ZAKROMA_CHAIN_ID: other })).rejects.toThrow(
      new RegExp(`expected chain ${other}.*${chainId}`),
    );
  } finally {
    await node.stop();
  }
});
