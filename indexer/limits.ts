/** Bounds of one indexer's work. */
export type Limits = {
  /** A batch of catch-up ends at this many rows, bytes or blocks. */
  readonly rows: number;
  readonly bytes: number;
  readonly blocks: number;
  /** Longest time between two commits while blocks keep coming, ms: progress is seen, and a stop loses little work. */
  readonly commitMs: number;
  /** Messages that the endpoint may send ahead of our acknowledgement. */
  readonly inFlight: number;
  /** Bytes of messages that a connection holds unread; beyond them it reads nothing from the network. */
  readonly inboxBytes: number;
  /** Bytes of reversible blocks held before the endpoint is given up as stuck. */
  readonly heldBytes: number;
  /** Blocks that one connection reads ahead in a catch-up over several. */
  readonly rangeBlocks: number;
  /** Silence after which the endpoint is asked whether it lives, ms. */
  readonly silenceMs: number;
  /** How long head and finality may stand still before the endpoint counts as stuck, ms. */
  readonly stuckMs: number;
  /** Pauses between attempts to connect double from the first to the longest, ms. */
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
};

export const usualLimits: Limits = {
  rows: 100_000,
  bytes: 32 << 20,
  blocks: 20_000,
  commitMs: 500,
  inFlight: 128,
  inboxBytes: 32 << 20,
  heldBytes: 512 << 20,
  rangeBlocks: 500,
  silenceMs: 5_000,
  stuckMs: 60_000,
  retryFirstMs: 100,
  retryMostMs: 10_000,
};
