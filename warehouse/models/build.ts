import { qualified } from '../door/statement.ts';
import { WarehouseError } from '../error.ts';
import type { Warehouse } from '../warehouse.ts';
import { runChecks } from './checks.ts';
import { refill } from './fill.ts';
import { inOrder, tablesToRebuild } from './order.ts';
import { readModels, type Model } from './read.ts';
import { rememberSnapshot } from './snapshots.ts';
import { prepare, readApplied, remember, type Applied } from './state.ts';

export type ModelsOptions = {
  /** The `sql/` folder. */
  readonly dir: string;
  /** Rows of reference tables that only the caller knows, as CSV with names, by table; a change of theirs makes the table anew. */
  readonly given?: Readonly<Record<string, string>>;
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
  return apply(warehouse, inOrder(await readModels(options.dir, options.given)), 'changed');
}

/** Makes every model anew, rows included, from the decoded tables. */
export async function rebuildModels(warehouse: Warehouse, options: ModelsOptions): Promise<BuildReport> {
  return apply(warehouse, inOrder(await readModels(options.dir, options.given)), 'all');
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
  const tables = rebuilt.filter((model) => model.kind === 'table');
  const snapshots = rebuilt.filter((model) => model.kind === 'snapshot');
  const feeds = models.filter(
    ({ feed }) => feed && tables.some((table) => table.name === feed.target || table.name === feed.source),
  );
  // Forgotten first, so that a stop in between is a model to be made, never one believed to stand.
  for (const model of [...rebuilt, ...feeds]) await remember(warehouse, model, '');
  const otherKind = standing.filter((applied) => kindOf(applied.name, models) !== applied.kind);
  for (const model of otherKind) await drop(warehouse, model);

  await applyPlain(warehouse, models, (model) => model.kind === 'function');
  await refill(warehouse, tables, feeds);
  await applyPlain(warehouse, models, (model) => model.kind === 'view' || snapshots.includes(model));
  return {
    rebuilt: rebuilt.map((table) => table.name),
    applied: models
      .filter((model) => isPlain(model) || rebuilt.includes(model) || feeds.includes(model))
      .map((model) => model.name),
    dropped: gone.map((model) => model.name),
  };
}

/** Made in one statement, without rows: replaced whenever anything changed. */
function isPlain(model: Model): boolean {
  return model.kind === 'function' || model.kind === 'view';
}

/** Statements that replace what stands in one step. */
async function applyPlain(
  warehouse: Warehouse,
  models: readonly Model[],
  which: (model: Model) => boolean,
): Promise<void> {
  for (const model of models.filter(which)) {
    await warehouse.command(model.statement);
    if (model.kind === 'snapshot') await rememberSnapshot(warehouse, model);
    await remember(warehouse, model, model.hash);
  }
}

function kindOf(name: string, models: readonly Model[]): string | undefined {
  return models.find((model) => model.name === name)?.kind;
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
  if (model.kind === 'snapshot')
    await rememberSnapshot(warehouse, { name: model.name, statement: '', madeAfter: [] });
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
