import type { Column, TableSpec } from '../sink/sink.ts';
import { AbiError } from '../errors.ts';
import type { Abi } from './abi.ts';
import { compile } from './compile.ts';
import { firstLayout, orderBy } from './layout.ts';
import type { CodedField } from './layout.ts';
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

/** Tables that exist whatever is watched: blocks, watched actions, ABIs. */
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
];

/**
 * `market` + `logissue` → `market_logissue`; dots become underscores. Endings that the tables' tails, versions and views have
 * are kept off it by another underscore.
 */
export function tableName(account: string, action: string): string {
  const name = `${account}_${action}`.replace(/[^a-z0-9]/g, '_');
  return /_(tail|all|v\d+)$/.test(name) ? `${name}_` : name;
}

/** An action's fields with their codecs; null when the ABI has no such action. Throws AbiError. */
export function actionFields(
  abi: Abi,
  types: ReturnType<typeof compile>,
  action: string,
): readonly CodedField[] | null {
  const declared = abi.actions.find((item) => item.name === action);
  if (declared === undefined) return null;
  // A type that is no struct is legal, though no compiler makes it.
  const fields = types.isStruct(declared.type)
    ? types.fields(declared.type)
    : [{ name: 'value', type: declared.type }];
  if (fields.length > maxColumns) {
    throw new AbiError(
      `ABI: action '${action}' has ${fields.length} fields, at most ${maxColumns} become columns`,
    );
  }
  const coded = fields.map(({ name: field, type }): CodedField => [field, types.codec(type)]);
  weightOf(declared.type, coded);
  return coded;
}

/** The decoded tables of an account's ABI, one an action, as they are when this is its first ABI. Throws AbiError. */
export function tableSpecs(account: string, abi: Abi): readonly TableSpec[] {
  const types = compile(abi);
  return abi.actions.map(
    (action) =>
      firstLayout(tableName(account, action.name), actionFields(abi, types, action.name) ?? []).spec,
  );
}
