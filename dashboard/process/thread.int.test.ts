import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ABI,
  APIClient,
  Action,
  FetchProvider,
  PrivateKey,
  SignedTransaction,
  Transaction,
} from '@wharfkit/antelope';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpDriver } from '../../contracts/chain/http.ts';
import { demoKeys } from '../../contracts/scenario/keys.ts';
import { runChecks } from '../../warehouse/models/checks.ts';
import { readConfig } from '../../zakroma.config.ts';
import type { Phase } from '../api/status.ts';
import type { ActsAnswer } from '../api/wire.ts';
import { models, prepareWarehouse } from './prepare.ts';
import { startZakroma } from './start.ts';
import type { Zakroma } from './start.ts';
import { regionOf, settleRegion } from './region.ts';
import { purchaseIn } from './testing/purchase.ts';

const seed = 'thread';
let folder: string;
let zakroma: Zakroma;

/** Everything on free ports, with a small region. */
const config = () => {
  const env = {
    ZAKROMA_DATA: folder,
    ZAKROMA_PORT: '0',
    ZAKROMA_CHAIN_HTTP_PORT: '0',
    ZAKROMA_SHIP_PORT: '0',
    ZAKROMA_SEED: seed,
    ZAKROMA_DAYS: '20',
    ZAKROMA_MEMBERS: '60',
    ZAKROMA_COOPS: '2',
    ZAKROMA_LIVE_EVERY_MS: '0',
  };
  return readConfig(env, []);
};

/** Starts it and waits until it is live. */
async function start(): Promise<Zakroma> {
  const live = Promise.withResolvers<undefined>();
  const phases: Phase[] = [];
  const started = await startZakroma(config(), {
    log: pino({ level: 'silent' }),
    onStatus: ({ phase }) => {
      phases.push(phase);
      if (phase === 'live') live.resolve(undefined);
    },
    onFailure: (message) => {
      live.reject(new Error(message));
    },
  });
  await live.promise;
  expect(phases.at(-1)).toBe('live');
  return started;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zakroma-thread-'));
  zakroma = await start();
});

afterAll(async () => {
  await zakroma.stop();
  await rm(folder, { recursive: true, force: true });
});

type Figure = { readonly rub: string; readonly acts: string };
type Tiles = {
  readonly asOf: { readonly block: number };
  readonly rows: readonly { readonly level: string; readonly production: Figure }[];
};

async function get<Body>(path: string): Promise<Body> {
  const answer = await fetch(zakroma.url + path);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Body;
}

async function production(): Promise<Figure> {
  const { rows } = await get<Tiles>('/api/indicators');
  const total = rows.find(({ level }) => level === 'total');
  if (total === undefined) throw new Error('expected a total');
  return total.production;
}

/** What a member's own program would do: WharfKit's client, the chain's HTTP API, keys of the signers. */
async function send(
  name: string,
  signers: readonly string[],
  data: object,
): Promise<{ blockNum: number; id: string }> {
  const { httpUrl } = await zakroma.chain;
  const client = new APIClient({ provider: new FetchProvider(httpUrl) });
  const info = await client.v1.chain.get_info();
  const { abi } = await client.v1.chain.get_abi('market');
  if (abi === undefined) throw new Error('expected an ABI');
  const authorization = signers.map((actor) => ({ actor, permission: 'active' }));
  const action = Action.from({ account: 'market', name, authorization, data }, ABI.from(abi));
  const { expiration, ref_block_num, ref_block_prefix } = info.getTransactionHeader(60);
  const transaction = Transaction.from({ expiration, ref_block_num, ref_block_prefix, actions: [action] });
  const digest = transaction.signingDigest(info.chain_id);
  const signatures = signers.map((actor) => PrivateKey.from(demoKeys(seed, actor)).signDigest(digest));
  const sent = await client.v1.chain.send_transaction(
    SignedTransaction.from(Object.assign({}, transaction, { signatures })),
  );
  return {
    blockNum: (sent['processed'] as { block_num: number }).block_num,
    id: sent.transaction_id,
  };
}

/** Resolves with the next event of this type whose block is at least `block`. */
async function nextEvent(type: string, ready: () => void, block: () => Promise<number>): Promise<unknown> {
  const abort = new AbortController();
  const { body } = await fetch(`${zakroma.url}/api/events`, { signal: abort.signal });
  if (body === null) throw new Error('expected a stream');
  ready();
  let text = '';
  const wanted = block();
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (const message of text.split('\n\n').slice(0, -1)) {
      const [, event] = /^event: (.+)$/m.exec(message) ?? [];
      const [, data = '{}'] = /^data: (.+)$/m.exec(message) ?? [];
      const news = JSON.parse(data) as { block?: number };
      if (event === type && (news.block ?? 0) >= (await wanted)) {
        abort.abort();
        return news;
      }
    }
    text = text.slice(text.lastIndexOf('\n\n') + 2);
  }
  throw new Error(`the stream ended before ${type}`);
}

describe('the thread from a signed act to a figure and back', () => {
  test('an act sent by a wallet becomes final, is told to open pages, and changes the tile by its value', async () => {
    const region = regionOf(settleRegion(folder, config().region, new Date()));
    const driver = httpDriver({ url: (await zakroma.chain).httpUrl });
    const { chair, action } = await purchaseIn(region, driver);
    await driver.close();
    const before = await production();
    const opened = Promise.withResolvers<undefined>();
    const sent = opened.promise.then(() => send('buy', [chair], action.data));
    await nextEvent(
      'final',
      () => {
        opened.resolve(undefined);
      },
      async () => (await sent).blockNum,
    );
    const after = await production();
    expect(Number(after.rub) - Number(before.rub)).toBeCloseTo(240, 2);
    expect(Number(after.acts) - Number(before.acts)).toBe(1);

    const { id, blockNum } = await sent;
    const records = await get<ActsAnswer>('/api/acts?i=production');
    expect(records.total).toMatchObject({ rub: after.rub, acts: after.acts });
    const newest = records.acts[0];
    const card = await get<object>(`/api/acts/${newest?.act ?? ''}`);
    for (const part of [id, chair, String(blockNum)]) expect(JSON.stringify(card)).toContain(part);
  });

  test('nobody can write a log by hand, not even with the key the contract account was made with', async () => {
    const body = { act_id: 1 };
    await expect(send('logissue', ['market'], { body })).rejects.toThrow();
  });

  test('every check of the models returns no row', async () => {
    expect(await runChecks(zakroma.warehouse, models)).toEqual([]);
  });

  test('stopped and started again, it goes on where it was', async () => {
    const before = await production();
    const { chainId } = await zakroma.chain;
    const committed = zakroma.status().indexer.committed;
    await zakroma.stop();
    zakroma = await start();
    expect((await zakroma.chain).chainId).toBe(chainId);
    expect(zakroma.status().indexer.committed).toBeGreaterThanOrEqual(committed);
    expect(await production()).toEqual(before);
    await prepareWarehouse(zakroma.warehouse);
    expect(await production()).toEqual(before);
  });
});
