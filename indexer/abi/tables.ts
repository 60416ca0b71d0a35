import type { Column, TableSpec } from '../sink/sink.ts';
import { AbiError } from '../errors.ts';
import type { Abi } from './abi.ts';
import { compile } from './compile.ts';
import { firstLayout, orderBy } from './layout.ts';
import type { CodedField, Frame, Layout } from './layout.ts';
import { weightOf } from './structs.ts';

const name = 'LowCardinality(String)';
const time = "DateTime64(3, 'UTC')";
/** A wider table is an attack on the engine, not an action. */
const maxColumns = 300;

function spec(
  table: string,
  columns: readonly (readonly [name: string, type: string])[],
  order: readonly string[],
): TableSpec {
  return {
    name: table,
    columns: columns.map(([column, type]): Column => ({ name: column, type })),
    orderBy: order,
  };
}

/** What every changed row of a contract's table begins with; `is_present` is false where the row was removed. */
const changed: Frame['leading'] = [
  { name: 'block_num', type: 'UInt32' },
  { name: 'block_time', type: time },
  { name: 'scope', type: name },
  { name: 'primary_key', type: 'UInt64' },
  { name: 'payer', type: name },
  { name: 'is_present', type: 'Bool' },
];

/** A row that went and came anew in one block is two changes, in this order: the last one tells how it stands. */
const changeOrder = ['scope', 'primary_key', 'block_num', 'is_present'] as const;

/** Places of the core tables among all. */
export const core = { block: 0, action: 1, abi: 2, code: 3, rowRaw: 4 } as const;

/** Tables that exist whatever is watched: blocks, watched actions, ABIs, code, and changed rows that no ABI could decode. */
export const coreTables: readonly TableSpec[] = [
  spec(
    'block',
    [
      ['block_num', 'UInt32'],
      ['block_id', 'FixedString(32)'],
      ['prev_id', 'FixedString(32)'],
      ['block_time', time],
      ['producer', name],
      ['transactions', 'UInt32'],
      ['actions', 'UInt32'],
    ],
    ['block_num'],
  ),
  spec(
    'action',
    [
      ['block_num', 'UInt32'],
      ['block_time', time],
      ['global_sequence', 'UInt64'],
      ['tx_id', 'FixedString(32)'],
      ['tx_index', 'UInt32'],
      ['action_ordinal', 'UInt32'],
      ['creator_action_ordinal', 'UInt32'],
      ['contract', name],
      ['name', name],
      ['actors', `Array(Tuple(actor ${name}, permission ${name}))`],
      ['abi_sequence', 'UInt32'],
      ['code_sequence', 'UInt32'],
      ['act_digest', 'FixedString(32)'],
      ['raw', 'String'],
    ],
    orderBy,
  ),
  spec(
    'abi',
    [
      ['block_num', 'UInt32'],
      ['block_time', time],
      ['global_sequence', 'UInt64'],
      ['account', name],
      ['abi_sequence', 'UInt32'],
      ['abi', 'String'],
    ],
    orderBy,
  ),
  spec(
    'code',
    [
      ['block_num', 'UInt32'],
      ['block_time', time],
      ['global_sequence', 'UInt64'],
      ['account', name],
      ['code_hash', 'FixedString(32)'],
    ],
    orderBy,
  ),
  spec(
    'row_raw',
    [
      ['block_num', 'UInt32'],
      ['block_time', time],
      ['contract', name],
      ['table', name],
      ['scope', name],
      ['primary_key', 'UInt64'],
      ['payer', name],
      ['is_present', 'Bool'],
      ['raw', 'String'],
    ],
    ['contract', 'table', ...changeOrder],
  ),
];

function joined(account: string, name: string): string {
  return `${account}_${name}`.replace(/[^a-z0-9]/g, '_');
}

/**
 * `market` + `logissue` → `market_logissue`; dots become underscores. Endings that the tables' tails, versions and views have
 * are kept off it by another underscore.
 */
export function tableName(account: string, action: string): string {
  const wanted = joined(account, action);
  return /_(tail|all|v\d+)$/.test(wanted) ? `${wanted}_` : wanted;
}

/** An action's fields with their codecs; null when the ABI has no such action. Throws AbiError. */
export function actionFields(
  abi: Abi,
  types: ReturnType<typeof compile>,
  action: string,
): readonly CodedField[] | null {
  const declared = abi.actions.find((item) => item.name === action);
  if (declared === undefined) return null;
  return coded(types, declared.type);
}

/** A table's row fields with their codecs; null when the ABI has no such table. Throws AbiError. */
export function rowFields(
  abi: Abi,
  types: ReturnType<typeof compile>,
  table: string,
): readonly CodedField[] | null {
  const declared = abi.tables.find((item) => item.name === table);
  if (declared === undefined) return null;
  return coded(types, declared.type);
}

/** The fields of a struct; a type that is no struct, legal though no compiler makes it, is one field, `value`. */
function coded(types: ReturnType<typeof compile>, type: string): readonly CodedField[] {
  const fields = types.isStruct(type) ? types.fields(type) : [{ name: 'value', type }];
  if (fields.length > maxColumns) {
    throw new AbiError(`ABI: '${type}' has ${fields.length} fields, at most ${maxColumns} become columns`);
  }
  const made = fields.map(({ name: field, type: of }): CodedField => [field, types.codec(of)]);
  weightOf(type, made);
  return made;
}

/** `market` + `orders` → `market_orders_rows`. */
export function rowTableName(account: string, table: string): string {
  return `${joined(account, table)}_rows`;
}

/** The first form of the table, called `called`, that holds the changes of the rows of a contract's `table`. */
export function rowLayout(
  called: string,
  account: string,
  table: string,
  fields: readonly CodedField[],
): Layout {
  const layout = firstLayout(called, fields, { leading: changed, orderBy: changeOrder });
  return { ...layout, spec: { ...layout.spec, rowsOf: { contract: account, table } } };
}

/**
 * The decoded tables of an account's ABI, one an action and one a table, as they are when this is its first ABI. Throws AbiError.
 */
export function tableSpecs(account: string, abi: Abi): readonly TableSpec[] {
  const types = compile(abi);
  return [
    ...abi.actions.map(
      (action) =>
        firstLayout(tableName(account, action.name), actionFields(abi, types, action.name) ?? []).spec,
    ),
    ...abi.tables.map(
      ({ name: table }) =>
        rowLayout(rowTableName(account, table), account, table, rowFields(abi, types, table) ?? []).spec,
    ),
  ];
}
