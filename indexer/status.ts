/**
 * What the indexer is doing. `idle`: all is read and nothing new is made; `stalled`: it cannot get on and tries again; `server-stuck`: the
 * endpoint answers, but its head or finality stands still. The last two come with the reason in `error`.
 */
export type IndexerState = 'idle' | 'catching-up' | 'live' | 'stalled' | 'server-stuck';

/** Block numbers are 0 before they are known. */
export type IndexerStatus = {
  readonly state: IndexerState;
  /** The endpoint's newest and last irreversible block. */
  readonly head: number;
  readonly lib: number;
  /** Last block whose rows are in the tables for good. */
  readonly committed: number;
  /** Final blocks that are not committed yet. */
  readonly lag: number;
  /** Reversible blocks in the tails. */
  readonly tail: number;
  /** Watched actions read from irreversible blocks since the start, and how many a second lately. */
  readonly actions: number;
  readonly rate: number;
  /** Of these, the ones kept raw because no ABI could decode them. */
  readonly undecoded: number;
  /** Changed rows of watched accounts' tables read from irreversible blocks since the start, and those of them kept raw. */
  readonly rows: number;
  readonly undecodedRows: number;
  /** The endpoint in use: its place in the list, from 1. */
  readonly endpoint: number;
  /** Sessions that ended with an error since the start. */
  readonly failures: number;
  readonly error: string | null;
};

/** Least time between two reports while catching up, ms. */
const reportMs = 250;
/** The rate is taken over at least this time, ms. */
const rateMs = 1000;

/** Keeps the status and reports it: at once when asked, else not more often than every 250 ms. */
export type StatusBoard = ReturnType<typeof createStatusBoard>;

export function createStatusBoard(onStatus: (status: IndexerStatus) => void, now: () => number) {
  let status: IndexerStatus = {
    state: 'idle',
    head: 0,
    lib: 0,
    committed: 0,
    lag: 0,
    tail: 0,
    actions: 0,
    rate: 0,
    undecoded: 0,
    rows: 0,
    undecodedRows: 0,
    endpoint: 1,
    failures: 0,
    error: null,
  };
  let reportedAt = Number.NEGATIVE_INFINITY;
  let measured = { at: now(), actions: 0 };

  function rate(actions: number): number {
    const passed = now() - measured.at;
    if (passed < rateMs) return status.rate;
    const perSecond = Math.round(((actions - measured.actions) * 1000) / passed);
    measured = { at: now(), actions };
    return perSecond;
  }

  function set(change: Partial<Omit<IndexerStatus, 'rate' | 'lag'>>, atOnce = false): void {
    const turned = change.state !== undefined && change.state !== status.state;
    status = { ...status, ...change };
    status = { ...status, rate: rate(status.actions), lag: Math.max(0, status.lib - status.committed) };
    if (!atOnce && !turned && now() - reportedAt < reportMs) return;
    reportedAt = now();
    onStatus(status);
  }

  return { get: () => status, set };
}
