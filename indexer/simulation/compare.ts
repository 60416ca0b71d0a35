import { isDeepStrictEqual } from 'node:util';
import type { Cell } from '../testing/row-binary.ts';
import type { Model, TailBlock } from './model.ts';
import type { Row } from './model-tables.ts';

/** What a run left: columns and rows of every table, and the tails' rows by block and table. */
export type Found = {
  readonly tables: ReadonlyMap<string, FoundTable>;
  readonly tails: ReadonlyMap<number, readonly (readonly [table: string, row: Row])[]>;
};
export type FoundTable = {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Row[];
};

/** Keys in order, so that equal rows give equal text. */
export function canonical(cell: Cell): string {
  if (Array.isArray(cell)) return `[${cell.map(canonical).join()}]`;
  if (cell === null || typeof cell !== 'object') return JSON.stringify(cell);
  const entries = Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}

/** The row with null in the columns that its table got later. */
function filled(row: Row, columns: FoundTable['columns']): string {
  return canonical(Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])));
}

function sortedRows(rows: readonly Row[], columns: FoundTable['columns']): string[] {
  return rows.map((row) => filled(row, columns)).sort();
}

const short = (text: string): string => (text.length > 400 ? `${text.slice(0, 400)}…` : text);

function difference(what: string, wanted: readonly string[], found: readonly string[]): string | null {
  if (isDeepStrictEqual(wanted, found)) return null;
  const [left, right] = [new Set(wanted), new Set(found)];
  const missing = wanted.find((row) => !right.has(row));
  const wrong = found.find((row) => !left.has(row));
  const count = `${wanted.length} expected, ${found.length} found`;
  const twice = missing ?? wrong ?? found.find((row, i) => found.indexOf(row) !== i) ?? '';
  const kind = missing !== undefined ? 'missing' : wrong !== undefined ? 'wrong' : 'a row more than once';
  const beside = missing !== undefined && wrong !== undefined ? `\n  instead of it ${short(wrong)}` : '';
  return `${what}: ${count}; ${kind}: ${short(twice)}${beside}`;
}

function tailDifference(wanted: TailBlock, found: readonly (readonly [string, Row])[]): string | null {
  const text = ([table, row]: readonly [string, Row]): string => {
    const present = Object.entries(row).filter(([, cell]) => cell !== null);
    return `${table} ${canonical(Object.fromEntries(present))}`;
  };
  const left = found.map(text);
  const take = (rows: readonly string[]): boolean => {
    if (!rows.every((row) => left.includes(row))) return false;
    for (const row of rows) left.splice(left.indexOf(row), 1);
    return true;
  };
  for (const forms of wanted.either) {
    if (!forms.some((form) => take(form.map(text))))
      return `tail of block ${wanted.blockNum}: missing ${short(forms.map((form) => form.map(text).join(' + ')).join(' or '))}`;
  }
  return difference(`tail of block ${wanted.blockNum}`, wanted.sure.map(text).sort(), left.sort());
}

/** The first thing in which the tables are not what the model says; null when they are equal. */
export function differenceOf(model: Model, found: Found): string | null {
  const [wantedNames, foundNames] = [[...model.tables.keys()].sort(), [...found.tables.keys()].sort()];
  const names = difference('tables', wantedNames, foundNames);
  if (names !== null) return names;
  for (const [name, table] of model.tables) {
    const { columns, rows } = found.tables.get(name) as FoundTable;
    // The engine leaves out the quotes that a name does not need.
    const types = (list: FoundTable['columns']): string[] =>
      list.map((item) => `${item.name} ${item.type.replaceAll('`', '')}`);
    const wrong =
      difference(`columns of ${name}`, types(table.columns), types(columns)) ??
      difference(name, sortedRows(table.rows, columns), sortedRows(rows, columns));
    if (wrong !== null) return wrong;
  }
  const wantedTails = model.tails.map((block) => String(block.blockNum));
  const tails = difference(
    'blocks in the tails',
    wantedTails.sort(),
    [...found.tails.keys()].map(String).sort(),
  );
  if (tails !== null) return tails;
  for (const block of model.tails) {
    const wrong = tailDifference(block, found.tails.get(block.blockNum) ?? []);
    if (wrong !== null) return wrong;
  }
  return null;
}
