/** What the process says of itself; the composition root fills it, the API and the pages show it. */
export type Phase = 'starting' | 'building' | 'catching-up' | 'live' | 'stalled' | 'failed';

/** Times are ISO 8601 in UTC; `null` = not known yet. Block numbers fit in 32 bits. */
export type SystemStatus = {
  readonly phase: Phase;
  readonly chain: {
    readonly kind: 'devnet' | 'nodeos';
    readonly chainId: string | null;
    readonly head: number;
    readonly headTime: string | null;
    readonly lib: number;
  };
  readonly indexer: {
    /** Last irreversible block whose rows are all in the warehouse; 0 = none. */
    readonly committed: number;
    readonly committedTime: string | null;
    /** Irreversible blocks of the chain that are not committed yet. */
    readonly lagBlocks: number;
    /** Actions kept raw, because no ABI could read them. */
    readonly undecoded: number;
    /** What it is doing: `server-stuck` = the node answers, but its blocks or its finality stand still. */
    readonly state: 'idle' | 'catching-up' | 'live' | 'stalled' | 'server-stuck';
    /** Watched actions committed since the start, and how many a second lately. */
    readonly actions: number;
    readonly rate: number;
    /** Changed rows of the contracts' tables committed since the start, and those of them kept raw. */
    readonly rows: number;
    readonly undecodedRows: number;
    /** Reversible blocks that are shown as pending. */
    readonly tailBlocks: number;
    /** The state-history endpoint in use, its place in the list from 1, and sessions that ended with an error. */
    readonly endpoint: number;
    readonly failures: number;
  };
  /** Present while the region is built or history is read; `label` is a key of the message catalogue or plain text. */
  readonly progress?: { readonly done: number; readonly total: number; readonly label: string };
  /** The data are invented: the demo region. */
  readonly fictional: boolean;
  /** One line for a person, without personal data or addresses. */
  readonly error?: string;
};

/**
 * What open pages are told. `final`: rows of blocks ≤ `block` are in the facts, `acts` of them are new; when it is sent,
 * `status().indexer.committed` is already ≥ `block`. `pending`: the tails changed. `status`: phase or progress changed.
 */
export type LiveEvent =
  | { readonly type: 'final'; readonly block: number; readonly time: string; readonly acts: number }
  | { readonly type: 'pending'; readonly block: number; readonly acts: number }
  | { readonly type: 'status' };

/** Calls `listener` for every event until the returned function is called. */
export type Subscribe = (listener: (event: LiveEvent) => void) => () => void;
