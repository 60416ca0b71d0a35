import type { Column } from '../indexer/sink/sink.ts';

/** A value bound to `{name:Type}` in a statement; the engine parses it, so text is never SQL. */
export type Param = string | number | boolean | null | readonly string[] | readonly number[];
export type Params = Readonly<Record<string, Param>>;

/** Rows for one table as one block of ClickHouse's Native format (`nativeBlock`); a repeated `token` inserts nothing, in the table and in its views. */
export type BinaryInsert = {
  /** Qualified, `chain.market_logissue`. */
  readonly table: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly bytes: Uint8Array;
  readonly token: string;
};

/** ClickHouse behind one door: embedded (chDB, a folder) or a server by URL, with the same SQL. */
export interface Warehouse {
  readonly mode: 'embedded' | 'server';
  /** Rows as objects. 64-bit integers and decimals arrive as text, so that no digit is lost. */
  query<Row>(sql: string, params?: Params): Promise<Row[]>;
  command(sql: string, params?: Params): Promise<void>;
  insert(insert: BinaryInsert): Promise<void>;
  close(): Promise<void>;
}
