import type { RowSet } from '../../indexer/sink/sink.ts';
import { qualified } from '../door/statement.ts';
import type { Warehouse } from '../warehouse.ts';
import { CHAIN, TAIL } from './tables.ts';

/**
 * Compares the tables' rows of blocks `first`…`last` with what the batch holds, and names the tables that differ.
 * After a kill a token may be remembered whose part never appeared: the repeat is then dropped in silence.
 */
export async function differingTables(
  warehouse: Warehouse,
  rows: readonly RowSet[],
  first: number,
  last: number,
): Promise<string[]> {
  const expected = new Map(rows.map((set) => [set.table, set.rows]));
  const differing: string[] = [];
  for (const table of await decodedTables(warehouse)) {
    const [found] = await warehouse.query<{ rows: string }>(
      `select count() as rows from ${qualified(`${CHAIN}.${table}`)} where block_num between {first:UInt32} and {last:UInt32}`,
      { first, last },
    );
    if (Number(found?.rows ?? 0) !== (expected.get(table) ?? 0)) differing.push(table);
  }
  return differing;
}

/** Removes irreversible rows of the blocks; only ever blocks behind which no cursor stands. */
export async function deleteBlocks(
  warehouse: Warehouse,
  tables: readonly string[],
  first: number,
  last: number,
): Promise<void> {
  for (const table of tables) {
    await warehouse.command(
      `alter table ${qualified(`${CHAIN}.${table}`)} delete where block_num between {first:UInt32} and {last:UInt32} settings mutations_sync = 2`,
      { first, last },
    );
  }
}

/** Irreversible tables that hold blocks: all of `chain` with a block_num, tails and views apart. */
export async function decodedTables(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.query<{ table: string }>(
    `select distinct table from system.columns
     where database = {database:String} and name = 'block_num' and not endsWith(table, {tail:String})
       and table in (select name from system.tables where database = {database:String} and engine != 'View')
     order by table`,
    { database: CHAIN, tail: TAIL },
  );
  return rows.map((row) => row.table);
}
