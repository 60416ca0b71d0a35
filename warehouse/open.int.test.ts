import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWarehouse } from './open.ts';
import { temporaryFolder } from './testing/folder.ts';
import { encodeBlock } from './testing/row-binary.ts';
import type { Warehouse } from './warehouse.ts';

const columns = [
  { name: 'n', type: 'UInt64' },
  { name: 'text', type: 'String' },
  { name: 'digest', type: 'FixedString(32)' },
  { name: 'asset', type: 'Tuple(amount Int64, symbol LowCardinality(String))' },
];
const digest = 'ff00'.repeat(16);
const row = (n: number | bigint) => ({
  n,
  text: `строка ${String(n)}\t'\\`,
  digest,
  asset: { amount: -n, symbol: '3,KG' },
});

describe('the embedded warehouse', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let warehouse: Warehouse;
  beforeEach(async () => {
    folder = await temporaryFolder();
    warehouse = await openWarehouse({ path: folder.path });
    await warehouse.command('create database t');
    await warehouse.command(
      `create table t.base (${columns.map((c) => `${c.name} ${c.type}`).join(', ')}) engine = MergeTree order by n settings non_replicated_deduplication_window = 100`,
    );
  });
  afterEach(async () => {
    await warehouse.close();
    await folder.remove();
  });

  const insert = (rows: ReturnType<typeof row>[], token: string) =>
    warehouse.insert({ ...encodeBlock('t.base', columns, rows), columns, token });

  test('keeps 64-bit integers, binary and text exact', async () => {
    await insert([row(9_007_199_254_740_993n)], 'a');
    const rows = await warehouse.query(
      'select n, text, lower(hex(digest)) as digest, asset.amount as amount, asset.symbol as symbol from t.base',
    );
    expect(rows).toEqual([
      {
        n: '9007199254740993',
        text: "строка 9007199254740993\t'\\",
        digest,
        amount: '-9007199254740993',
        symbol: '3,KG',
      },
    ]);
  });

  test('binds parameters, so that text never becomes SQL', async () => {
    const hostile = "'; drop table t.base; --\\\t\n";
    const rows = await warehouse.query(
      'select {text:String} as text, {list:Array(String)} as list, {flag:Bool} as flag, {none:Nullable(String)} as none',
      {
        text: hostile,
        list: [hostile, 'б'],
        flag: true,
        none: null,
      },
    );
    expect(rows).toEqual([{ text: hostile, list: [hostile, 'б'], flag: true, none: null }]);
  });

  test('quotes decimals through a union too', async () => {
    const rows = await warehouse.query<{ x: string }>(
      "select toDecimal128('1.100', 3) as x union all select toDecimal128('0.100', 3) as x",
    );
    expect(rows.map((found) => Number(found.x)).sort()).toEqual([0.1, 1.1]);
    expect(rows.every((found) => typeof found.x === 'string')).toBe(true);
  });

  test('takes a batch as one block and a repeated token as nothing', async () => {
    const rows = Array.from({ length: 70_000 }, (_, n) => row(n));
    await insert(rows, 'a');
    const parts = await warehouse.query(
      "select rows, name from system.parts where database = 't' and table = 'base' and active",
    );
    expect(parts).toMatchObject([{ rows: '70000' }]);
    await insert(rows, 'a');
    await insert(rows.slice(0, 2), 'b');
    expect(await warehouse.query('select count() as n from t.base')).toEqual([{ n: '70002' }]);
    expect(await readdir(join(folder.path, 'staged'))).toEqual([]);
  });

  test('tells the engine’s refusal by code and leaves no staged file', async () => {
    await expect(warehouse.query('select missing')).rejects.toMatchObject({
      name: 'WarehouseError',
      code: '47',
      retryable: false,
    });
    const torn = encodeBlock('t.base', columns, [row(1n), row(2n)]).bytes.slice(0, -1);
    await expect(
      warehouse.insert({ table: 't.nowhere', columns, rows: 1, bytes: new Uint8Array(1), token: 'x' }),
    ).rejects.toMatchObject({ code: '60' });
    await expect(
      warehouse.insert({ table: 't.base', columns, rows: 2, bytes: torn, token: 'x' }),
    ).rejects.toMatchObject({ name: 'WarehouseError' });
    expect(await readdir(join(folder.path, 'staged'))).toEqual([]);
    expect(await warehouse.query('select count() as n from t.base')).toEqual([{ n: '0' }]);
  });

  test('refuses a folder that is open, and takes over the lock of a dead process', async () => {
    await expect(openWarehouse({ path: folder.path })).rejects.toMatchObject({ code: 'FOLDER_IN_USE' });
    await warehouse.close();
    const dead = spawn(process.execPath, ['-e', '0']);
    await once(dead, 'exit');
    await writeFile(join(folder.path, 'lock'), JSON.stringify({ pid: dead.pid, started: '1' }));
    await writeFile(join(folder.path, 'staged', 'left-behind.rows'), 'x');
    warehouse = await openWarehouse({ path: folder.path });
    expect(await readdir(join(folder.path, 'staged'))).toEqual([]);
    expect(await warehouse.query('select count() as n from t.base')).toEqual([{ n: '0' }]);
  });

  test('takes over a lock whose pid now belongs to another process', async () => {
    await warehouse.close();
    await writeFile(
      join(folder.path, 'lock'),
      JSON.stringify({ pid: process.pid, started: 'another start' }),
    );
    warehouse = await openWarehouse({ path: folder.path });
    await warehouse.close();
    await expect(warehouse.query('select 1')).rejects.toMatchObject({ code: 'CLOSED' });
  });
});
