import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { abiFromJson } from '../../indexer/abi/abi.ts';
import { coreTables, tableSpecs } from '../../indexer/abi/tables.ts';
import type { Batch, TableSpec } from '../../indexer/sink/sink.ts';
import { openWarehouse } from '../open.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { encodeRows } from '../testing/row-binary.ts';
import type { Warehouse } from '../warehouse.ts';
import { createChainSink } from './sink.ts';

const chainId = 'c0'.repeat(32);
const fields = (types: Readonly<Record<string, string>>) =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

/** A contract whose fields have the names of the view's own columns, and types that JSON cannot tell as they are. */
const abi = abiFromJson({
  version: 'eosio::abi/1.1',
  structs: [
    { name: 'part', base: '', fields: fields({ big: 'uint64', digest: 'checksum256' }) },
    {
      name: 'odd',
      base: '',
      fields: fields({
        ...{
          contract: 'name',
          table: 'uint64',
          value: 'part',
          scope: 'bytes',
          item0: 'part[]',
          changed: 'asset',
        },
        ...{ perhaps: 'uint128?', at: 'time_point_sec', 'a`b': 'bool' },
      }),
    },
    { name: 'empty', base: '', fields: [] },
  ],
  tables: [
    { name: 'odds', type: 'odd' },
    { name: 'none', type: 'empty' },
  ],
});
const specs = tableSpecs('shop', abi);
const [odds, none] = specs as [TableSpec, TableSpec];
const rowRaw = coreTables.find(({ name }) => name === 'row_raw') as TableSpec;

const place = (block_num: number, primary_key: string, is_present = true) => ({
  ...{
    block_num,
    block_time: '2026-01-02T03:04:05.500Z',
    scope: 'ann',
    primary_key,
    payer: 'bob',
    is_present,
  },
});
const digest = 'ff00'.repeat(16);

describe('the history of rows', () => {
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

  async function write(rows: Batch['rows']): Promise<void> {
    const sink = createChainSink(warehouse);
    await sink.open(chainId);
    for (const spec of [rowRaw, ...specs]) await sink.ensureTable(spec);
    const intent = { chainId, first: 1, last: 9, schema: 's', epoch: 0 };
    await sink.commit({ intent, end: { blockNum: 9, blockId: '09'.padStart(64, '0') }, rows });
  }
  const history = () =>
    warehouse.query<{ value: string }>(
      'select block_num, contract, `table`, scope, primary_key, payer, is_present, value, is_decoded from chain.row_history order by block_num, is_present',
    );

  test('tells every change of every table, fields as JSON that rounds nothing', async () => {
    await write([encodeRows(none.name, none.columns, [{ ...place(4, '0', false) }])]);
    await warehouse.command(
      `insert into chain.${odds.name} values (3, '2026-01-02 03:04:05.500', 'ann', 18446744073709551615, 'bob', true,
         'me', 18446744073709551615, (9007199254740993, unhex('${digest}')), unhex('0122'), [(1, unhex('${digest}'))],
         (-5, '2,KG'), null, 0, true)`,
    );
    const [first, second] = await history();
    expect(first).toMatchObject({
      block_num: 3,
      contract: 'shop',
      table: 'odds',
      scope: 'ann',
      payer: 'bob',
    });
    expect(first).toMatchObject({ primary_key: '18446744073709551615', is_present: true, is_decoded: true });
    expect(JSON.parse(first?.value ?? '')).toEqual({
      ...{ contract: 'me', table: '18446744073709551615', value: { big: '9007199254740993', digest } },
      ...{ scope_: '\u0001"', item0: [{ big: '1', digest }], changed: { amount: '-5', symbol: '2,KG' } },
      ...{ perhaps: null, at: '1970-01-01 00:00:00', a_b: true },
    });
    expect(second).toMatchObject({ table: 'none', is_present: false, value: '{}' });
  });

  test('keeps raw rows in, as the hex of their bytes', async () => {
    const raw = { contract: 'shop', table: 'gone', raw: '\u0001\u007f' };
    await write([encodeRows(rowRaw.name, rowRaw.columns, [{ ...place(5, '7'), ...raw }])]);
    expect(await history()).toEqual([
      {
        ...{ block_num: 5, contract: 'shop', table: 'gone', scope: 'ann', primary_key: '7', payer: 'bob' },
        ...{ is_present: true, value: '"017f"', is_decoded: false },
      },
    ]);
  });

  test('tells how a table stood after any block, also where a row went and came anew in one', async () => {
    const rows = [place(3, '1'), place(4, '1', false), place(4, '1'), place(5, '1', false), place(5, '2')];
    await write([encodeRows(none.name, none.columns, rows)]);
    const standing = async (block: number): Promise<string[]> => {
      const found = await warehouse.query<{ primary_key: string }>(
        `select primary_key from chain.row_history
         where contract = 'shop' and \`table\` = 'none' and block_num <= {block:UInt32}
         group by scope, primary_key having argMax(is_present, (block_num, is_present)) order by primary_key`,
        { block },
      );
      return found.map((row) => row.primary_key);
    };
    expect(await Promise.all([2, 3, 4, 5].map(standing))).toEqual([[], ['1'], ['1'], ['2']]);
  });

  test('stands while a sink that begins anew has seen only some of the tables', async () => {
    await write([encodeRows(none.name, none.columns, [{ ...place(4, '1') }])]);
    const sink = createChainSink(warehouse);
    await sink.open(chainId);
    await sink.ensureTable(rowRaw);
    expect(await history()).toHaveLength(1);
  });

  test('is no obstacle to a batch that is repeated', async () => {
    const sink = createChainSink(warehouse);
    await sink.open(chainId);
    for (const spec of [rowRaw, ...specs]) await sink.ensureTable(spec);
    await warehouse.command("insert into chain.batch values ({chain:String}, 1, 9, 'other', 0, now64(3))", {
      chain: chainId,
    });
    await write([encodeRows(none.name, none.columns, [{ ...place(4, '1') }])]);
    expect(await history()).toHaveLength(1);
  });
});
