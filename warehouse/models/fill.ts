import { literal, qualified } from '../door/statement.ts';
import type { Warehouse } from '../warehouse.ts';
import type { Model } from './read.ts';
import { remember } from './state.ts';

const BESIDE = '_next';

/**
 * Makes the tables anew with their rows and the feeds that follow them: beside the standing ones first, then in their
 * place, so that a reader never meets a missing or half-filled table. Nothing may write to their sources meanwhile.
 * The caller has forgotten them all before.
 */
export async function refill(
  warehouse: Warehouse,
  tables: readonly Model[],
  feeds: readonly Model[],
): Promise<void> {
  for (const table of tables) await createBeside(warehouse, table);
  const filled = new Set<Model>();
  for (const table of tables) await fill(warehouse, table, { tables, feeds, filled });
  for (const feed of feeds) await warehouse.command(`drop table if exists ${qualified(feed.name)} sync`);
  for (const table of tables) await putInPlace(warehouse, table.name);
  for (const feed of feeds) await warehouse.command(feed.statement);
  for (const model of [...tables, ...feeds]) await remember(warehouse, model, model.hash);
}

async function createBeside(warehouse: Warehouse, table: Model): Promise<void> {
  await warehouse.command(`drop table if exists ${qualified(table.name + BESIDE)} sync`);
  await warehouse.command(besideOf(table.statement, table));
  if (table.csv === null) return;
  const source = `select * from format(CSVWithNames, ${literal(structureText(table.statement))}, ${literal(table.csv)})`;
  await insert(warehouse, table, '', source);
}

type Filling = {
  readonly tables: readonly Model[];
  readonly feeds: readonly Model[];
  readonly filled: Set<Model>;
};

/** What the table's feeds would have brought, after what their own sources hold. */
async function fill(warehouse: Warehouse, table: Model, filling: Filling): Promise<void> {
  if (filling.filled.has(table)) return;
  filling.filled.add(table);
  for (const { feed } of filling.feeds) {
    if (feed?.target !== table.name) continue;
    const source = filling.tables.find((other) => other.name === feed.source);
    if (source) await fill(warehouse, source, filling);
    const columns = await columnsOf(warehouse, table.name + BESIDE);
    const select = source ? besideOf(feed.select, source) : feed.select;
    await insert(warehouse, table, `(${columns})`, `select ${columns} from (${select})`);
  }
}

/** Deduplication is off: two equal blocks here are two blocks. */
async function insert(warehouse: Warehouse, table: Model, columns: string, source: string): Promise<void> {
  await warehouse.command(
    `insert into ${qualified(table.name + BESIDE)} ${columns} settings insert_deduplicate=0, async_insert=0 ${source}`,
  );
}

async function putInPlace(warehouse: Warehouse, name: string): Promise<void> {
  const [database = '', table = ''] = name.split('.');
  const standing = await warehouse.query(
    'select name from system.tables where database = {database:String} and name = {table:String}',
    { database, table },
  );
  const beside = qualified(name + BESIDE);
  if (standing.length === 0) {
    await warehouse.command(`rename table ${beside} to ${qualified(name)}`);
    return;
  }
  await warehouse.command(`exchange tables ${qualified(name)} and ${beside}`);
  await warehouse.command(`drop table ${beside} sync`);
}

function besideOf(statement: string, table: Model): string {
  return statement.replace(
    new RegExp(`(?<![\\w.])${table.name.replace('.', '\\.')}(?![\\w.])`, 'g'),
    table.name + BESIDE,
  );
}

/** The column list between the parentheses of a create table, for tables whose columns are plain. */
function structureText(statement: string): string {
  return /\(\s*(.*?)\s*\)\s*engine\b/s.exec(statement)?.[1] ?? '';
}

/** Insert … select goes by position and a view by name: the target's own columns make the two the same. */
async function columnsOf(warehouse: Warehouse, table: string): Promise<string> {
  const [database = '', name = ''] = table.split('.');
  const rows = await warehouse.query<{ name: string }>(
    'select name from system.columns where database = {database:String} and table = {name:String} order by position',
    { database, name },
  );
  return rows.map((row) => qualified(row.name)).join(', ');
}
