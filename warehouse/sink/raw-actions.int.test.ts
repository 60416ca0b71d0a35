import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TableSpec } from '../../indexer/sink/sink.ts';
import { openWarehouse } from '../open.ts';
import { Cut, cutAt } from '../testing/faults.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { Warehouse } from '../warehouse.ts';
import { createLedger } from './ledger.ts';
import { addLateRows } from './raw-actions.ts';

const table: TableSpec = {
  name: 'shop_act',
  columns: [
    { name: 'block_num', type: 'UInt32' },
    { name: 'global_sequence', type: 'UInt64' },
  ],
  orderBy: ['block_num', 'global_sequence'],
};

const rows = [3, 4, 5].map((blockNum) => {
  const row = Buffer.alloc(12);
  row.writeUInt32LE(blockNum);
  row.writeBigUInt64LE(BigInt(blockNum) << 40n, 4);
  return { blockNum, globalSequence: BigInt(blockNum) << 40n, row };
});

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let warehouse: Warehouse;

beforeEach(async () => {
  folder = await temporaryFolder();
  warehouse = await openWarehouse({ path: folder.path });
  await createLedger(warehouse);
});

afterEach(async () => {
  await warehouse.close();
  await folder.remove();
});

const blocks = async (): Promise<number[]> => {
  const found = await warehouse.query<{ block_num: number }>(
    'select block_num from chain.shop_act order by block_num',
  );
  return found.map((row) => row.block_num);
};

test.each(['before', 'after'] as const)(
  'cut %s its write, the repeat leaves every row once',
  async (when) => {
    await expect(addLateRows(cutAt(warehouse, 0, when), table, rows)).rejects.toThrow(Cut);
    await warehouse.close();
    warehouse = await openWarehouse({ path: folder.path });
    expect(await addLateRows(warehouse, table, rows)).toBe(when === 'before' ? 3 : 0);
    expect(await blocks()).toEqual([3, 4, 5]);
  },
);

test('only what is missing is added, also what was added before and lost since', async () => {
  expect(await addLateRows(warehouse, table, rows.slice(0, 1))).toBe(1);
  expect(await addLateRows(warehouse, table, rows)).toBe(2);
  await warehouse.command(
    'alter table chain.shop_act delete where block_num = 3 settings mutations_sync = 2',
  );
  expect(await addLateRows(warehouse, table, rows)).toBe(1);
  expect(await blocks()).toEqual([3, 4, 5]);
});
