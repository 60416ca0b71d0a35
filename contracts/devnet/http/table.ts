import { rowDecoder } from '../../chain/rows.ts';
import { nameText } from '../bytes/name.ts';
import { ChainFault } from '../chain/fault.ts';
import type { Devnet } from '../devnet.ts';
import type { TableQuery } from '../rows.ts';
import { tableRows } from '../rows.ts';
import type { SecondaryKind } from '../state/table.ts';
import { findAccount } from './account.ts';
import type { Fields } from './fields.ts';
import { count, flag, text } from './fields.ts';
import type { AbiOf } from './transaction.ts';

const POSITIONS = new Map([
  ['', 1],
  ['primary', 1],
  ['first', 1],
  ['secondary', 2],
  ['second', 2],
  ['tertiary', 3],
  ['third', 3],
  ['fourth', 4],
  ['fifth', 5],
]);
const KINDS: Readonly<Record<string, SecondaryKind>> = {
  i64: 'idx64',
  name: 'idx64',
  i128: 'idx128',
  i256: 'idx256',
  sha256: 'idx256',
  float64: 'idx_double',
};
const LARGEST_PAGE = 1000;

function indexOf(fields: Fields): TableQuery['index'] {
  const asked = text(fields, 'index_position', '');
  const position = POSITIONS.get(asked) ?? Number(asked);
  if (position === 1) return undefined;
  const keyType = text(fields, 'key_type', 'i64');
  const kind = KINDS[keyType === '' ? 'i64' : keyType];
  if (!Number.isInteger(position) || position < 2 || position > 10 || kind === undefined) {
    throw new ChainFault(
      'contract_table_query_exception',
      `Unsupported secondary index: position ${asked}, key type ${keyType}`,
    );
  }
  return { number: position - 2, kind, names: keyType === 'name' };
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
