import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Batch, Intent, TableSpec } from '../../indexer/sink/sink.ts';
import { openWarehouse } from '../open.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { encodeRows } from '../testing/row-binary.ts';
import { abiTable } from '../testing/tables.ts';
import type { Warehouse } from '../warehouse.ts';
import { createChainSink } from './sink.ts';

const chainId = 'c0'.repeat(32);
const note: TableSpec = {
  name: 'diary_note',
  columns: [
    { name: 'block_num', type: 'UInt32' },
    { name: 'text', type: 'String' },
  ],
  orderBy: ['block_num'],
};
const rowsOf = (blocks: readonly number[], text = 'x') => [
  encodeRows(
    note.name,
    note.columns,
    blocks.map((block_num) => ({ block_num, text })),
  ),
];
const idOf = (block: number) => block.toString(16).padStart(64, '0');
const intent = (first: number, last: number, epoch = 0, schema = 's1'): Intent => ({
  chainId,
  first,
  last,
  schema,
  epoch,
});
const batch = (first: number, last: number, blocks: readonly number[], schema = 's1'): Batch => ({
  intent: intent(first, last, 0, schema),
  end: { blockNum: last, blockId: idOf(last) },
  rows: rowsOf(blocks),
});

describe('the chain sink', () => {
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

  const blocksIn = async (table: string) => {
    const rows = await warehouse.query<{ block_num: number }>(
      `select block_num from chain.${table} order by block_num`,
    );
    return rows.map((row) => row.block_num);
  };
  const openSink = async (options = {}) => {
    const sink = createChainSink(warehouse, options);
    const standing = await sink.open(chainId);
    await sink.ensureTable(note);
    return { sink, standing };
  };

  test('starts with nothing and goes on from its cursor', async () => {
    const { sink, standing } = await openSink();
    expect(standing).toEqual({ cursor: null, openIntent: null, epoch: 0, abis: [] });
    await sink.commit(batch(2, 10, [3, 4]));
    await sink.commit(batch(11, 20, [15]));
    await sink.commit(batch(11, 20, [15]));
    expect(await blocksIn('diary_note')).toEqual([3, 4, 15]);
    expect((await openSink()).standing).toMatchObject({
      cursor: { blockNum: 20, blockId: idOf(20) },
      openIntent: null,
    });
    await expect(sink.commit(batch(25, 30, [26]))).rejects.toMatchObject({ code: 'NOT_NEXT' });
  });

  test('keeps a manifest of what each batch held', async () => {
    const { sink } = await openSink();
    await sink.commit(batch(1, 5, [3, 4]));
    const [row] = await warehouse.query<{ manifest: string; rows: string }>(
      'select manifest, rows from chain.cursor',
    );
    expect(row?.rows).toBe('2');
    expect(row?.manifest).toMatch(/^\[\{"table":"diary_note","rows":2,"sha256":"[0-9a-f]{64}"\}\]$/);
  });

  test('refuses another chain, naming both', async () => {
    await (await openSink()).sink.commit(batch(1, 5, [3]));
    const other = 'd1'.repeat(32);
    await expect(createChainSink(warehouse).open(other)).rejects.toThrow(new RegExp(`${chainId}.*${other}`));
  });

  test('gives back the ABIs it has seen, in order and byte for byte', async () => {
    const { sink } = await openSink();
    await sink.ensureTable(abiTable);
    const abi = (block_num: number, abi_sequence: number, text: string) => ({
      block_num,
      block_time: '2026-01-01T00:00:00Z',
      global_sequence: 9_007_199_254_740_993n + BigInt(block_num),
      account: 'market',
      abi_sequence,
      abi: text,
    });
    await sink.commit({
      ...batch(1, 5, []),
      rows: [encodeRows('abi', abiTable.columns, [abi(4, 2, 'b'), abi(2, 1, '\0a\n')])],
    });
    expect((await openSink()).standing.abis).toEqual([
      {
        account: 'market',
        abiSequence: 1,
        blockNum: 2,
        globalSequence: 9_007_199_254_740_995n,
        bytes: new Uint8Array([0, 97, 10]),
      },
      {
        account: 'market',
        abiSequence: 2,
        blockNum: 4,
        globalSequence: 9_007_199_254_740_997n,
        bytes: new Uint8Array([98]),
      },
    ]);
  });

  test('reversible rows come, fork away, are promoted, and go at a restart', async () => {
    const { sink } = await openSink();
    for (const block of [5, 6, 7, 8]) await sink.appendTail(block, rowsOf([block], 'first branch'));
    await sink.dropTailFrom(7);
    await sink.appendTail(7, rowsOf([7], 'second branch'));
    await sink.promoteTail(5);
    expect(
      await warehouse.query('select block_num, text from chain.diary_note_tail order by block_num'),
    ).toEqual([
      { block_num: 6, text: 'first branch' },
      { block_num: 7, text: 'second branch' },
    ]);
    await openSink();
    expect(await blocksIn('diary_note_tail')).toEqual([]);
  });

  test('a table widens with null for older rows, and never changes a type', async () => {
    const { sink } = await openSink();
    await sink.commit(batch(1, 5, [3]));
    const wider = {
      ...note,
      columns: [
        ...note.columns,
        { name: 'mark', type: 'UInt8' },
        { name: 'who', type: 'LowCardinality(String)' },
      ],
    };
    await sink.ensureTable(wider);
    await sink.ensureTable(wider);
    const rows = encodeRows(note.name, wider.columns, [{ block_num: 7, text: 'y', mark: 2, who: 'anna' }]);
    await sink.commit({ ...batch(6, 9, []), rows: [rows] });
    expect(await warehouse.query('select mark, who from chain.diary_note order by block_num')).toEqual([
      { mark: null, who: null },
      { mark: 2, who: 'anna' },
    ]);
    await expect(
      sink.ensureTable({ ...note, columns: [{ name: 'text', type: 'UInt64' }] }),
    ).rejects.toMatchObject({ code: 'INCOMPATIBLE_COLUMN' });
  });

  test('an open intent is given back; another in its place removes its rows and raises the epoch', async () => {
    const { sink } = await openSink();
    await sink.commit(batch(1, 5, [3]));
    const failing: Warehouse = {
      ...warehouse,
      command: (sql, params) =>
        sql.includes('insert into chain.cursor')
          ? Promise.reject(new Error('cut'))
          : warehouse.command(sql, params),
    };
    const cut = createChainSink(failing);
    await cut.open(chainId);
    await cut.ensureTable(note);
    await expect(cut.commit(batch(6, 9, [7, 8]))).rejects.toThrow('cut');
    const { sink: next, standing } = await openSink();
    expect(standing.openIntent).toEqual(intent(6, 9));
    await next.commit(batch(6, 8, [7], 's2'));
    expect(await blocksIn('diary_note')).toEqual([3, 7]);
    expect((await openSink()).standing).toMatchObject({
      cursor: { blockNum: 8 },
      openIntent: null,
      epoch: 1,
    });
  });
});
