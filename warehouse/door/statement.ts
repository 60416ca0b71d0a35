import type { Column } from '../../indexer/sink/sink.ts';
import type { BinaryInsert } from '../warehouse.ts';

/**
 * Settings always stand in the statement's own clause: through chDB's connection a client's settings become `SET`
 * on the session and leak into its every later statement.
 */
const READ_SETTINGS =
  'output_format_json_quote_64bit_integers=1, output_format_json_quote_decimals=1, output_format_json_quote_denormals=0';

/** A select with the door's settings; the statement itself carries no SETTINGS and no FORMAT clause. */
export function readStatement(sql: string): string {
  return `${sql.trim().replace(/;$/, '')}\nsettings ${READ_SETTINGS}`;
}

/** Backquoted for use as an identifier; the chain's names come through here, so it holds for any text. */
export function identifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}

/** `chain.market_logissue` → `` `chain`.`market_logissue` ``. */
export function qualified(table: string): string {
  return table.split('.').map(identifier).join('.');
}

/** A string literal. */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** The structure text of `file()` and `input()`. */
export function structureOf(columns: readonly Column[]): string {
  return columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ');
}

/**
 * The insert of one block, `source` being `file(…)` or `input(…)`. The rows must stay one block: a repeat that cuts
 * them elsewhere has other block ids, and the token no longer protects the table or its views.
 */
export function insertStatement(insert: BinaryInsert, source: string): string {
  const columns = insert.columns.map((column) => identifier(column.name)).join(', ');
  const rows = Math.max(insert.rows, 1);
  return `insert into ${qualified(insert.table)} (${columns})
settings insert_deduplication_token=${literal(insert.token)}, deduplicate_blocks_in_dependent_materialized_views=1,
  async_insert=0, max_threads=1, max_insert_threads=1, input_format_parallel_parsing=0, max_block_size=${String(rows)},
  max_insert_block_size=${String(rows)}, min_insert_block_size_rows=${String(rows)}, min_insert_block_size_bytes=0
select ${columns} from ${source}`;
}
