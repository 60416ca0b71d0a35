import { createSchema } from './abi/schema.ts';
import { coreTables } from './abi/tables.ts';
import { createBlockRows } from './blocks/block-rows.ts';
import { createFollower } from './blocks/follow.ts';
import type { Follower } from './blocks/follow.ts';
import { createGapCheck } from './blocks/gaps.ts';
import { createEndpoints, endpointName } from './endpoints.ts';
import { FatalError, GapError, RetryableError, StuckError } from './errors.ts';
import { usualLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import { readRanges } from './ranges.ts';
import { createRowChanges } from './rows/row-changes.ts';
import { askStatus, stream } from './session.ts';
import type { Progress } from './session.ts';
import { connect } from './ship/connection.ts';
import type { Connection } from './ship/connection.ts';
import type { StatusMessage } from './ship/protocol.ts';
import { createBatcher } from './sink/batcher.ts';
import { createSinkQueue } from './sink/queue.ts';
import type { SinkQueue } from './sink/queue.ts';
import type { Sink } from './sink/sink.ts';
import { createWriter, sum } from './sink/writer.ts';
import type { Counts, Writer } from './sink/writer.ts';
import { createStatusBoard } from './status.ts';
import type { IndexerStatus } from './status.ts';
import { createWatchdog } from './watchdog.ts';

export type { Limits } from './limits.ts';
export type { IndexerState, IndexerStatus } from './status.ts';

/** The part of a logger that is used; pino fits. */
export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type IndexerOptions = {
  /** State history's WebSocket addresses, in order of preference: one is read, the others are there for when it fails. */
  readonly shipUrls: readonly string[];
  /** The chain that must be there, 64 hex digits; without it the first endpoint's own is taken. */
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
  /** The run ends when this block is in the tables; without it, by the signal alone. */
  readonly endBlock?: number;
  /** Connections that final history is read over at once; 1 unless told. */
  readonly parallel?: number;
  readonly limits?: Partial<Limits>;
};

export type Indexer = {
  /** Runs until the signal or the end block (resolves) or an error that trying again cannot help (rejects). Call it once. */
  readonly run: () => Promise<void>;
  readonly status: () => IndexerStatus;
};

/** What is built once the chain is known, and lives through reconnections. */
type Engine = {
  readonly follower: Follower;
  readonly writer: Writer;
  readonly queue: SinkQueue;
  readonly endBlock: number | null;
};

/** How often the same blocks are read again because rows would be missing, before the indexer halts. */
const maxGaps = 3;

/** Streams the watched accounts' actions of a chain into the sink: every irreversible row once, in block order. */
export function createIndexer(options: IndexerOptions): Indexer {
  const { sink, signal, log, rows = true, parallel = 1, onStatus = () => undefined } = options;
  const limits: Limits = { ...usualLimits, ...options.limits };
  const now = (): number => performance.now();
  const board = createStatusBoard(onStatus, now);
  const watchdog = createWatchdog(limits.stuckMs, now);
  const endpoints = createEndpoints(options.shipUrls);
  let engine: Engine | null = null;
  let chainId = options.chainId;
  let attempts = 0;
  let gaps = 0;

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
    const { cursor, openIntent, again = [], epoch } = standing;
    const redo = openIntent === null ? again : [openIntent, ...again];
    const queue = createSinkQueue(2, () => {
      if (!signal.aborted) writer.settle(caughtUp(follower));
    });
    const before: Counts = board.get();
    const writer = createWriter({
      sink,
      schema,
      queue,
      batcher: createBatcher({ chainId: chain, epoch, schema, limits, redo }),
      blockRows: createBlockRows(schema),
      rowChanges: rows ? createRowChanges(schema) : null,
      gaps: createGapCheck(cursor),
      commitMs: limits.commitMs,
      now,
      onCommitted: (end) => {
        gaps = 0;
        board.set({ committed: end.blockNum, ...sum(before, writer.counts()) }, caughtUp(follower));
      },
      onTails: () => {
        board.set({ tail: follower.held().blocks }, true);
      },
    });
    const follower = createFollower(
      cursor,
      redo[0] !== undefined && cursor === null ? redo[0].first : (options.startBlock ?? 1),
    );
    board.set({ committed: cursor?.blockNum ?? 0 });
    log.info({ chain, cursor, redo: redo[0] ?? null, tables: schema.tables.length }, 'indexing');
    // A batch that was begun is finished, also when it reaches beyond the end that is asked for now.
    const endBlock =
      options.endBlock === undefined ? null : Math.max(options.endBlock, openIntent?.last ?? 0);
    return { follower, writer, queue, endBlock };
  }

  /** Lets the engine go; the next session begins from what the tables hold. */
  async function forget(): Promise<void> {
    await engine?.queue.stop();
    engine = null;
  }

  /** True when every block known to be final is in a batch. */
  function caughtUp(follower: Follower): boolean {
    return (follower.final()?.blockNum ?? 0) >= board.get().lib;
  }

  /** Connects and makes sure that it is the chain. Throws FatalError when it is another. */
  async function reach(url: string): Promise<{ connection: Connection; status: StatusMessage }> {
    const connection = await connect(url, signal, limits.inboxBytes);
    try {
      const status = await askStatus(connection, limits.silenceMs);
      const found = status.chainId ?? chainId;
      const name = endpointName(url);
      if (found === undefined) {
        throw new FatalError(
          `${name} does not tell its chain id: set the chain id to run without that check`,
        );
      }
      if (chainId !== undefined && chainId !== found) {
        throw new FatalError(
          `${name} serves chain ${found}, expected ${chainId}: set the address of the right chain`,
        );
      }
      chainId = found;
      return { connection, status };
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  function progress({ follower }: Engine, { head, lib, isQuiet }: Progress): void {
    attempts = 0;
    const reached = follower.top()?.blockNum ?? 0;
    const final = follower.final()?.blockNum ?? 0;
    watchdog.saw(reached, final);
    // A few blocks that arrived together do not make a live stream a lagging one.
    const slack = board.get().state === 'live' ? 10 : 0;
    const isCaughtUp = reached + slack >= head && final + slack >= lib;
    const stuck = isCaughtUp ? watchdog.stuck() : null;
    const reading = !isCaughtUp ? 'catching-up' : isQuiet ? 'idle' : 'live';
    const state = stuck === null ? reading : 'server-stuck';
    board.set({ state, head, lib, tail: follower.held().blocks, error: stuck }, isCaughtUp);
    if (stuck !== null && endpoints.live().length > 1 && watchdog.shouldLeave()) throw new StuckError(stuck);
  }

  /** More connections for a long final history; none when what is left is short. */
  async function moreLanes(first: StatusMessage, { follower, endBlock }: Engine, opened: Connection[]) {
    const last = (lib: number): number => Math.min(lib, endBlock ?? lib);
    const isWorth = (lib: number): boolean =>
      follower.held().blocks === 0 && last(lib) - follower.resume().start >= parallel * limits.rangeBlocks;
    if (parallel <= 1 || !isWorth(first.lib.blockNum)) return null;
    const urls = endpoints.live();
    const others = Array.from({ length: parallel - 1 }, (_, i) => urls[(i + 1) % urls.length] as string);
    let lib = first.lib.blockNum;
    for (const url of others) {
      const { connection, status } = await reach(url);
      opened.push(connection);
      lib = Math.min(lib, status.lib.blockNum);
    }
    return isWorth(lib) ? last(lib) : null;
  }

  /** True when the end block is in the tables. */
  async function session(): Promise<boolean> {
    const opened: Connection[] = [];
    try {
      const { connection, status } = await reach(endpoints.current());
      opened.push(connection);
      const working = (engine ??= await begin(chainId as string));
      const { follower, writer, queue, endBlock } = working;
      const final = follower.final()?.blockNum ?? 0;
      if (status.head.blockNum < final) {
        throw new StuckError(
          `the endpoint is at block ${status.head.blockNum}, behind ${final} which is final`,
        );
      }
      board.set({ head: status.head.blockNum, lib: status.lib.blockNum, endpoint: endpoints.place() });
      const onProgress = (seen: Progress): void => {
        progress(working, seen);
      };
      const shared = { follower, writer, queue, rows, limits, endBlock, onProgress };
      const last = await moreLanes(status, working, opened);
      if (last === null) await stream({ ...shared, connection });
      else await readRanges({ ...shared, connections: opened, last });
      const isDone = endBlock !== null && (follower.final()?.blockNum ?? 0) >= endBlock;
      if (isDone) await writer.finish();
      else log.info({ resume: follower.resume().start }, 'asking for the stream anew');
      return isDone;
    } finally {
      for (const connection of opened) connection.close();
    }
  }

  /** Waits before the next attempt, shorter when the signal comes; doubles with every round over all endpoints. */
  async function pause(error: Error): Promise<void> {
    const round = Math.floor(attempts++ / endpoints.live().length);
    const ms = Math.min(limits.retryFirstMs * 2 ** round, limits.retryMostMs);
    const state = error instanceof StuckError ? 'server-stuck' : 'stalled';
    board.set({ state, error: error.message, failures: board.get().failures + 1 }, true);
    log.warn({ error: error.message, endpoint: endpoints.place(), ms }, 'trying again');
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

  /** Prepares the next attempt. Throws the error when there is nothing left to try. */
  async function recover(error: unknown): Promise<void> {
    // A sink that failed is the cause, whatever became of the stream meanwhile.
    engine?.queue.check();
    if (!(error instanceof FatalError || error instanceof RetryableError)) throw error;
    if (error instanceof FatalError) {
      // It lies, is broken or is another chain: what it made of the engine's state is not used either.
      const name = endpointName(endpoints.current());
      if (!endpoints.strike()) throw error;
      log.warn({ error: error.message, endpoint: name }, 'leaving this endpoint for good');
      await forget();
    } else if (error instanceof GapError) {
      if (++gaps > maxGaps) throw new FatalError(`${error.message}; read ${maxGaps} times`, { cause: error });
      await forget();
      endpoints.next();
    } else endpoints.next();
    watchdog.begin();
    await pause(error);
  }

  async function run(): Promise<void> {
    try {
      for (let isDone = false; !isDone && !signal.aborted;) {
        try {
          isDone = await session();
        } catch (error) {
          if (isStopping()) break;
          await recover(error);
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
