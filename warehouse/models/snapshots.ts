import type { Warehouse } from '../warehouse.ts';
import type { Model } from './read.ts';

/** Creates the table that remembers how each snapshot is made; safe to repeat. */
export async function prepareSnapshots(warehouse: Warehouse): Promise<void> {
  await warehouse.command('create database if not exists model');
  await warehouse.command(`create table if not exists model.snapshot (
    name String, statement String, made_after Array(String), written_at DateTime64(6, 'UTC')
  ) engine = MergeTree order by (name, written_at)`);
}

/** Remembers how the snapshot is made; no statement when it is gone. */
export async function rememberSnapshot(
  warehouse: Warehouse,
  { name, statement, madeAfter }: Pick<Model, 'name' | 'statement' | 'madeAfter'>,
): Promise<void> {
  await warehouse.command(
    `insert into model.snapshot (name, statement, made_after, written_at)
     values ({name:String}, {statement:String}, {made_after:Array(String)}, now64(6))`,
    { name, statement, made_after: madeAfter },
  );
}

/**
 * Makes the snapshots that stand on these tables again, each in one statement that readers see whole or not at all.
 * It belongs between a batch's rows and its cursor: a stop before the cursor repeats the batch, and this with it.
 */
export async function makeSnapshots(warehouse: Warehouse, tables: readonly string[]): Promise<void> {
  const snapshots = await warehouse.query<{ statement: string }>(
    `select statement from (select name, statement, made_after, written_at from model.snapshot order by written_at desc limit 1 by name)
     where statement != '' and hasAny(made_after, {tables:Array(String)}) order by written_at`,
    { tables },
  );
  for (const { statement } of snapshots) await warehouse.command(statement);
}
