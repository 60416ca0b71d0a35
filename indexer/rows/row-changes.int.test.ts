import { ABI, Serializer } from '@wharfkit/antelope';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTRACTS, builtContract } from '../../contracts/built.ts';
import type { ChainDriver } from '../../contracts/chain/driver.ts';
import { developmentKey } from '../../contracts/chain/system.ts';
import { createDevnet } from '../../contracts/devnet/devnet.ts';
import type { Devnet } from '../../contracts/devnet/devnet.ts';
import { devnetDriver } from '../../contracts/devnet/driver.ts';
import { serveShip } from '../../contracts/devnet/ship/server.ts';
import type { Served } from '../../contracts/devnet/ship/server.ts';
import { actsOf } from '../../contracts/spec/acts.ts';
import { prepare } from '../../contracts/spec/chain.ts';
import { furnishFunds } from '../../contracts/spec/funds-world.ts';
import { CITY, furnish, hashOf, territory, worldOf } from '../../contracts/spec/world.ts';
import type { World } from '../../contracts/spec/world.ts';
import { abiFromJson } from '../abi/abi.ts';
import { nameHalves, nameText } from '../abi/names.ts';
import type { IndexerStatus } from '../indexer.ts';
import { createMemorySink } from '../sink/memory-sink.ts';
import type { SinkAct } from '../sink/memory-sink.ts';
import { cellOf, foldedRows } from '../testing/folded-rows.ts';
import { rowsIn, runIndexer } from '../testing/harness.ts';
import type { Memory } from '../testing/harness.ts';
import { readRows } from '../testing/row-binary.ts';
import type { Cell } from '../testing/row-binary.ts';

let devnet: Devnet;
let driver: ChainDriver;
let ship: Served;
let world: World;
let papers = 0;

/** Goods come in, go out and come back; a lot is counted; every act leaves rows changed, made or removed. */
async function playGoods(): Promise<void> {
  const acts = actsOf(world);
  const paper = () => ({ document_hash: hashOf(`paper ${String(++papers)}`) });
  await acts.buy(paper());
  const supplied = paper();
  await acts.supply(supplied);
  await acts.accept(supplied);
  const claimed = paper();
  await acts.claim({ lot_id: 1, ...claimed });
  await acts.issue(claimed);
  await acts.sellout({ lot_id: 1, to: territory(CITY), ...paper() });
  await acts.count({ lot_id: 1, counted: '50.000 KG', ...paper() });
}

beforeAll(async () => {
  devnet = createDevnet();
  driver = devnetDriver(devnet, { owns: true });
  ship = await serveShip(devnet, { port: 0 });
  await prepare(driver);
  world = worldOf(driver, [developmentKey]);
  await furnish(world);
  await furnishFunds(world);
  await playGoods();
});
afterAll(async () => {
  await ship.close();
  await driver.close();
});

type Ways = {
  readonly rows?: boolean;
  /** Of a batch, at the most. */
  readonly blocks?: number;
  readonly onStatus?: (status: IndexerStatus) => void;
  readonly until?: () => boolean;
};

const limits = { rows: 5_000, blocks: 100, inFlight: 64 };

/** What an indexer makes of the chain until all that is final now is committed, or until it is told. */
async function indexed(
  memory: Memory,
  { rows = true, blocks = 100, onStatus, until }: Ways = {},
): Promise<Memory> {
  const { irreversibleNum } = devnet.info();
  await runIndexer({
    ...{ url: ship.url, memory, watched: CONTRACTS, rows, limits: { ...limits, blocks } },
    until: (status) => {
      onStatus?.(status);
      return until === undefined ? status.committed >= irreversibleNum : until();
    },
  });
  return memory;
}

/** Makes all blocks so far final. */
function settle(): void {
  for (let blocks = 0; blocks < 4; blocks++) devnet.produceBlock();
}

/** Every table of the contract that has rows, with its scopes. */
function scopesOf(contract: string): { table: string; scope: string }[] {
  const text = (value: bigint): string => nameText(Number(value & 0xffffffffn), Number(value >> 32n));
  const [low, high] = nameHalves(contract);
  const code = (BigInt(high) << 32n) | BigInt(low);
  return [...devnet.state.tables.map.keys()]
    .filter((table) => table.code === code && table.rows.keys.length > 0)
    .map((table) => ({ table: text(table.name), scope: text(table.scope) }));
}

async function expectHistoryIsState(memory: Memory): Promise<void> {
  for (const contract of CONTRACTS) {
    const standing = foldedRows(memory, contract);
    const scopes = scopesOf(contract);
    expect(standing.scopes(), contract).toEqual(scopes.map(({ table, scope }) => `${table} ${scope}`).sort());
    for (const { table, scope } of scopes) {
      const columns = memory.specs.get(`${contract}_${table}_rows`)?.columns.slice(6) ?? [];
      const rows = await driver.rows({ code: contract, scope, table });
      const cells = rows.map((row) =>
        Object.fromEntries(columns.map(({ name, type }) => [name, cellOf(type, row[name])])),
      );
      expect(standing.rows(table, scope), `${contract} ${table} ${scope}`).toEqual(cells);
    }
  }
}

/** Sends the market another ABI; changes it by `change`. */
function setAbi(change: (abi: MarketAbi) => void): Promise<unknown> {
  const abi = structuredClone(builtContract('market').abi) as MarketAbi;
  change(abi);
  return driver.transact(
    [
      {
        ...{ account: 'eosio', name: 'setabi', authorization: [{ actor: 'market', permission: 'active' }] },
        data: { account: 'market', abi: Serializer.encode({ object: ABI.from(abi as ABI.Def) }).hexString },
      },
    ],
    [developmentKey],
  );
}

type MarketAbi = { structs: { name: string; fields: { name: string; type: string }[] }[] };

const lotFields = (abi: MarketAbi): { name: string; type: string }[] =>
  abi.structs.find(({ name }) => name === 'lot')?.fields ?? [];

const buy = (): Promise<unknown> => actsOf(world).buy({ document_hash: hashOf(`paper ${String(++papers)}`) });

/** Rows that lie in the tails, of blocks from `from` on. */
function tailRows(memory: Memory, table: string, from: number): Record<string, Cell>[] {
  const columns = memory.specs.get(table)?.columns ?? [];
  return [...memory.tail]
    .filter(([blockNum]) => blockNum >= from)
    .flatMap(([, sets]) => sets.filter((set) => set.table === table))
    .flatMap((set) => readRows(columns, set));
}

describe('the history of rows, each row as it was changed last', () => {
  test("is the chain's own tables, every one of the four contracts", async () => {
    settle();
    const memory = await indexed(createMemorySink());
    const declared = CONTRACTS.flatMap((name) =>
      abiFromJson(builtContract(name).abi).tables.map((table) => `${name}_${table.name}_rows`),
    );
    expect([...memory.specs.keys()].filter((name) => name.endsWith('_rows')).sort()).toEqual(declared.sort());
    expect(rowsIn(memory, 'row_raw')).toEqual([]);
    await expectHistoryIsState(memory);
    const intents = rowsIn(memory, 'market_intents_rows');
    expect(intents.some((row) => row['is_present'] === false)).toBe(true);
  });

  test('comes of the branch that won, the other one leaves the tails', async () => {
    settle();
    const memory = createMemorySink();
    const base = devnet.info().headNum;
    devnet.pauseFinality();
    const before = rowsIn(await indexed(createMemorySink()), 'market_lots_rows').length;
    await buy();
    await buy();
    let isForked = false;
    const seen: number[] = [];
    const fork = async (): Promise<void> => {
      seen.push(tailRows(memory, 'market_lots_rows', base + 1).length);
      devnet.forkAt(base);
      await buy();
      devnet.resumeFinality();
      settle();
    };
    await runIndexer({
      ...{ url: ship.url, memory, watched: CONTRACTS, limits },
      until: ({ committed }) => {
        if (!isForked && memory.tail.has(base + 2)) {
          isForked = true;
          void fork();
        }
        return isForked && committed > base && committed >= devnet.info().irreversibleNum;
      },
    });
    expect(seen).toEqual([2]);
    expect(rowsIn(memory, 'market_lots_rows')).toHaveLength(before + 1);
    settle();
    await expectHistoryIsState(await indexed(memory));
  });

  test.each<['before' | 'after', SinkAct]>([
    ['before', 'ensure'],
    ['after', 'intent'],
    ['before', 'insert:market_lots_rows'],
    ['before', 'insert:funds_ledger_rows'],
    ['before', 'insert:code'],
    ['before', 'cursor'],
    ['after', 'cursor'],
  ])('is the same after a death %s %s as without', async (when, act) => {
    settle();
    const calm = await indexed(createMemorySink());
    for (const times of [1, 2]) {
      let left = times;
      const memory = createMemorySink({
        onStep: (reached, done) => {
          if (reached === when && done === act && --left === 0) throw new Error('killed');
        },
      });
      await expect(indexed(memory, { blocks: 4 })).rejects.toThrow('killed');
      await indexed(memory);
      expect(memory.contents()).toEqual(calm.contents());
    }
  });

  test('is decoded by the ABI at the end of the block, raw where that cannot be, typed again with the next', async () => {
    const memory = createMemorySink();
    const wider = (abi: MarketAbi): number => lotFields(abi).push({ name: 'extra', type: 'uint8$' });
    const [, widening] = await Promise.all([buy(), setAbi(wider)]);
    expect(widening).toMatchObject({ blockNum: devnet.info().headNum });
    await setAbi((abi) => lotFields(abi).splice(1));
    const narrowed = devnet.info().headNum;
    await buy();
    await setAbi(wider);
    await buy();
    settle();
    const statuses: IndexerStatus[] = [];
    await indexed(memory, { onStatus: (status) => statuses.push(status) });
    const lots = rowsIn(memory, 'market_lots_rows').filter((row) => (row['block_num'] as number) < narrowed);
    expect(lots.at(-1)).toMatchObject({ block_num: narrowed - 1, extra: null });
    expect(memory.specs.get('market_lots_rows')?.columns.at(-1)).toEqual({
      name: 'extra',
      type: 'Nullable(UInt8)',
    });
    const raw = rowsIn(memory, 'row_raw');
    expect(raw).toMatchObject([
      { contract: 'market', table: 'lots', block_num: narrowed + 1, is_present: true },
    ]);
    expect(statuses.at(-1)?.undecodedRows).toBe(1);
    const again = [...memory.specs.values()].filter(
      ({ name, rowsOf }) => rowsOf?.table === 'lots' && rowsIn(memory, name).length > 0,
    );
    expect(again.map(({ name }) => name)).toEqual(['market_lots_rows', 'market_lots_rows_v3']);
    expect(rowsIn(memory, 'market_lots_rows_v3')).toMatchObject([{ block_num: narrowed + 3, extra: null }]);
  });

  test('stays raw in the tails from the block on that sets an ABI, until it is final', async () => {
    settle();
    devnet.pauseFinality();
    const { headNum } = devnet.info();
    await buy();
    await Promise.all([buy(), setAbi((abi) => lotFields(abi).push({ name: 'more', type: 'string$' }))]);
    await buy();
    const memory = createMemorySink();
    await indexed(memory, { until: () => memory.tail.has(headNum + 3) });
    const blocks = (table: string): unknown[] =>
      tailRows(memory, table, headNum + 1).map((row) => row['block_num']);
    expect(blocks('market_lots_rows_v3')).toEqual([headNum + 1]);
    const raw = tailRows(memory, 'row_raw', headNum + 1).filter((row) => row['table'] === 'lots');
    expect(raw.map((row) => row['block_num'])).toEqual([headNum + 2, headNum + 3]);
    devnet.resumeFinality();
    settle();
    await indexed(memory);
    const final = rowsIn(memory, 'market_lots_rows_v3').map((row) => row['block_num']);
    expect(final.slice(-3)).toEqual([headNum + 1, headNum + 2, headNum + 3]);
  });

  test('may be done without', async () => {
    const memory = await indexed(createMemorySink(), { rows: false });
    expect([...memory.specs.keys()].filter((name) => name.includes('_rows'))).toEqual([]);
    expect(memory.tables.has('row_raw')).toBe(false);
    expect(rowsIn(memory, 'market_logaccept').length).toBeGreaterThan(0);
  });
});

describe('the code of the contracts', () => {
  test('is known by its hash from the block on that sets it, removed code by zeros', async () => {
    const setcode = (code: string): Promise<unknown> =>
      driver.transact(
        [
          {
            ...{
              account: 'eosio',
              name: 'setcode',
              authorization: [{ actor: 'council', permission: 'active' }],
            },
            data: { account: 'council', vmtype: 0, vmversion: 0, code },
          },
        ],
        [developmentKey],
      );
    await setcode('');
    settle();
    const rows = rowsIn(await indexed(createMemorySink()), 'code');
    expect(rows.map((row) => [row['account'], row['code_hash']])).toEqual([
      ...CONTRACTS.map((name) => [name, builtContract(name).sha256]),
      ['council', '00'.repeat(32)],
    ]);
  });
});
