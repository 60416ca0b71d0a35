import { rowsIn } from './harness.ts';
import type { Memory } from './harness.ts';
import type { Cell } from './row-binary.ts';

type Row = Record<string, Cell>;

/** Leading columns of a table of changed rows. */
const lead = ['block_num', 'block_time', 'scope', 'primary_key', 'payer', 'is_present'];

type Change = { readonly table: string; readonly row: Row };

/** The contract's changed rows, whichever of a table's forms they lie in, in the order of their blocks; removals of a block come first. */
function changesOf(memory: Memory, contract: string): Change[] {
  const when = ({ row }: Change): number => 2 * (row['block_num'] as number) + Number(row['is_present']);
  return [...memory.specs.values()]
    .flatMap(({ name, rowsOf }) =>
      rowsOf?.contract === contract ? rowsIn(memory, name).map((row) => ({ table: rowsOf.table, row })) : [],
    )
    .sort((a, b) => when(a) - when(b));
}

/** How a contract's tables stand by the history of their rows: of every key the last change, unless it removed the row. */
export function foldedRows(memory: Memory, contract: string) {
  const standing = new Map<string, Map<bigint, Row>>();
  for (const { table, row } of changesOf(memory, contract)) {
    const place = `${table} ${row['scope'] as string}`;
    const rows = standing.get(place) ?? new Map<bigint, Row>();
    standing.set(place, rows);
    const key = BigInt(row['primary_key'] as string);
    if (row['is_present'] === true) rows.set(key, row);
    else rows.delete(key);
  }
  const fields = (row: Row): Row =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !lead.includes(name)));
  return {
    /** `table scope` of all that have rows. */
    scopes: (): string[] => [...standing].flatMap(([place, rows]) => (rows.size > 0 ? [place] : [])).sort(),
    /** Without the leading columns, by key. */
    rows: (table: string, scope: string): Row[] =>
      [...(standing.get(`${table} ${scope}`) ?? [])]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, row]) => fields(row)),
  };
}

/** A value as a chain's API tells it, as it reads from a column of this type. */
export function cellOf(type: string, value: unknown): Cell {
  const [, name = type, inner = ''] = /^(\w+)\((.*)\)$/s.exec(type) ?? [];
  if (name === 'Array') return (value as unknown[]).map((item) => cellOf(inner, item));
  if (name === 'Tuple' && typeof value === 'string') return assetCell(value);
  if (name === 'Tuple') {
    const given = value as Record<string, unknown>;
    return Object.fromEntries(fieldsOf(inner).map(([field, part]) => [field, cellOf(part, given[field])]));
  }
  if (name === 'DateTime') return Date.parse(`${String(value)}Z`) / 1000;
  if (/^U?Int(64|128)$/.test(name)) return String(value);
  return value as Cell;
}

/** `1.500 KG` → 1500 of `3,KG`. */
function assetCell(text: string): Cell {
  const [amount = '', code = ''] = text.split(' ');
  const precision = amount.split('.')[1]?.length ?? 0;
  return { amount: String(BigInt(amount.replace('.', ''))), symbol: `${String(precision)},${code}` };
}

/** Of a Tuple's inner text: its fields' names and types. */
function fieldsOf(inner: string): [string, string][] {
  const fields: [string, string][] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at <= inner.length; at++) {
    if (inner[at] === '(') depth++;
    else if (inner[at] === ')') depth--;
    else if (at === inner.length || (inner[at] === ',' && depth === 0)) {
      const [, field = '', type = ''] = /^\s*`?(\w+)`? (.*)$/s.exec(inner.slice(start, at)) ?? [];
      fields.push([field, type]);
      start = at + 1;
    }
  }
  return fields;
}
