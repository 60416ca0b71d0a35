import { qualified } from '../door/statement.ts';
import type { Warehouse } from '../warehouse.ts';
import { decodedTables } from './repair.ts';
import { CHAIN } from './tables.ts';

/** Something missing or too much in the tables; a sentence for an operator. */
export type Gap = { readonly table: string; readonly what: string };

type Break = { after: number; next: number };

/**
 * Holds the committed tables to what the cursor's manifests say, without the chain: batches join, blocks are consecutive and each links to
 * the one before, every table has as many rows as were committed. Rows that were decoded later, of actions kept raw, are left out of the
 * count. Reads counts and the blocks' ids, not the rows; `verify` compares those with the chain.
 */
export async function findGaps(warehouse: Warehouse): Promise<readonly Gap[]> {
  const [end] = await warehouse.query<{ last: number; batches: string }>(
    'select max(last) as last, count() as batches from chain.cursor',
  );
  if (end === undefined || end.batches === '0') return [];
  return [
    ...(await batchGaps(warehouse)),
    ...(await blockGaps(warehouse, end.last)),
    ...(await countGaps(warehouse, end.last)),
  ];
}

async function batchGaps(warehouse: Warehouse): Promise<Gap[]> {
  const breaks = await warehouse.query<Break>(
    `select toUInt32(before) as after, first as next from (
       select first, last, lagInFrame(last, 1, 0) over (order by last rows between 1 preceding and current row) as before from chain.cursor
     ) where before != 0 and first != before + 1 order by next limit 10`,
  );
  return breaks.map(({ after, next }) => ({
    table: 'cursor',
    what: `a batch ends with block ${after} and the next begins with ${next}`,
  }));
}

async function blockGaps(warehouse: Warehouse, last: number): Promise<Gap[]> {
  const breaks = await warehouse.query<Break & { links: number }>(
    `select toUInt32(before) as after, block_num as next, prev_id = before_id as links from (
       select block_num, prev_id,
         lagInFrame(block_num, 1, 0) over w as before,
         lagInFrame(block_id, 1, prev_id) over w as before_id
       from chain.block where block_num <= {last:UInt32}
       window w as (order by block_num rows between 1 preceding and current row)
     ) where before != 0 and (block_num != before + 1 or prev_id != before_id) order by next limit 10`,
    { last },
  );
  return breaks.map(({ after, next }) => ({
    table: 'block',
    what:
      next === after + 1
        ? `block ${next} does not link to ${after}`
        : `block ${after} is followed by ${next}`,
  }));
}

async function countGaps(warehouse: Warehouse, last: number): Promise<Gap[]> {
  const manifests = await warehouse.query<{ table: string; rows: string }>(
    `select entry.1 as table, sum(entry.2) as rows from (
       select arrayJoin(JSONExtract(manifest, 'Array(Tuple(table String, rows UInt64))')) as entry from chain.cursor
     ) group by table`,
  );
  const expected = new Map(manifests.map(({ table, rows }) => [table, Number(rows)]));
  const present = new Set(await decodedTables(warehouse));
  const gaps: Gap[] = [];
  for (const table of new Set([...expected.keys(), ...present])) {
    const committed = expected.get(table) ?? 0;
    const found = present.has(table) ? await rowsIn(warehouse, table, last) : 0;
    if (found === committed) continue;
    const late = found > committed ? await decodedLater(warehouse, table, last) : 0;
    if (found - late !== committed)
      gaps.push({ table, what: `${committed} rows were committed, ${found - late} are there` });
  }
  return gaps;
}

async function rowsIn(warehouse: Warehouse, table: string, last: number): Promise<number> {
  const [row] = await warehouse.query<{ rows: string }>(
    `select count() as rows from ${qualified(`${CHAIN}.${table}`)} where block_num <= {last:UInt32}`,
    { last },
  );
  return Number(row?.rows ?? 0);
}

/** An action that was kept raw had no decoded row: one that is there now came from decoding it again. */
async function decodedLater(warehouse: Warehouse, table: string, last: number): Promise<number> {
  if (!(await actionTables(warehouse)).has(table)) return 0;
  const [row] = await warehouse.query<{ rows: string }>(
    `select count() as rows from ${qualified(`${CHAIN}.${table}`)}
     where block_num <= {last:UInt32} and global_sequence in (select global_sequence from chain.action where raw != '')`,
    { last },
  );
  return Number(row?.rows ?? 0);
}

/** Tables of one action's decoded rows: each has the sequence and the transaction of its action. */
export async function actionTables(warehouse: Warehouse): Promise<ReadonlySet<string>> {
  const rows = await warehouse.query<{ table: string }>(
    `select table from system.columns where database = {database:String} and name in ('global_sequence', 'tx_id')
     group by table having count() = 2 and table != 'action'`,
    { database: CHAIN },
  );
  return new Set(rows.map((row) => row.table));
}
