import { readFileSync } from 'node:fs';
import { ABI, Serializer } from '@wharfkit/antelope';
import { describe, expect, test } from 'vitest';
import type { AbiVersion } from '../sink/sink.ts';
import { readRows } from '../testing/row-binary.ts';
import { unpackAbi } from './abi-def.ts';
import { abiFromJson } from './abi.ts';
import type { Abi, Field } from './abi.ts';
import { compile } from './compile.ts';
import { leading } from './layout.ts';
import { nameHalves } from './names.ts';
import { Reader } from './reader.ts';
import { RowBuffer } from './row-buffer.ts';
import { createSchema } from './schema.ts';
import type { Schema } from './schema.ts';
import { coreTables, tableSpecs } from './tables.ts';

const marketJson: unknown = JSON.parse(
  readFileSync(new URL('../../contracts/build/market.abi', import.meta.url), 'utf8'),
);

function packedAbi(json: unknown): Uint8Array {
  return Serializer.encode({ object: ABI.from(json as Parameters<typeof ABI.from>[0]) }).array;
}

function abiWith(fields: readonly Field[], structs: Abi['structs'] = []): Abi {
  return {
    ...{ version: 'eosio::abi/1.1', types: [], tables: [], variants: [] },
    structs: [...structs, { name: 'act', base: '', fields }],
    actions: [{ name: 'act', type: 'act' }],
  };
}

function version(abiSequence: number, abi: Abi): AbiVersion {
  const bytes = packedAbi({
    ...abi,
    actions: abi.actions.map((action) => ({ ...action, ricardian_contract: '' })),
  });
  return { account: 'shop', abiSequence, blockNum: abiSequence, globalSequence: BigInt(abiSequence), bytes };
}

/** Rows that data packed under an ABI sequence becomes, by column, without the leading columns. */
function rowsOf(
  schema: Schema,
  abiSequence: number,
  data: readonly number[],
): { table: string; rows: object[] } | null {
  const account = schema.accounts.get(...nameHalves('shop'));
  const row = account && schema.rowOf(account, abiSequence, ...nameHalves('act'));
  if (!row) return null;
  const to = new RowBuffer();
  row.write(new Reader(Uint8Array.from(data)), to);
  const { name, columns } = row.table.layout.spec;
  return { table: name, rows: readRows(columns.slice(leading.length), { bytes: to.take() }) };
}

const u8 = (name: string): Field => ({ name, type: 'uint8' });

describe('an ABI', () => {
  test('reads the same packed and as JSON', () => {
    expect(unpackAbi(packedAbi(marketJson)).structs).toEqual(abiFromJson(marketJson).structs);
  });

  test('gives a table an action, with the columns of its fields', () => {
    const specs = tableSpecs('market', abiFromJson(marketJson));
    const accepted = specs.find((spec) => spec.name === 'market_logaccept');
    expect(accepted?.columns.map((column) => column.name)).toEqual([
      'block_num',
      'block_time',
      'global_sequence',
      'tx_id',
      'body',
    ]);
    expect(accepted?.columns.at(-1)?.type).toContain(
      '`quantity` Tuple(amount Int64, symbol LowCardinality(String))',
    );
    expect(accepted?.orderBy).toEqual(['block_num', 'global_sequence']);
  });

  test('cannot smuggle text into column names and types', () => {
    const [spec] = tableSpecs(
      'shop',
      abiWith(
        [{ name: 'x UInt8); drop table y; --', type: 'in' }, u8('block_num'), u8('')],
        [{ name: 'in', base: '', fields: [u8('`a')] }],
      ),
    );
    expect(spec?.columns.slice(4)).toEqual([
      { name: 'x_UInt8___drop_table_y____', type: 'Tuple(`_a` UInt8)' },
      { name: 'block_num_', type: 'UInt8' },
      { name: '_', type: 'UInt8' },
    ]);
  });

  test.each<[string, Abi]>([
    [
      'an alias in a circle',
      {
        ...abiWith([{ name: 'a', type: 'x' }]),
        types: [
          { new_type_name: 'x', type: 'y' },
          { new_type_name: 'y', type: 'x' },
        ],
      },
    ],
    ['a base in a circle', abiWith([{ name: 'a', type: 'x' }], [{ name: 'x', base: 'x', fields: [] }])],
    ['an unknown type', abiWith([{ name: 'a', type: 'nothing' }])],
    ['endless suffixes', abiWith([{ name: 'a', type: `uint8${'[]'.repeat(500)}` }])],
    ['a field twice', abiWith([u8('a'), { name: 'a', type: 'string' }])],
    [
      'a struct that doubles at every level',
      abiWith(
        [{ name: 'a', type: 's30' }],
        Array.from({ length: 31 }, (_, i) => ({
          name: `s${i}`,
          base: '',
          fields:
            i === 0
              ? []
              : [
                  { name: 'l', type: `s${i - 1}` },
                  { name: 'r', type: `s${i - 1}` },
                ],
        })),
      ),
    ],
  ])('with %s leaves its action raw', (_name, abi) => {
    const schema = createSchema(['shop']);
    expect(schema.apply(version(1, abi))).toEqual([]);
    expect(rowsOf(schema, 1, [1])).toBeNull();
  });

  test('may nest a type in itself, down to a bound', () => {
    const abi = abiWith(
      [{ name: 'a', type: 'node' }],
      [{ name: 'node', base: '', fields: [{ name: 'kids', type: 'node[]' }] }],
    );
    const codec = compile(abi).codec('node');
    expect(codec.decode(new Reader(Uint8Array.from([2, 0, 1, 0])))).toEqual({
      kids: [{ kids: [] }, { kids: [{ kids: [] }] }],
    });
    expect(() => codec.decode(new Reader(new Uint8Array(200).fill(1)))).toThrow('nested deeper');
  });
});

describe('a schema', () => {
  test('decodes every action by the ABI of its own sequence', () => {
    const schema = createSchema(['shop']);
    schema.apply(version(1, abiWith([u8('a')])));
    const [wider] = schema.apply(version(2, abiWith([u8('a'), { name: 'b', type: 'string' }])));
    expect(wider?.columns.at(-1)).toEqual({ name: 'b', type: 'Nullable(String)' });
    expect(rowsOf(schema, 1, [7])).toEqual({ table: 'shop_act', rows: [{ a: 7, b: null }] });
    expect(rowsOf(schema, 2, [7, 2, 0x68, 0x69])).toEqual({ table: 'shop_act', rows: [{ a: 7, b: 'hi' }] });
    expect(rowsOf(schema, 3, [7])).toBeNull();
  });

  test('keeps column order when a field is put in the middle', () => {
    const schema = createSchema(['shop']);
    schema.apply(version(1, abiWith([u8('a'), { name: 'z', type: 'string' }])));
    schema.apply(version(2, abiWith([u8('a'), u8('m'), { name: 'z', type: 'string' }])));
    expect(rowsOf(schema, 2, [1, 2, 1, 0x7a])).toEqual({ table: 'shop_act', rows: [{ a: 1, z: 'z', m: 2 }] });
  });

  test('begins a new table when a column changes its type or goes away', () => {
    const schema = createSchema(['shop']);
    schema.apply(version(1, abiWith([u8('a')])));
    const before = schema.fingerprint();
    const [second] = schema.apply(version(2, abiWith([{ name: 'a', type: 'uint16' }])));
    expect(second?.name).toBe('shop_act_v2');
    expect(schema.apply(version(3, abiWith([u8('b')])))[0]?.name).toBe('shop_act_v3');
    expect(rowsOf(schema, 1, [7])).toEqual({ table: 'shop_act', rows: [{ a: 7 }] });
    expect(rowsOf(schema, 2, [7, 1])).toEqual({ table: 'shop_act_v2', rows: [{ a: 263 }] });
    expect(schema.fingerprint()).not.toBe(before);
  });

  test('takes a table again when an ABI goes back, and names all versions in each', () => {
    const schema = createSchema(['shop']);
    schema.apply(version(1, abiWith([u8('a')])));
    schema.apply(version(2, abiWith([{ name: 'a', type: 'string' }])));
    const [wider] = schema.apply(version(3, abiWith([u8('a'), u8('b')])));
    expect(wider).toMatchObject({ name: 'shop_act', versions: ['shop_act', 'shop_act_v2'] });
    expect(schema.apply(version(4, abiWith([{ name: 'a', type: 'string' }])))).toEqual([]);
    expect(rowsOf(schema, 4, [1, 0x78])).toEqual({ table: 'shop_act_v2', rows: [{ a: 'x' }] });
    expect(schema.tables.slice(-2).map(({ layout }) => layout.spec.versions)).toEqual([
      ['shop_act', 'shop_act_v2'],
      ['shop_act', 'shop_act_v2'],
    ]);
  });

  test('gives actions whose names differ in dots alone tables of their own', () => {
    const schema = createSchema(['shop']);
    const abi = abiWith([u8('a')]);
    const specs = schema.apply(
      version(1, { ...abi, actions: ['a.b', 'a..b', 'tail', 'v2'].map((name) => ({ name, type: 'act' })) }),
    );
    expect(specs.map((spec) => spec.name)).toEqual(['shop_a_b', 'shop_a__b', 'shop_tail_', 'shop_v2_']);
  });

  test('has a column for an action whose type is no struct', () => {
    const schema = createSchema(['shop']);
    schema.apply(version(1, { ...abiWith([]), actions: [{ name: 'act', type: 'uint16[]' }] }));
    expect(rowsOf(schema, 1, [2, 1, 0, 2, 0])).toEqual({ table: 'shop_act', rows: [{ value: [1, 2] }] });
  });

  test('keeps raw what would take more tables or columns than a contract needs', () => {
    const schema = createSchema(['shop']);
    const many = abiWith(Array.from({ length: 301 }, (_, i) => u8(`f${i}`)));
    expect(schema.apply(version(1, many))).toEqual([]);
    const wide = abiWith(Array.from({ length: 300 }, (_, i) => u8(`f${i}${'x'.repeat(300)}`)));
    expect(schema.apply(version(2, wide))).toHaveLength(1);
    const long = { ...u8('a'), type: 'long' };
    const monstrous = abiWith(
      Array.from({ length: 100 }, (_, i) => ({ ...long, name: `a${i}` })),
      [{ name: 'long', base: '', fields: Array.from({ length: 100 }, (_, i) => u8(`some_field_${i}`)) }],
    );
    expect(schema.apply(version(3, monstrous))).toEqual([]);
    for (let i = 4; i < 30; i++) schema.apply(version(i, abiWith([u8(`f${i}`)])));
    expect(schema.tables.length).toBe(coreTables.length + 20);
    expect(rowsOf(schema, 22, [1])?.table).toBe('shop_act_v20');
    expect(rowsOf(schema, 23, [1])).toBeNull();
    const letter = (i: number): string => String.fromCharCode(97 + (i % 25));
    const named = (prefix: string, i: number): string => prefix + letter(i) + letter(Math.floor(i / 25));
    const names = (prefix: string): Abi => ({
      ...abiWith([u8('a')]),
      actions: Array.from({ length: 600 }, (_, i) => ({ name: named(prefix, i), type: 'act' })),
    });
    expect(schema.apply(version(30, names('c')))).toHaveLength(600);
    expect(schema.apply(version(31, names('d')))).toHaveLength(380);
  });

  test('takes bytes that are no ABI as an ABI that decodes nothing', () => {
    const schema = createSchema(['shop']);
    expect(schema.apply({ ...version(1, abiWith([u8('a')])), bytes: Uint8Array.from([200, 1, 2]) })).toEqual(
      [],
    );
    expect(rowsOf(schema, 1, [7])).toBeNull();
  });

  test('reads binary extensions where they are', () => {
    const schema = createSchema(['shop']);
    schema.apply(
      version(1, abiWith([u8('a'), { name: 'b', type: 'uint16$' }, { name: 'c', type: 'asset$' }])),
    );
    expect(rowsOf(schema, 1, [1])?.rows).toEqual([{ a: 1, b: null, c: null }]);
    expect(rowsOf(schema, 1, [1, 2, 0])?.rows).toEqual([{ a: 1, b: 2, c: null }]);
  });

  test('begins with the core tables', () => {
    expect(createSchema([]).tables.map((table) => table.layout.spec)).toEqual(coreTables);
  });
});
