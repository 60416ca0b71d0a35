import { literal, qualified } from '../door/statement.ts';
import { WarehouseError } from '../error.ts';
import type { Warehouse } from '../warehouse.ts';
import { runChecks } from './checks.ts';
import { inOrder, tablesToRebuild } from './order.ts';
import { readModels, type Model } from './read.ts';
import { prepare, readApplied, remember, type Applied } from './state.ts';

export type ModelsOptions = {
  /** The `sql/` folder. */
  readonly dir: string;
};

export type BuildReport = {
  /** Names of tables made anew with their rows, in order. */
  readonly rebuilt: readonly string[];
  /** Names of all that was created or replaced. */
  readonly applied: readonly string[];
  readonly dropped: readonly string[];
};

/**
 * Brings the warehouse's models in line with `sql/`: applies what changed by hash, in dependency order, and fills
 * changed tables anew from the decoded ones. Chain tables must exist. Nothing may write to the chain tables meanwhile:
 * call it before the indexer starts, or from its sink.
 */
export async function buildModels(warehouse: Warehouse, options: ModelsOptions): Promise<BuildReport> {
  return apply(warehouse, inOrder(await readModels(options.dir)), 'changed');
}

/** Makes every model anew, rows included, from the decoded tables. */
export async function rebuildModels(warehouse: Warehouse, options: ModelsOptions): Promise<BuildReport> {
  return apply(warehouse, inOrder(await readModels(options.dir)), 'all');
}

/** After a batch was repeated: rebuilds when a check marked `-- on repeat` fails. Returns whether it had to. */
export async function repairModels(warehouse: Warehouse, options: ModelsOptions): Promise<boolean> {
  const failures = await runChecks(warehouse, { ...options, only: 'on repeat' });
  if (failures.length === 0) return false;
  await rebuildModels(warehouse, options);
  return true;
}

async function apply(
  warehouse: Warehouse,
  models: readonly Model[],
  what: 'changed' | 'all',
): Promise<BuildReport> {
  await prepare(warehouse);
  checkWindows(models);
  await checkSources(warehouse, models);
  const standing = await readApplied(warehouse);
  const changed = new Set(models.filter((model) => what === 'all' || !isStanding(model, standing)));
  const gone = standing.filter((applied) => !models.some((model) => model.name === applied.name));
  if (changed.size === 0 && gone.length === 0) return { rebuilt: [], applied: [], dropped: [] };

  const rebuilt = tablesToRebuild(changed, models);
  const feeds = models.filter(
    (model) =>
      model.feed &&
      rebuilt.some((table) => table.name === model.feed?.target || table.name === model.feed?.source),
  );
  for (const model of [...feeds, ...rebuilt]) await drop(warehouse, model);
  for (const model of gone) await drop(warehouse, model);

  const applied: string[] = [];
  for (const model of models) {
    const isStored = model.kind === 'table' || model.kind === 'feed';
    if (isStored && !rebuilt.includes(model) && !feeds.includes(model)) continue;
    if (model.feed) await backfill(warehouse, model.feed);
    await warehouse.command(model.statement);
    if (model.csv !== null) await load(warehouse, model, model.csv);
    await remember(warehouse, model, model.hash);
    applied.push(model.name);
  }
  return { rebuilt: rebuilt.map((table) => table.name), applied, dropped: gone.map((model) => model.name) };
}

function isStanding(model: Model, standing: readonly Applied[]): boolean {
  return standing.some((applied) => applied.name === model.name && applied.hash === model.hash);
}

/** Forgets before it drops, so that a stop in between is a model to be made, never one believed to stand. */
async function drop(
  warehouse: Warehouse,
  model: { readonly name: string; readonly kind: string },
): Promise<void> {
  await remember(warehouse, model, '');
  if (model.kind === 'function') await warehouse.command(`drop function if exists ${model.name}`);
  else await warehouse.command(`drop table if exists ${qualified(model.name)} sync`);
}

/** Rows of a CSV beside its table's file; dates and numbers as ClickHouse reads them. */
async function load(warehouse: Warehouse, table: Model, csv: string): Promise<void> {
  const source = `select * from format(CSVWithNames, ${literal(structureText(table.statement))}, ${literal(csv)})`;
  await warehouse.command(
    `insert into ${qualified(table.name)} settings insert_deduplicate=0, async_insert=0 ${source}`,
  );
}

/**
 * What the feed would have brought, just before it comes into being. Rows that arrive later, also from another backfill,
 * go through it, so the order of feeds does not matter. Deduplication is off: two equal blocks here are two blocks.
 */
async function backfill(warehouse: Warehouse, feed: NonNullable<Model['feed']>): Promise<void> {
  const columns = await columnsOf(warehouse, feed.target);
  await warehouse.command(
    `insert into ${qualified(feed.target)} (${columns}) settings insert_deduplicate=0, async_insert=0 select ${columns} from (${feed.select})`,
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

/** A feed's target without a token window would take the rows of a repeated batch twice. */
function checkWindows(models: readonly Model[]): void {
  for (const { feed } of models) {
    const target = models.find((model) => model.name === feed?.target);
    if (!feed || (target && /non_replicated_deduplication_window\s*=\s*[1-9]/.test(target.statement)))
      continue;
    throw new WarehouseError(
      `${feed.target} is fed by a materialized view and has no non_replicated_deduplication_window; add it to its settings.`,
      'BROKEN_MODEL',
    );
  }
}

async function checkSources(warehouse: Warehouse, models: readonly Model[]): Promise<void> {
  const rows = await warehouse.query<{ name: string }>(
    "select concat('chain.', name) as name from system.tables where database = 'chain'",
  );
  const tables = new Set(rows.map((row) => row.name));
  for (const model of models) {
    for (const [name] of model.statement.matchAll(/(?<![\w.])chain\.\w+/g)) {
      if (!tables.has(name))
        throw new WarehouseError(
          `${model.file} reads ${name}, which does not exist: ensure the tables of the watched contracts first.`,
          'NO_SOURCE',
        );
    }
  }
}
