import { WarehouseError } from '../error.ts';
import type { Warehouse } from '../warehouse.ts';

/** What the tables hold: the actions of these accounts, and the changes of their table rows or not. */
export type Watch = { readonly accounts: readonly string[]; readonly rows: boolean };

/** What was noted at the last start; null before the first. */
export async function readWatch(warehouse: Warehouse): Promise<Watch | null> {
  await prepare(warehouse);
  const [noted] = await warehouse.query<{ accounts: string[]; rows: boolean }>(
    'select accounts, rows from chain.watch order by noted_at desc limit 1',
  );
  return noted ?? null;
}

/**
 * Notes what the tables are filled with. Throws WarehouseError `OTHER_WATCH` when it was other accounts before: one that is added later
 * would lack its past, and one that is left out its future, with nothing in the tables to show it.
 */
export async function settleWatch(warehouse: Warehouse, watch: Watch): Promise<void> {
  const accounts = [...new Set(watch.accounts)].sort();
  const noted = await readWatch(warehouse);
  if (noted !== null && noted.accounts.join() !== accounts.join()) {
    throw new WarehouseError(
      `These tables are filled with the actions of ${noted.accounts.join(', ')}; asked for are ${accounts.join(', ')}. ` +
        'Watch the same accounts, or read the chain into an empty warehouse.',
      'OTHER_WATCH',
    );
  }
  if (noted?.rows === watch.rows) return;
  await warehouse.command(
    'insert into chain.watch (accounts, rows, noted_at) values ({accounts:Array(String)}, {rows:Bool}, now64(3))',
    { accounts, rows: watch.rows },
  );
}

async function prepare(warehouse: Warehouse): Promise<void> {
  await warehouse.command('create database if not exists chain');
  await warehouse.command(
    "create table if not exists chain.watch (accounts Array(String), rows Bool, noted_at DateTime64(3, 'UTC')) engine = MergeTree order by noted_at",
  );
}
