import type { Warehouse } from '../warehouse.ts';
import type { Model } from './read.ts';
import { prepareSnapshots } from './snapshots.ts';

/** A model as it was last applied. */
export type Applied = { readonly name: string; readonly kind: Model['kind']; readonly hash: string };

/** Creates the databases of the models and the table that remembers what was applied. */
export async function prepare(warehouse: Warehouse): Promise<void> {
  for (const database of ['reference', 'fact', 'mart', 'model'])
    await warehouse.command(`create database if not exists ${database}`);
  await warehouse.command(`create table if not exists model.applied (
    name String, kind LowCardinality(String), hash String, applied_at DateTime64(6, 'UTC')
  ) engine = MergeTree order by (name, applied_at)`);
  await prepareSnapshots(warehouse);
}

/** The applied models that still stand. */
export async function readApplied(warehouse: Warehouse): Promise<Applied[]> {
  return warehouse.query<Applied>(
    `select name, kind, hash from (select name, kind, hash from model.applied order by applied_at desc limit 1 by name)
     where hash != '' and (
       kind = 'function' and name in (select name from system.functions)
       or (splitByChar('.', name)[1], splitByChar('.', name)[-1]) in (select database, name from system.tables where database in ('reference', 'fact', 'mart'))
     ) order by name`,
  );
}

/** Remembers that the model stands with this hash; '' that it is gone or being made. */
export async function remember(
  warehouse: Warehouse,
  model: { readonly name: string; readonly kind: string },
  hash: string,
): Promise<void> {
  await warehouse.command(
    `insert into model.applied (name, kind, hash, applied_at) values ({name:String}, {kind:String}, {hash:String}, now64(6))`,
    { name: model.name, kind: model.kind, hash },
  );
}
