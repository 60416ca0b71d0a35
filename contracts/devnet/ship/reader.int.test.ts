import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EosioReaderAbisMap, EosioReaderBlock } from '@blockmatic/eosio-ship-reader';
import { createEosioShipReader } from '@blockmatic/eosio-ship-reader';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { developmentKey, newAccount, publicText } from '../../chain/system.ts';
import type { Devnet } from '../devnet.ts';
import { createDevnet } from '../devnet.ts';
import { devnetDriver } from '../driver.ts';
import { send } from '../fixture/chain.ts';
import { furnish, itemsAbi } from '../http/fixture/furnish.ts';
import { serveChainApi } from '../http/server.ts';
import type { Served } from './server.ts';
import { serveShip } from './server.ts';

let dir: string;
let devnet: Devnet;
let api: Served;
let ship: Served;

async function open(ports = { api: 0, ship: 0 }): Promise<void> {
  devnet = createDevnet({ dir });
  api = await serveChainApi(devnet, { port: ports.api });
  ship = await serveShip(devnet, { port: ports.ship });
}
async function close(): Promise<void> {
  await ship.close();
  await api.close();
  devnet.close();
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zakroma-reader-'));
  await open();
});
afterEach(async () => {
  await close();
  await rm(dir, { recursive: true, force: true });
});

/** The reader as its users start it, from a block on; what it tells is kept. */
async function read(from: number) {
  const reader = await createEosioShipReader({
    ...{ ws_url: ship.url, rpc_url: api.url, ds_threads: 1, auto_start: false },
    request: {
      ...{ start_block_num: from, end_block_num: 0xffff_ffff, max_messages_in_flight: 5 },
      ...{ have_positions: [], irreversible_only: false },
      ...{ fetch_block: true, fetch_traces: true, fetch_deltas: true },
    },
    delta_whitelist: () => ['account_metadata', 'contract_table', 'contract_row'],
    table_rows_whitelist: () => [{ code: 'indexer', table: 'items' }],
    actions_whitelist: () => [{ code: 'indexer', action: 'go' }],
    contract_abis: () => new Map([['indexer', itemsAbi]]) as unknown as EosioReaderAbisMap,
  });
  const blocks: EosioReaderBlock[] = [];
  const forks: number[] = [];
  const closed = new Promise<void>((resolve) => {
    reader.close$.subscribe(() => {
      resolve();
    });
  });
  reader.blocks$.subscribe((block) => void blocks.push(block));
  reader.forks$.subscribe((num) => void forks.push(num));
  reader.start();
  const ids = (): string[] => blocks.map(({ block_id }) => block_id.toLowerCase());
  return {
    blocks,
    forks,
    ids,
    closed,
    until: (id: string) =>
      vi.waitFor(
        () => {
          expect(ids().at(-1)).toBe(id);
        },
        { timeout: 30_000, interval: 20 },
      ),
  };
}

const idsOf = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => devnet.blocks.id(from + at)?.toString('hex') ?? '');

test("somebody else's reader streams blocks, traces and rows unchanged", async () => {
  await furnish(devnetDriver(devnet));
  const { headNum, headId } = devnet.info();
  const reader = await read(2);
  await reader.until(headId);
  expect(reader.ids()).toEqual(idsOf(2, headNum));
  expect(reader.blocks.every(({ chain_id }) => chain_id === devnet.chainId)).toBe(true);
  const last = reader.blocks.at(-1);
  expect(last?.actions.map(({ account, name, data }) => [account, name, data])).toEqual([
    ['indexer', 'go', {}],
  ]);
  expect(last?.table_rows.map(({ present, scope, value }) => [present, scope, value as unknown])).toEqual(
    ['1', '2', '3'].map((id) => [true, 'indexer', { id }]),
  );
  expect(last?.producer).toBe('eosio');
});

test('it is told of a fork, and goes on with the other branch', async () => {
  for (const name of ['alice', 'bob', 'carol']) {
    send(devnet, [newAccount(name, publicText(developmentKey))]);
    devnet.produceBlock();
  }
  const reader = await read(2);
  await reader.until(devnet.info().headId);
  const kept = idsOf(2, 2);
  const dropped = idsOf(3, 4);
  devnet.forkAt(2);
  devnet.produceBlock();
  devnet.produceBlock();
  await reader.until(devnet.info().headId);
  expect(reader.ids()).toEqual([...kept, ...dropped, ...idsOf(3, 4)]);
  expect(idsOf(3, 4)).not.toEqual(dropped);
  // The block that replaces one is the fork that this reader tells of.
  expect(reader.forks).toEqual([3]);
});

test('after a restart of the chain it reads the same blocks and those that follow', async () => {
  await furnish(devnetDriver(devnet));
  const { headNum, headId } = devnet.info();
  const before = await read(2);
  await before.until(headId);
  await close();
  await before.closed;

  await open();
  send(devnet, [newAccount('dora', publicText(developmentKey))]);
  const { id } = devnet.produceBlock();
  const after = await read(2);
  await after.until(id);
  expect(after.ids()).toEqual([...before.ids(), id]);
  expect(after.blocks[headNum - 2]?.table_rows).toEqual(before.blocks[headNum - 2]?.table_rows);
});
