import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { literal, structureOf } from '../door/statement.ts';
import { openWarehouse } from '../open.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { Warehouse } from '../warehouse.ts';
import { nativeBlock } from './native.ts';
import { type ColumnType, columnType } from './type.ts';

const TYPES = [
  ...['Bool', 'UInt8', 'Int16', 'UInt32', 'Int64', 'UInt64', 'Int128', 'UInt256', 'Float32', 'Float64'],
  ...['Date', 'DateTime', "DateTime('UTC')", "DateTime64(3, 'UTC')", 'FixedString(5)', 'FixedString(32)'],
  ...['Decimal(9, 2)', 'Decimal(18, 4)', 'Decimal(38, 6)', 'Decimal(76, 0)', 'UUID', 'String'],
  ...[
    'LowCardinality(String)',
    'LowCardinality(Nullable(String))',
    'Nullable(UInt64)',
    'Nullable(FixedString(7))',
  ],
  ...['Array(String)', 'Array(Array(UInt8))', 'Array(Nullable(Int32))', 'Array(LowCardinality(String))'],
  ...['Tuple(UInt8, String)', 'Tuple(amount Int64, symbol LowCardinality(String))', 'Map(String, UInt64)'],
  "Tuple(a UInt8, `b, (c` Array(Tuple(x Nullable(String), y Tuple(z DateTime('UTC')))), d LowCardinality(String))",
];
const columns = TYPES.map((type, at) => ({ name: at === 0 ? 'id, `key' : `c${at}`, type }));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let warehouse: Warehouse;
beforeAll(async () => {
  folder = await temporaryFolder();
  warehouse = await openWarehouse({ path: folder.path });
  await warehouse.command('create database t');
});
afterAll(async () => {
  await warehouse.close();
  await folder.remove();
});

/** Numbers from 0 to below 1, the same for the same seed (Park and Miller's generator). */
function chances(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A random value in RowBinary; every float is a small whole number, so that equal means the same bytes. */
function value(type: ColumnType, next: () => number): number[] {
  const upTo = (most: number): number => Math.floor(next() * (most + 1));
  const list = (size: number, of: () => number[]): number[] => Array.from({ length: size }, of).flat();
  const size = next() < 0.1 ? 40 + upTo(200) : upTo(9);
  switch (type.kind) {
    case 'fixed':
      if (type.native.startsWith('Float')) return list(type.size, () => [0]);
      if (type.native === 'Bool') return [upTo(1)];
      // Dates stay inside what the engine prints, decimals inside their digits.
      return list(type.size, () => [upTo(255)]).map((byte, at) => (at > 0 && at >= type.size - 3 ? 0 : byte));
    case 'string':
      return [...lengthOf(size), ...list(size, () => [97 + upTo(25)])];
    case 'nullable':
      return next() < 0.4 ? [1] : [0, ...value(type.of, next)];
    case 'array':
      return [...lengthOf(size), ...list(size, () => value(type.of, next))];
    case 'tuple':
      return type.of.flatMap((part) => value(part, next));
  }
}

const lengthOf = (size: number): number[] => (size < 128 ? [size] : [(size & 127) | 128, size >> 7]);

test('a block says what its rows say, whatever the types', async () => {
  const next = chances(20_261_121);
  const rows = 300;
  const types = columns.map(({ type }) => columnType(type));
  const bytes = Uint8Array.from(
    Array.from({ length: rows }, () => types.flatMap((type) => value(type, next))).flat(),
  );
  const list = structureOf(columns);
  await warehouse.command(`create table t.block (${list}) engine = MergeTree order by tuple()`);
  await warehouse.command(`create table t.rows (${list}) engine = MergeTree order by tuple()`);
  await warehouse.insert({
    ...{ table: 't.block', columns, rows, token: 'a' },
    bytes: nativeBlock(columns, rows, bytes),
  });
  const file = join(folder.path, 'rows');
  await writeFile(file, bytes);
  await warehouse.command(
    `insert into t.rows select * from file(${literal(file)}, RowBinary, ${literal(list)})`,
  );
  for (const [one, other] of [
    ['block', 'rows'],
    ['rows', 'block'],
  ]) {
    const missing = await warehouse.query(
      `select count() as n from (select * from t.${one} except all select * from t.${other})`,
    );
    expect(missing).toEqual([{ n: '0' }]);
  }
  expect(await warehouse.query('select count() as n from t.block')).toEqual([{ n: String(rows) }]);
});

test('rows again after rows that were too few, and none at all', () => {
  const text = [{ name: 'c', type: 'String' }];
  expect(() => nativeBlock(text, 2, Uint8Array.of(1, 97))).toThrow('2 rows were expected in 2 bytes');
  expect(() => nativeBlock(text, 1, Uint8Array.of(3, 97))).toThrow('1 rows were expected in 2 bytes');
  expect(() => nativeBlock(text, 1, Uint8Array.of(0, 0))).toThrow('1 rows were expected in 2 bytes');
  const head = [...Buffer.from('\u0001c\u0006String')];
  expect([...nativeBlock(text, 1, Uint8Array.of(1, 98))]).toEqual([1, 1, ...head, 1, 98]);
  expect([...nativeBlock(text, 0, new Uint8Array())]).toEqual([1, 0, ...head]);
});

test('a type that rows cannot have is refused by name', () => {
  expect(() => nativeBlock([{ name: 'c', type: 'JSON' }], 0, new Uint8Array())).toThrow('JSON');
});
