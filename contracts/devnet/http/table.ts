import { rowDecoder } from '../../chain/rows.ts';
import { nameText } from '../bytes/name.ts';
import { ChainFault } from '../chain/fault.ts';
import type { Devnet } from '../devnet.ts';
import type { TableQuery } from '../rows.ts';
import { keyNumber, tableRows } from '../rows.ts';
import type { ContractTable } from '../state/table.ts';
import { findAccount } from './account.ts';
import type { Fields } from './fields.ts';
import { count, flag, text } from './fields.ts';
import { KEY_TYPES } from './key-types.ts';
import type { AbiOf } from './transaction.ts';

/** Words for the first ten indexes; the first is the primary one. */
const WORDS = [
  ['primary', 'first', 'one'],
  ['secondary', 'second', 'two'],
  ['tertiary', 'third', 'three'],
  ['fourth', 'four'],
  ['fifth', 'five'],
  ['sixth', 'six'],
  ['seventh', 'seven'],
  ['eighth', 'eight'],
  ['ninth', 'nine'],
  ['tenth', 'ten'],
];
const LARGEST_PAGE = 1000;
/** An index's number is the last four bits of its table's name. */
const INDEX_BITS = 15;

function indexOf(fields: Fields): TableQuery['index'] {
  const asked = text(fields, 'index_position', '');
  const word = WORDS.findIndex((words) => words.includes(asked)) + 1;
  const position = asked === '' ? 1 : word > 0 ? word : Number(asked);
  if (!Number.isInteger(position) || position < 0)
    throw new ChainFault('contract_table_query_exception', `Invalid index_position: ${asked}`);
  if (position < 2) return undefined;
  const keyType = text(fields, 'key_type', '') || 'i64';
  const type = KEY_TYPES.get(keyType);
  if (type === undefined)
    throw new ChainFault('contract_table_query_exception', `Unsupported secondary index type: ${keyType}`);
  return { number: (position - 2) & INDEX_BITS, type };
}

/** get_table_rows: rows as JSON by the ABI, or as hex. */
export function tableRowsJson(devnet: Devnet, abiOf: AbiOf, fields: Fields): Record<string, unknown> {
  const [code, table] = [text(fields, 'code'), text(fields, 'table', '')];
  findAccount(devnet.state, code, 'Fail to retrieve account for %');
  const abi = abiOf(code);
  if (!abi.tables.some(({ name }) => String(name) === table))
    throw new ChainFault('contract_table_query_exception', `Table ${table} is not specified in the ABI`);
  const index = indexOf(fields);
  const { rows, more, nextKey } = tableRows(devnet.state, {
    code,
    table,
    scope: text(fields, 'scope', ''),
    lower: text(fields, 'lower_bound', ''),
    upper: text(fields, 'upper_bound', ''),
    limit: Math.min(count(fields, 'limit', 10), LARGEST_PAGE),
    reverse: flag(fields, 'reverse'),
    ...(index === undefined ? {} : { index }),
  });
  const decode = flag(fields, 'json')
    ? rowDecoder(abi, table)
    : (value: Uint8Array) => Buffer.from(value).toString('hex');
  const withPayer = flag(fields, 'show_payer');
  return {
    rows: rows.map(({ payer, value }) =>
      withPayer ? { data: decode(value), payer: nameText(payer) } : decode(value),
    ),
    more,
    next_key: nextKey,
  };
}

/** get_table_by_scope: a contract's tables in order of scope and name, with who pays and how many rows they hold. */
export function tableScopesJson({ state }: Devnet, fields: Fields): Record<string, unknown> {
  const code = keyNumber(text(fields, 'code'), 'code');
  const wanted = text(fields, 'table', '');
  const name = wanted === '' ? undefined : keyNumber(wanted, 'table');
  const bound = (field: string, absent: bigint): bigint => {
    const asked = text(fields, field, '');
    return asked === '' ? absent : keyNumber(asked, field);
  };
  const [lower, upper] = [bound('lower_bound', 0n), bound('upper_bound', 0xffff_ffff_ffff_ffffn)];
  const found = [...state.tables.map.keys()]
    .filter((table) => table.code === code && table.scope >= lower && table.scope <= upper)
    .sort(byScope);
  if (flag(fields, 'reverse')) found.reverse();
  const limit = Math.min(count(fields, 'limit', 10), LARGEST_PAGE);
  const row = (table: ContractTable) => ({
    code: nameText(table.code),
    scope: nameText(table.scope),
    table: nameText(table.name),
    payer: nameText(state.tables.get(table) ?? 0n),
    count: table.count,
  });
  const fitting = found.filter((table) => name === undefined || table.name === name);
  const next = fitting[limit];
  return {
    rows: fitting.slice(0, limit).map(row),
    more: next === undefined ? '' : nameText(next.scope),
  };
}

const order = (one: bigint, two: bigint): number => (one < two ? -1 : one > two ? 1 : 0);
const byScope = (one: ContractTable, two: ContractTable): number =>
  order(one.scope, two.scope) || order(one.name, two.name);
