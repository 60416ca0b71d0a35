import { identifier, literal, qualified } from '../door/statement.ts';
import type { TableSpec } from '../../indexer/sink/sink.ts';
import type { Warehouse } from '../warehouse.ts';
import { jsonText } from './json-text.ts';

/** Columns of a table of changed rows before the row's own fields. */
const lead = ['block_num', 'block_time', 'scope', 'primary_key', 'payer', 'is_present'];

/** What a table of changed rows says of itself, in its comment: the view is a function of what stands in the database alone. */
export function rowsComment({ contract, table }: NonNullable<TableSpec['rowsOf']>): string {
  return `rows of ${contract} ${table}`;
}

type Column = {
  readonly table: string;
  readonly comment: string;
  readonly name: string;
  readonly type: string;
};

/**
 * Brings `chain.row_history` in line with the tables: every change of every watched row, whatever its table, the row's fields as JSON text;
 * a raw row is the JSON text of its bytes' hex, with `is_decoded` false.
 */
export async function keepRowHistory(warehouse: Warehouse): Promise<void> {
  const columns = await warehouse.query<Column>(
    `select columns.table as table, tables.comment as comment, columns.name as name, columns.type as type
     from system.columns as columns
     inner join system.tables as tables on tables.database = columns.database and tables.name = columns.table
     where columns.database = 'chain' and startsWith(tables.comment, 'rows of ')
     order by columns.table, columns.position`,
  );
  await warehouse.command(
    `create or replace view chain.row_history as\n${branches(columns).join('\nunion all\n')}`,
  );
}

function branches(columns: readonly Column[]): string[] {
  const byTable = Map.groupBy(columns, ({ table }) => table);
  const decoded = [...byTable].map(([name, own]) => {
    const [contract = '', table = ''] = (own[0]?.comment ?? '').slice('rows of '.length).split(' ');
    const fields = own
      .filter((column) => !lead.includes(column.name))
      .map((column) => ({ ...column, expression: `changed.${identifier(column.name)}` }));
    return branch(name, literal(contract), literal(table), jsonText(fields), true);
  });
  const raw = branch(
    'row_raw',
    'changed.contract',
    'changed.`table`',
    'toJSONString(lower(hex(changed.raw)))',
    false,
  );
  return [...decoded, raw];
}

/** Columns are named with their table: a row may have fields of any name. */
function branch(from: string, contract: string, table: string, value: string, isDecoded: boolean): string {
  return `select
  changed.block_num as block_num, changed.block_time as block_time,
  cast(${contract}, 'LowCardinality(String)') as contract, cast(${table}, 'LowCardinality(String)') as \`table\`,
  changed.scope as scope, changed.primary_key as primary_key, changed.payer as payer,
  changed.is_present as is_present, ${value} as value, ${String(isDecoded)} as is_decoded
from ${qualified(`chain.${from}`)} as changed`;
}
