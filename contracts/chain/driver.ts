/**
 * The one way the rest of the project talks to a chain: the embedded devnet and a real Antelope node
 * (contracts/nodeos, or any node by URL) both implement `ChainDriver`, so specs, scenario and tests run on either.
 */

/** An account's permission, as in an action's `authorization`. */
export type Permission = { readonly actor: string; readonly permission: string };

/** An action with its data as plain JSON by the contract's ABI (assets as "1.000 KG", names and 64-bit numbers as text). */
export type Action = {
  readonly account: string;
  readonly name: string;
  readonly authorization: readonly Permission[];
  readonly data: Readonly<Record<string, unknown>>;
};

/** What a chain says of an accepted transaction. `blockTime` is ISO 8601 in UTC. */
export type Receipt = {
  readonly transactionId: string;
  readonly blockNum: number;
  readonly blockTime: string;
};

export type ChainInfo = {
  readonly chainId: string;
  readonly headBlockNum: number;
  readonly headBlockTime: string;
  readonly lastIrreversibleBlockNum: number;
};

/** Selects rows of a contract's table by primary key; bounds are inclusive, as in nodeos' get_table_rows. */
export type RowQuery = {
  readonly code: string;
  readonly scope: string;
  readonly table: string;
  readonly lowerBound?: string;
  readonly upperBound?: string;
  readonly limit?: number;
};

export interface ChainDriver {
  readonly kind: 'devnet' | 'nodeos';
  info(): Promise<ChainInfo>;
  /**
   * Signs and sends one transaction; resolves when a block has taken it.
   * `keys` are private keys in WIF or PVT_K1_ form. Throws `ChainError` with the chain's own reason.
   */
  transact(actions: readonly Action[], keys: readonly string[]): Promise<Receipt>;
  /** Rows as JSON by the ABI, in order of primary key. */
  rows(query: RowQuery): Promise<readonly Record<string, unknown>[]>;
  /** Time travel: the next block gets this time (ms since 1970). Only the devnet has it. */
  travel?(to: number): Promise<void>;
  close(): Promise<void>;
}

/** A refusal, in nodeos' terms: `code` 3050003 `eosio_assert_message_exception` is a contract's own check. */
export class ChainError extends Error {
  override readonly name = 'ChainError';
  readonly code: number;
  readonly exception: string;
  readonly details: readonly string[];

  constructor(code: number, exception: string, what: string, details: readonly string[]) {
    super(details.length > 0 ? details.join('; ') : what);
    this.code = code;
    this.exception = exception;
    this.details = details;
  }
}
