import type { Column, TableSpec } from '../../indexer/sink/sink.ts';
import { identifier, literal, qualified } from '../door/statement.ts';
import { WarehouseError } from '../error.ts';
import type { Warehouse } from '../warehouse.ts';
import { rowsComment } from './row-history.ts';
import { ensureVersionsView } from './versions.ts';

export const CHAIN = 'chain';
export const TAIL = '_tail';

/**
 * Tokens that a table remembers. Only the open batch is ever repeated, one token a table: a thousand leaves room
 * for retries, and costs nothing to load.
 */
export const TOKEN_WINDOW = 1000;

type Existing = { readonly table: string; readonly name: string; readonly type: string };

/**
 * Creates `chain.<name>` and its tail, or adds the columns they lack, and the view over an action's versions. Throws when a column
 * exists with another type.
 */
export async function ensureTable(warehouse: Warehouse, spec: TableSpec): Promise<void> {
  const columns = spec.columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ');
  const order = spec.orderBy.map(identifier).join(', ');
  const comment = spec.rowsOf === undefined ? '' : ` comment ${literal(rowsComment(spec.rowsOf))}`;
  await warehouse.command(
    `create table if not exists ${qualified(`${CHAIN}.${spec.name}`)} (${columns}) engine = MergeTree order by (${order})
     settings non_replicated_deduplication_window = ${String(TOKEN_WINDOW)}${comment}`,
  );
  // A partition a block: a fork or finality drops whole partitions, no row is rewritten.
  await warehouse.command(
    `create table if not exists ${qualified(`${CHAIN}.${spec.name}${TAIL}`)} (${columns}) engine = MergeTree
     partition by block_num order by (${order})`,
  );
  const existing = await warehouse.query<Existing>(
    'select table, name, type from system.columns where database = {database:String} and table in {tables:Array(String)}',
    { database: CHAIN, tables: [spec.name, `${spec.name}${TAIL}`] },
  );
  for (const table of [spec.name, `${spec.name}${TAIL}`]) {
    const types = new Map(
      existing.filter((column) => column.table === table).map((column) => [column.name, column.type]),
    );
    await widen(warehouse, table, spec.columns, types);
  }
  if (spec.versions !== undefined) await ensureVersionsView(warehouse, CHAIN, spec.versions);
}

async function widen(
  warehouse: Warehouse,
  table: string,
  columns: readonly Column[],
  types: ReadonlyMap<string, string>,
): Promise<void> {
  const added: string[] = [];
  for (const column of columns) {
    const type = types.get(column.name);
    if (type === undefined) added.push(`add column ${identifier(column.name)} ${nullable(column.type)}`);
    else if (plain(type) !== plain(column.type)) throw incompatible(table, column, type);
  }
  if (added.length > 0)
    await warehouse.command(`alter table ${qualified(`${CHAIN}.${table}`)} ${added.join(', ')}`);
}

/** The type with null for the rows from before the column; arrays and tuples cannot be null and get their empty value. */
export function nullable(type: string): string {
  if (/^(Nullable|Array|Tuple|Map)\(/.test(type)) return type;
  const inner = /^LowCardinality\((.+)\)$/.exec(type)?.[1];
  if (inner === undefined) return `Nullable(${type})`;
  return inner.startsWith('Nullable(') ? type : `LowCardinality(Nullable(${inner}))`;
}

/** Type text without spaces, quotes and nullability, so that the engine's spelling compares with ours. */
function plain(type: string): string {
  return type
    .replace(/[\s`]/g, '')
    .replace(/Nullable\(([^()]*(?:\([^()]*\))?[^()]*)\)/g, '$1')
    .replace(/\bDecimal\((\d+),/g, 'Decimal($1,');
}

function incompatible(table: string, column: Column, type: string): WarehouseError {
  return new WarehouseError(
    `chain.${table}.${column.name} is ${type} and the new ABI asks for ${column.type}. ` +
      'A table can only gain columns: register the changed action under a new table name.',
    'INCOMPATIBLE_COLUMN',
  );
}
