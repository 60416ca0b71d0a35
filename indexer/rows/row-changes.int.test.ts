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
import { createMemorySink } from '../sink/memory-sink.ts';
import { cellOf, foldedRows } from '../testing/folded-rows.ts';
import { rowsIn, runIndexer } from '../testing/harness.ts';
import type { Memory } from '../testing/harness.ts';

let devnet: Devnet;
let driver: ChainDriver;
let ship: Served;
let world: World;

/** Goods come in, go out and come back; a lot is counted; every act leaves rows changed, made or removed. */
async function playGoods(): Promise<void> {
  const acts = actsOf(world);
  let documents = 0;
  const paper = () => ({ document_hash: hashOf(`paper ${String(++documents)}`) });
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

/** What an indexer makes of the chain until all that is final now is committed. */
async function indexed(memory: Memory, rows = true): Promise<Memory> {
  const { irreversibleNum } = devnet.info();
  await runIndexer({
    ...{
      url: ship.url,
      memory,
      watched: CONTRACTS,
      rows,
      limits: { rows: 5_000, blocks: 100, inFlight: 64 },
    },
    until: ({ committed }) => committed >= irreversibleNum,
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
});
