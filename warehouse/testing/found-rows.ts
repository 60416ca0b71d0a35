import { readRows } from '../../indexer/testing/row-binary.ts';
import type { Cell } from '../../indexer/testing/row-binary.ts';
import type { Found, FoundTable } from '../../indexer/simulation/compare.ts';
import { identifier, qualified } from '../door/statement.ts';
import { TAIL } from '../sink/tables.ts';
import type { Warehouse } from '../warehouse.ts';

type Column = { readonly table: string; readonly name: string; readonly type: string };
type Row = Readonly<Record<string, Cell>>;

/** Rows of a table to the last byte, whatever the texts in them: as RowBinary, which JSON cannot bend. */
async function rowsOf(warehouse: Warehouse, table: string, columns: readonly Column[]): Promise<Row[]> {
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  const rows = await warehouse.query<{ bytes: string }>(
    `select hex(formatRow('RowBinary', ${names})) as bytes from ${qualified(`chain.${table}`)}`,
  );
  return rows.flatMap(({ bytes }) => readRows(columns, { bytes: Buffer.from(bytes, 'hex') }, 'latin1'));
}

/** What the indexer left in `chain`: decoded tables and their tails; the sink's own books and views are left out. */
export async function foundIn(warehouse: Warehouse): Promise<Found> {
  const columns = await warehouse.query<Column>(
    `select table, name, type from system.columns
     where database = 'chain' and table not in ('batch', 'cursor')
       and table in (select name from system.tables where database = 'chain' and engine like '%MergeTree')
     order by table, position`,
  );
  const tables = new Map<string, FoundTable>();
  const tails = new Map<number, (readonly [string, Row])[]>();
  for (const table of new Set(columns.map((column) => column.table))) {
    const own = columns.filter((column) => column.table === table);
    const rows = await rowsOf(warehouse, table, own);
    if (table.endsWith(TAIL)) {
      for (const row of rows) {
        const blockNum = Number(row['block_num']);
        const held = tails.get(blockNum) ?? [];
        tails.set(blockNum, [...held, [table.slice(0, -TAIL.length), row]]);
      }
    } else tables.set(table, { columns: own, rows });
  }
  return { tables, tails };
}
