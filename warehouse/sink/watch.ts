import { WarehouseError } from '../error.ts';
import type { Warehouse } from '../warehouse.ts';

/** The accounts whose actions these tables hold; none before the first start. */
export async function watchedAccounts(warehouse: Warehouse): Promise<readonly string[]> {
  await prepare(warehouse);
  const rows = await warehouse.query<{ account: string }>(
    'select distinct account from chain.watch order by account',
  );
  return rows.map((row) => row.account);
}

/**
 * Notes the accounts that the tables are filled with. Throws WarehouseError `OTHER_WATCH` when they were filled with others: an account
 * that is added later would lack its past, and one that is left out its future, with nothing in the tables to show it.
 */
export async function settleWatch(warehouse: Warehouse, accounts: readonly string[]): Promise<void> {
  const wanted = [...new Set(accounts)].sort();
  const noted = await watchedAccounts(warehouse);
  if (noted.join() === wanted.join()) return;
  if (noted.length > 0) {
    throw new WarehouseError(
      `These tables are filled with the actions of ${noted.join(', ')}; asked for are ${wanted.join(', ')}. ` +
        'Watch the same accounts, or read the chain into an empty warehouse.',
      'OTHER_WATCH',
    );
  }
  await warehouse.command('insert into chain.watch select arrayJoin({accounts:Array(String)}), now64(3)', {
    accounts: wanted,
  });
}

async function prepare(warehouse: Warehouse): Promise<void> {
  await warehouse.command('create database if not exists chain');
  await warehouse.command(
    "create table if not exists chain.watch (account String, noted_at DateTime64(3, 'UTC')) engine = MergeTree order by account",
  );
}
