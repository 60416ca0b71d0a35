import { createSchema } from './abi/schema.ts';
import { coreTables } from './abi/tables.ts';
import { createBlockRows } from './blocks/block-rows.ts';
import { createFollower } from './blocks/follow.ts';
import type { Follower } from './blocks/follow.ts';
import { FatalError, RetryableError } from './errors.ts';
import { createRowChanges } from './rows/row-changes.ts';
import { askStatus, stream } from './session.ts';
import { connect } from './ship/connection.ts';
import type { Connection } from './ship/connection.ts';
import { createBatcher } from './sink/batcher.ts';
import { createSinkQueue } from './sink/queue.ts';
import type { SinkQueue } from './sink/queue.ts';
import type { Sink } from './sink/sink.ts';
import { createWriter } from './sink/writer.ts';
import type { Writer } from './sink/writer.ts';
import { createStatusBoard } from './status.ts';
import type { IndexerStatus } from './status.ts';

export type { IndexerState, IndexerStatus } from './status.ts';

/** The part of a logger that is used; pino fits. */
export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type Limits = {
  /** A batch of catch-up ends at this many rows, bytes or blocks. */
  readonly rows: number;
  readonly bytes: number;
  readonly blocks: number;
  /** Longest time between two commits while blocks keep coming, ms: progress is seen, and a stop loses little work. */
  readonly commitMs: number;
  /** Messages that the endpoint may send ahead of our acknowledgement. */
  readonly inFlight: number;
  /** Bytes of reversible blocks held before the endpoint is given up as stuck. */
  readonly heldBytes: number;
  /** Silence after which the endpoint is asked whether it lives, ms. */
  readonly silenceMs: number;
  /** Pauses between attempts to connect double from the first to the longest, ms. */
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
};

const usual: Limits = {
  rows: 100_000,
  bytes: 32 << 20,
  blocks: 20_000,
  commitMs: 500,
  inFlight: 128,
  heldBytes: 512 << 20,
  silenceMs: 5_000,
  retryFirstMs: 100,
  retryMostMs: 10_000,
};

export type IndexerOptions = {
  /** State history's WebSocket address. */
  readonly shipUrl: string;
  /** The chain that must be there, 64 hex digits; without it the endpoint's own is taken. */
  readonly chainId?: string;
  /** Accounts whose actions become rows. */
  readonly watched: readonly string[];
  readonly sink: Sink;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly onStatus?: (status: IndexerStatus) => void;
  /** Whether the changes of the accounts' table rows become rows too, from the block on where it is set; true unless told. */
  readonly rows?: boolean;
  /** Where empty tables begin; the chain's beginning unless told. */
  readonly startBlock?: number;
  readonly limits?: Partial<Limits>;
};

export type Indexer = {
  /** Runs until the signal (resolves) or an error that trying again cannot help (rejects). Call it once. */
  readonly run: () => Promise<void>;
  readonly status: () => IndexerStatus;
};

/** What is built once the chain is known, and lives through reconnections. */
type Engine = { readonly follower: Follower; readonly writer: Writer; readonly queue: SinkQueue };

/** Streams the watched accounts' actions of a chain into the sink: every irreversible row once, in block order. */
export function createIndexer(options: IndexerOptions): Indexer {
  const { shipUrl, sink, signal, log, rows = true, onStatus = () => undefined } = options;
  const limits: Limits = { ...usual, ...options.limits };
  const board = createStatusBoard(onStatus, () => performance.now());
  let engine: Engine | null = null;
  let chainId = options.chainId;
  let attempts = 0;

  async function begin(chain: string): Promise<Engine> {
    const standing = await sink.open(chain);
    const schema = createSchema(options.watched, rows);
    for (const spec of coreTables) await sink.ensureTable(spec);
    // What an open batch has brought above the cursor comes again with its blocks, and must not be counted twice.
    const abis = standing.abis
      .filter(({ blockNum }) => blockNum <= (standing.cursor?.blockNum ?? 0))
      .toSorted((a, b) => a.blockNum - b.blockNum || (a.globalSequence < b.globalSequence ? -1 : 1));
    for (const version of abis) schema.apply(version);
    for (const { layout } of schema.tables.slice(coreTables.length)) await sink.ensureTable(layout.spec);
    const { cursor, openIntent: redo, epoch } = standing;
    const queue = createSinkQueue(2, () => {
      if (!signal.aborted) writer.settle(caughtUp(follower));
    });
    const writer = createWriter({
      sink,
      schema,
      queue,
      batcher: createBatcher({ chainId: chain, epoch, schema, limits, redo }),
      blockRows: createBlockRows(schema),
      rowChanges: rows ? createRowChanges(schema) : null,
      commitMs: limits.commitMs,
      now: () => performance.now(),
      onCommitted: (end) => {
        board.set({ committed: end.blockNum, ...writer.counts }, caughtUp(follower));
      },
      onTails: () => {
        board.set({ tail: follower.held().blocks }, true);
      },
    });
    const follower = createFollower(
      cursor,
      redo !== null && cursor === null ? redo.first : (options.startBlock ?? 1),
    );
    board.set({ committed: cursor?.blockNum ?? 0 });
    log.info({ chain, cursor, redo, tables: schema.tables.length }, 'indexing');
    return { follower, writer, queue };
  }

  /** True when every block known to be final is in a batch. */
  function caughtUp(follower: Follower): boolean {
    return (follower.final()?.blockNum ?? 0) >= board.get().lib;
  }

  async function identify(connection: Connection): Promise<string> {
    const status = await askStatus(connection, limits.silenceMs);
    const found = status.chainId ?? chainId;
    if (found === undefined) {
      throw new FatalError(
        `${shipUrl} does not tell its chain id: set the chain id to run without that check`,
      );
    }
    if (chainId !== undefined && chainId !== found) {
      throw new FatalError(
        `${shipUrl} serves chain ${found}, expected ${chainId}: set the address of the right chain`,
      );
    }
    board.set({ head: status.head.blockNum, lib: status.lib.blockNum });
    return found;
  }

  function progress(follower: Follower, head: number, lib: number, isQuiet: boolean): void {
    attempts = 0;
    const reached = follower.top()?.blockNum ?? 0;
    // A few blocks that arrived together do not make a live stream a lagging one.
    const slack = board.get().state === 'live' ? 10 : 0;
    const isCaughtUp = reached + slack >= head && (follower.final()?.blockNum ?? 0) + slack >= lib;
    const state = !isCaughtUp ? 'catching-up' : isQuiet ? 'idle' : 'live';
    board.set({ state, head, lib, tail: follower.held().blocks, error: null }, isCaughtUp);
  }

  async function session(): Promise<void> {
    const connection = await connect(shipUrl, signal);
    try {
      chainId = await identify(connection);
      const { follower, writer, queue } = (engine ??= await begin(chainId));
      await stream({
        connection,
        follower,
        writer,
        queue,
        rows,
        limits,
        onProgress: ({ head, lib, isQuiet }) => {
          progress(follower, head, lib, isQuiet);
        },
      });
      log.info({ resume: follower.resume().start }, 'asking for the stream anew');
    } finally {
      connection.close();
    }
  }

  /** Waits before the next attempt, shorter when the signal comes. */
  async function pause(error: RetryableError): Promise<void> {
    const ms = Math.min(limits.retryFirstMs * 2 ** attempts++, limits.retryMostMs);
    board.set({ state: 'stalled', error: error.message }, true);
    log.warn({ error: error.message, ms }, 'trying again');
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  const isStopping = (): boolean => signal.aborted;

  async function run(): Promise<void> {
    try {
      while (!signal.aborted) {
        try {
          await session();
        } catch (error) {
          if (isStopping()) break;
          // A sink that failed is the cause, whatever became of the stream meanwhile.
          engine?.queue.check();
          if (!(error instanceof RetryableError)) throw error;
          await pause(error);
        }
      }
    } catch (error) {
      board.set({ state: 'stalled', error: error instanceof Error ? error.message : String(error) }, true);
      throw error;
    } finally {
      await engine?.queue.stop();
    }
    board.set({ state: 'idle' }, true);
  }

  return { run, status: board.get };
}
