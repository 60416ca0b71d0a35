import { nameNumber } from './bytes/name.ts';
import { ChainFault } from './chain/fault.ts';
import type { State } from './state/state.ts';
import type { ContractTable, SecondaryKey, SecondaryKind } from './state/table.ts';

/** How an index's keys are kept and written. */
export type KeyType = {
  readonly kind: SecondaryKind;
  /** Throws where the text is not such a key. */
  readonly read: (text: string) => SecondaryKey;
  readonly write: (key: SecondaryKey) => string;
};

export type TableQuery = {
  readonly code: string;
  readonly scope: string;
  readonly table: string;
  /** Inclusive bounds as text: a number, or a name; '' = none. */
  readonly lower: string;
  readonly upper: string;
  readonly limit: number;
  readonly reverse?: boolean;
  /** Secondary index: its number (0 = the first) and its keys. */
  readonly index?: { readonly number: number; readonly type: KeyType };
};

export type TableRow = { readonly primary: bigint; readonly payer: bigint; readonly value: Uint8Array };
export type TablePage = { readonly rows: TableRow[]; readonly more: boolean; readonly nextKey: string };

const LAST = 0xffff_ffff_ffff_ffffn;
const DIGITS = /^\d{1,20}$/;
const SYMBOL = /^(?:(\d{1,2}),)?([A-Z]{1,7})$/;

/** A number, a name, or a symbol (with or without its precision) as the 64 bits of a scope or key; `what` names it in a refusal. */
export function keyNumber(text: string, what: string): bigint {
  if (text === '') return 0n;
  if (DIGITS.test(text)) return BigInt.asUintN(64, BigInt(text));
  const [, precision, code] = SYMBOL.exec(text) ?? [];
  if (code !== undefined) {
    const letters = Buffer.from(code).reduceRight((bits, letter) => (bits << 8n) | BigInt(letter), 0n);
    return precision === undefined ? letters : (letters << 8n) | BigInt(precision);
  }
  try {
    return nameNumber(text);
  } catch {
    throw new ChainFault(
      'chain_type_exception',
      `Could not convert ${what} string '${text}' to any of the following: uint64_t, valid name, or valid symbol (with or without the precision)`,
    );
  }
}

/** A name's number. Throws nodeos' refusal where the text is not one. */
export const asName = (text: string): bigint => {
  try {
    return nameNumber(text);
  } catch (error) {
    throw new ChainFault('name_type_exception', (error as Error).message);
  }
};

/** Rows of a table between bounds, in order of primary key or of a secondary index. */
export function tableRows(state: State, query: TableQuery): TablePage {
  const [code, scope, name] = [asName(query.code), keyNumber(query.scope, 'scope'), asName(query.table)];
  const rows = state.findTable(code, scope, name);
  if (query.index !== undefined) {
    const { number, type } = query.index;
    const index = state.findTable(code, scope, (name & ~15n) | BigInt(number));
    return secondaryPage(query, type, index, rows);
  }
  const keys = rows?.rows.keys ?? [];
  const from = query.lower === '' ? 0 : (rows?.rows.position(keyNumber(query.lower, 'lower_bound')) ?? 0);
  const to =
    query.upper === ''
      ? keys.length
      : (rows?.rows.position(keyNumber(query.upper, 'upper_bound'), true) ?? 0);
  const { taken, next } = page(query, keys, from, to);
  return pageOf(rows, taken, next === undefined ? undefined : String(next));
}

function secondaryPage(
  query: TableQuery,
  { kind, read, write }: KeyType,
  index: ContractTable | undefined,
  rows: ContractTable | undefined,
): TablePage {
  const key = (text: string, what: string): SecondaryKey => {
    try {
      return read(text);
    } catch {
      throw new ChainFault('std_exception', `Could not convert ${what} string '${text}' to key type.`);
    }
  };
  const store = index?.index(kind);
  const entries = store?.entries ?? [];
  const from = query.lower === '' ? 0 : (store?.position(key(query.lower, 'lower_bound'), 0n) ?? 0);
  const to =
    query.upper === '' ? entries.length : (store?.position(key(query.upper, 'upper_bound'), LAST, true) ?? 0);
  const { taken, next } = page(query, entries, from, to);
  return pageOf(
    rows,
    taken.map(({ primary }) => primary),
    next === undefined ? undefined : write(next.key),
  );
}

/** The first items of a range, or the last ones in reverse, and the one that would come next. */
function page<Item>(
  { limit, reverse = false }: TableQuery,
  items: readonly Item[],
  from: number,
  to: number,
): { taken: Item[]; next: Item | undefined } {
  const count = Math.min(Math.max(to - from, 0), limit);
  const taken = reverse ? items.slice(to - count, to).reverse() : items.slice(from, from + count);
  const more = to - from > count;
  return { taken, next: more ? items[reverse ? to - count - 1 : from + count] : undefined };
}

function pageOf(table: ContractTable | undefined, primaries: bigint[], next: string | undefined): TablePage {
  const rows: TableRow[] = [];
  for (const primary of primaries) {
    const row = table?.rows.get(primary);
    if (row !== undefined) rows.push({ primary, ...row });
  }
  return { rows, more: next !== undefined, nextKey: next ?? '' };
}
