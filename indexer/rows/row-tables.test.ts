import { ABI, Serializer } from '@wharfkit/antelope';
import { describe, expect, test } from 'vitest';
import type { Abi, Field } from '../abi/abi.ts';
import { nameHalves } from '../abi/names.ts';
import { Reader } from '../abi/reader.ts';
import { RowBuffer } from '../abi/row-buffer.ts';
import { createSchema } from '../abi/schema.ts';
import type { Schema } from '../abi/schema.ts';
import type { AbiVersion } from '../sink/sink.ts';
import { readRows } from '../testing/row-binary.ts';

/** Leading columns of a table of changed rows. */
const lead = 6;
const u8 = (name: string): Field => ({ name, type: 'uint8' });

function abi(part: Partial<Abi>): Abi {
  const structs = [{ name: 'item', base: '', fields: [u8('a')] }];
  return {
    ...{ version: 'eosio::abi/1.1', types: [], structs, actions: [], tables: [], variants: [] },
    ...part,
  };
}

function version(account: string, abiSequence: number, { actions, tables, ...rest }: Abi): AbiVersion {
  const object = ABI.from({
    ...rest,
    actions: actions.map((action) => ({ ...action, ricardian_contract: '' })),
    tables: tables.map((table) => ({ ...table, index_type: 'i64', key_names: [], key_types: [] })),
  } as unknown as ABI.Def);
  const bytes = Serializer.encode({ object }).array;
  return { account, abiSequence, blockNum: abiSequence, globalSequence: BigInt(abiSequence), bytes };
}

/** What a row's bytes become under the account's newest ABI: its table and fields; null where it stays raw. */
function changed(schema: Schema, account: string, table: string, data: readonly number[]) {
  const known = schema.accounts.get(...nameHalves(account));
  const row = known && schema.changeOf(known, ...nameHalves(table));
  if (!row) return null;
  const to = new RowBuffer();
  row.write(new Reader(Uint8Array.from(data)), to);
  const { name, columns } = row.table.layout.spec;
  return { name, fields: readRows(columns.slice(lead), { bytes: to.take() })[0] };
}

const names = (schema: Schema): string[] => schema.tables.map(({ layout }) => layout.spec.name);

describe('the tables of changed rows', () => {
  test('hold place, payer and presence before the fields of the type that the ABI gives the table', () => {
    const schema = createSchema(['shop']);
    const [spec] = schema.apply(version('shop', 1, abi({ tables: [{ name: 'items', type: 'item' }] })));
    expect(spec).toEqual({
      name: 'shop_items_rows',
      columns: [
        { name: 'block_num', type: 'UInt32' },
        { name: 'block_time', type: "DateTime64(3, 'UTC')" },
        { name: 'scope', type: 'LowCardinality(String)' },
        { name: 'primary_key', type: 'UInt64' },
        { name: 'payer', type: 'LowCardinality(String)' },
        { name: 'is_present', type: 'Bool' },
        { name: 'a', type: 'UInt8' },
      ],
      orderBy: ['scope', 'primary_key', 'block_num', 'is_present'],
      rowsOf: { contract: 'shop', table: 'items' },
    });
    expect(changed(schema, 'shop', 'items', [7])).toEqual({ name: 'shop_items_rows', fields: { a: 7 } });
    expect(changed(schema, 'shop', 'others', [7])).toBeNull();
  });

  test('are of the newest ABI alone: wider, or begun anew, or none', () => {
    const schema = createSchema(['shop']);
    const tables = [{ name: 'items', type: 'item' }];
    const item = (...fields: Field[]) => [{ name: 'item', base: '', fields }];
    schema.apply(version('shop', 1, abi({ tables })));
    schema.apply(version('shop', 2, abi({ tables, structs: item(u8('a'), u8('b')) })));
    expect(changed(schema, 'shop', 'items', [7, 8])).toEqual({
      name: 'shop_items_rows',
      fields: { a: 7, b: 8 },
    });
    schema.apply(version('shop', 3, abi({ tables, structs: item({ name: 'a', type: 'uint16' }) })));
    expect(changed(schema, 'shop', 'items', [7, 1])).toEqual({
      name: 'shop_items_rows_v2',
      fields: { a: 263 },
    });
    schema.apply({ ...version('shop', 4, abi({})), bytes: Uint8Array.of(1) });
    expect(changed(schema, 'shop', 'items', [7, 1])).toBeNull();
  });

  test.each<[string, Partial<Abi>, number[], object]>([
    ['an alias of a struct', { types: [{ new_type_name: 'thing', type: 'item' }] }, [7], { a: 7 }],
    [
      'an alias of a number',
      { types: [{ new_type_name: 'thing', type: 'uint64' }] },
      [7, 0, 0, 0, 0, 0, 0, 0],
      { value: '7' },
    ],
    [
      'a variant',
      { variants: [{ name: 'thing', types: ['item', 'string'] }] },
      [0, 7],
      { value: '["item",{"a":7}]' },
    ],
    ['a struct without fields', { structs: [{ name: 'thing', base: '', fields: [] }] }, [], {}],
    [
      'a struct whose fields are called as the columns before them',
      { structs: [{ name: 'thing', base: '', fields: [u8('scope'), u8('is_present'), u8('_sign')] }] },
      [1, 2, 3],
      { scope_: 1, is_present_: 2, _sign: 3 },
    ],
  ])('are made of %s', (_name, part, data, fields) => {
    const schema = createSchema(['shop']);
    schema.apply(version('shop', 1, abi({ tables: [{ name: 'things', type: 'thing' }], ...part })));
    expect(changed(schema, 'shop', 'things', data)?.fields ?? {}).toEqual(fields);
    expect(names(schema)).toContain('shop_things_rows');
  });

  test.each<[string, Partial<Abi>]>([
    ['an unknown type', {}],
    ['an alias in a circle', { types: [{ new_type_name: 'thing', type: 'thing' }] }],
    ['a field twice', { structs: [{ name: 'thing', base: '', fields: [u8('a'), u8('a')] }] }],
  ])('of %s leave rows raw, and the account’s other tables typed', (_name, part) => {
    const schema = createSchema(['shop']);
    const structs = [...abi({}).structs, ...(part.structs ?? [])];
    const tables = [
      { name: 'things', type: 'thing' },
      { name: 'items', type: 'item' },
    ];
    schema.apply(version('shop', 1, abi({ ...part, structs, tables })));
    expect(changed(schema, 'shop', 'things', [7])).toBeNull();
    expect(changed(schema, 'shop', 'items', [7])?.fields).toEqual({ a: 7 });
  });

  test('never take the name of another table, of a tail or of the view over them', () => {
    const schema = createSchema(['shop', 'row', 'shop.items']);
    const action = (name: string) => ({ name, type: 'item' });
    const tables = [action('items'), action('x.tail')];
    const actions = [
      action('items.rows'),
      action('act'),
      action('act.tail'),
      action('history'),
      action('raw'),
    ];
    schema.apply(version('shop', 1, abi({ actions, tables })));
    schema.apply(version('row', 1, abi({ actions })));
    schema.apply(version('shop.items', 1, abi({ actions: [action('rows')] })));
    const made = names(schema).slice(createSchema([]).tables.length);
    expect(made).toEqual([
      ...['shop_items_rows', 'shop_act', 'shop_act_tail_', 'shop_history', 'shop_raw'],
      ...['shop_items_rows_', 'shop_x_tail_rows'],
      ...['row_items_rows', 'row_act', 'row_act_tail_', 'row_history_', 'row_raw_'],
      'shop_items_rows__',
    ]);
    expect(names(schema).some((name) => name.endsWith('_tail'))).toBe(false);
  });

  test('are not made where they are not wanted, and tables with them have another fingerprint', () => {
    const [without, within] = [createSchema(['shop'], false), createSchema(['shop'])];
    expect(without.fingerprint()).not.toBe(within.fingerprint());
    const set = version('shop', 1, abi({ tables: [{ name: 'items', type: 'item' }] }));
    expect(without.apply(set)).toEqual([]);
    expect(changed(without, 'shop', 'items', [7])).toBeNull();
  });
});
