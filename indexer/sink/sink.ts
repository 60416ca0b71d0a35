/**
 * Where the indexer's rows go. The warehouse implements this port; tests implement it in memory.
 * The indexer decides what a batch is, the sink makes its effect happen exactly once.
 */

/** A column of a decoded table; `type` is ClickHouse's type text. */
export type Column = { readonly name: string; readonly type: string };

/**
 * A decoded table; `name` has no database (`market_logissue`). Its tail twin is `<name>_tail`, with the same columns. When an incompatible
 * ABI began another table for the same action, `versions` names them all, oldest first: the view `<first>_all` shows them as one.
 */
export type TableSpec = {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly orderBy: readonly string[];
  /** Set where the rows are changes of a contract's table: which one. Several tables may tell of one, each in its time. */
  readonly rowsOf?: { readonly contract: string; readonly table: string };
  readonly versions?: readonly string[];
};

/** Rows of one table in ClickHouse's RowBinary, columns in the order of its spec. */
export type RowSet = { readonly table: string; readonly rows: number; readonly bytes: Uint8Array };

/** A block: number and id (64 hex digits). */
export type Position = { readonly blockNum: number; readonly blockId: string };

/**
 * What a batch is going to be, written down before its first row. The same intent always stands for the same rows:
 * a restart repeats it with the same tokens, `chain:first-last:schema:epoch`.
 */
export type Intent = {
  readonly chainId: string;
  readonly first: number;
  readonly last: number;
  readonly schema: string;
  readonly epoch: number;
};

/** Irreversible rows of blocks `intent.first`…`intent.last`; `end` is the last block's position. */
export type Batch = {
  readonly intent: Intent;
  readonly end: Position;
  readonly rows: readonly RowSet[];
};

/** An ABI in force from an action on; `bytes` is the packed abi_def. */
export type AbiVersion = {
  readonly account: string;
  readonly abiSequence: number;
  readonly blockNum: number;
  readonly globalSequence: bigint;
  readonly bytes: Uint8Array;
};

/** What the tables hold: the committed position, the intent that a stop left open, and the ABIs seen so far. */
export type Standing = {
  readonly cursor: Position | null;
  readonly openIntent: Intent | null;
  /** More ranges to be repeated exactly, after the open one, when a history is read again to be compared. */
  readonly again?: readonly Intent[];
  readonly epoch: number;
  readonly abis: readonly AbiVersion[];
};

export interface Sink {
  /** Reads the standing and empties the tails (the chain sends its reversible blocks again). Refuses another chain's id. */
  open(chainId: string): Promise<Standing>;
  /** Creates the table and its tail twin, or widens them with nullable columns; safe to repeat. */
  ensureTable(spec: TableSpec): Promise<void>;
  /** Writes intent, rows and cursor, in that order. Repeating it with the same intent changes nothing. */
  commit(batch: Batch): Promise<void>;
  /** Adds one reversible block's rows to the tails. */
  appendTail(blockNum: number, rows: readonly RowSet[]): Promise<void>;
  /** A fork: removes the tails' rows of blocks ≥ `fromBlock`. */
  dropTailFrom(fromBlock: number): Promise<void>;
  /** Finality: removes the tails' rows of blocks ≤ `throughBlock`, after their commit. */
  promoteTail(throughBlock: number): Promise<void>;
}
