import { identifier, qualified } from '../door/statement.ts';
import type { Warehouse } from '../warehouse.ts';
import { CHAIN, TAIL } from './tables.ts';

type Parts = { readonly table: string; readonly partitions: readonly string[]; readonly all: number };

/** Removes every reversible row: the chain sends its reversible blocks again after a start. */
export async function emptyTails(warehouse: Warehouse): Promise<void> {
  for (const { table } of await tailParts(warehouse, 0, MAX_BLOCK)) await truncate(warehouse, table);
}

/** Removes the tails' rows of blocks `from`…`through`. */
export async function dropTails(warehouse: Warehouse, from: number, through: number): Promise<void> {
  for (const { table, partitions, all } of await tailParts(warehouse, from, through)) {
    if (partitions.length === all) await truncate(warehouse, table);
    else {
      const drops = partitions.map((partition) => `drop partition ${String(Number(partition))}`).join(', ');
      await warehouse.command(`alter table ${qualified(`${CHAIN}.${table}`)} ${drops}`);
    }
  }
}

export const MAX_BLOCK = 0xffff_ffff;

async function truncate(warehouse: Warehouse, table: string): Promise<void> {
  await warehouse.command(`truncate table ${identifier(CHAIN)}.${identifier(table)}`);
}

async function tailParts(warehouse: Warehouse, from: number, through: number): Promise<Parts[]> {
  return warehouse.query<Parts>(
    `select
       table,
       groupUniqArrayIf(partition, toUInt32OrZero(partition) between {from:UInt32} and {through:UInt32}) as partitions,
       uniqExact(partition) as all
     from system.parts
     where database = {database:String} and active and endsWith(table, {tail:String})
     group by table
     having notEmpty(partitions)
     order by table`,
    { from, through, database: CHAIN, tail: TAIL },
  );
}
