import { nameNumber } from './bytes/name.ts';
import { ChainFault } from './chain/fault.ts';
import type { State } from './state/state.ts';
import type { ContractTable, SecondaryKey, SecondaryKind } from './state/table.ts';

export type TableQuery = {
  readonly code: string;
  readonly scope: string;
  readonly table: string;
  /** Inclusive bounds as text: a number, or a name; '' = none. */
  readonly lower: string;
  readonly upper: string;
  readonly limit: number;
  readonly reverse?: boolean;
  /** Secondary index: which of its kind's tables (0 = first index) and how its keys are read. */
  readonly index?: { readonly number: number; readonly kind: SecondaryKind; readonly names: boolean };
};

export type TableRow = { readonly primary: bigint; readonly payer: bigint; readonly value: Uint8Array };
export type TablePage = { readonly rows: TableRow[]; readonly more: boolean; readonly nextKey: string };

const DIGITS = /^\d{1,20}$/;

/** A scope or primary key as text: digits are a number, anything else a name. */
export function keyNumber(text: string): bigint {
  if (text === '') return 0n;
  if (DIGITS.test(text)) return BigInt.asUintN(64, BigInt(text));
  try {
    return nameNumber(text);
  } catch (error) {
    throw new ChainFault('name_type_exception', (error as Error).message);
  }
}

const asName = (text: string): bigint => {
  try {
    return nameNumber(text);
  } catch (error) {
    throw new ChainFault('name_type_exception', (error as Error).message);
  }
};

/** Rows of a table between bounds, in order of primary key or of a secondary index. */
export function tableRows(state: State, query: TableQuery): TablePage {
  const [code, scope, name] = [asName(query.code), keyNumber(query.scope), asName(query.table)];
  const rows = state.findTable(code, scope, name);
  if (query.index === undefined)
    return page(query, rows === undefined ? [] : primaryKeys(rows, query), rows, (key) => String(key));
  const index = state.findTable(code, scope, (name & ~15n) | BigInt(query.index.number));
  const found = index === undefined ? [] : secondaryKeys(index, query, query.index);
  return page(
    query,
    found.map(({ primary }) => primary),
    rows,
    (_key, at) => String(found[at]?.key ?? ''),
  );
}

function primaryKeys(table: ContractTable, { lower, upper }: TableQuery): bigint[] {
  const from = lower === '' ? 0 : table.rows.position(keyNumber(lower));
  const to = upper === '' ? table.rows.size : table.rows.position(keyNumber(upper), true);
  return table.rows.keys.slice(from, Math.max(from, to));
}

function secondaryKey(text: string, kind: SecondaryKind, names: boolean): SecondaryKey {
  if (kind === 'idx_double') return Number(text);
  if (kind === 'idx64') return names ? asName(text) : keyNumber(text);
  return /^[0-9a-f]{64}$/.test(text) ? BigInt(`0x${text}`) : BigInt(text);
}

function secondaryKeys(
  table: ContractTable,
  { lower, upper }: TableQuery,
  { kind, names }: NonNullable<TableQuery['index']>,
) {
  const store = table.index(kind);
  const { entries } = store;
  const from = lower === '' ? 0 : store.position(secondaryKey(lower, kind, names), 0n);
  const to =
    upper === ''
      ? entries.length
      : store.position(secondaryKey(upper, kind, names), 0xffff_ffff_ffff_ffffn, true);
  return entries.slice(from, Math.max(from, to));
}

function page(
  { limit, reverse = false }: TableQuery,
  keys: bigint[],
  table: ContractTable | undefined,
  text: (key: bigint, at: number) => string,
): TablePage {
  const ordered = reverse
    ? keys.map((key, at) => ({ key, at })).reverse()
    : keys.map((key, at) => ({ key, at }));
  const rows: TableRow[] = [];
  for (const { key } of ordered.slice(0, limit)) {
    const row = table?.rows.get(key);
    if (row !== undefined) rows.push({ primary: key, payer: row.payer, value: row.value });
  }
  const next = ordered[limit];
  return { rows, more: next !== undefined, nextKey: next === undefined ? '' : text(next.key, next.at) };
}
