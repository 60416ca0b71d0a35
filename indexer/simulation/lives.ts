import { createIndexer } from '../indexer.ts';
import type { IndexerStatus, Limits } from '../indexer.ts';
import type { Position, RowSet, Sink } from '../sink/sink.ts';
import { chainId, watched } from './sim-block.ts';

/** Where a run ends: the newest block, and the last final one. */
export type End = { readonly head: Position; readonly lib: number };

/** The block's id, which stands in its row behind the number. */
function idIn(rows: readonly RowSet[]): string {
  const row = rows.find(({ table }) => table === 'block')?.bytes ?? new Uint8Array(0);
  return Buffer.from(row.subarray(4, 36)).toString('hex');
}

/** What a sink holds, as its own calls tell: the last committed block and the reversible ones in the tails. */
export function watchSink(sink: Sink) {
  const tail = new Map<number, string>();
  let cursor: number | null = null;

  function drop(isDropped: (blockNum: number) => boolean): void {
    for (const blockNum of tail.keys()) if (isDropped(blockNum)) tail.delete(blockNum);
  }

  const watchedSink: Sink = {
    ...sink,
    async open(chain) {
      const standing = await sink.open(chain);
      cursor = standing.cursor?.blockNum ?? 0;
      return standing;
    },
    async commit(batch) {
      await sink.commit(batch);
      cursor = batch.end.blockNum;
    },
    async appendTail(blockNum, rows) {
      await sink.appendTail(blockNum, rows);
      tail.set(blockNum, idIn(rows));
    },
    async dropTailFrom(fromBlock) {
      await sink.dropTailFrom(fromBlock);
      drop((blockNum) => blockNum >= fromBlock);
    },
    async promoteTail(throughBlock) {
      await sink.promoteTail(throughBlock);
      drop((blockNum) => blockNum <= throughBlock);
    },
  };
  return {
    sink: watchedSink,
    /** True when the sink holds all to there. */
    holds: ({ head, lib }: End): boolean =>
      cursor === lib && (head.blockNum === lib || tail.get(head.blockNum) === head.blockId),
  };
}

const silent = { info: () => undefined, warn: () => undefined };

export type LifeOptions = {
  readonly url: string;
  readonly sink: Sink;
  readonly limits: Partial<Limits>;
  /** Asked at every status of the indexer: true ends its life. */
  readonly isDone: () => boolean;
  /** Longest time, ms. */
  readonly timeoutMs: number;
};

/** One life of an indexer, until it is done. Throws what ended it before. */
export async function runLife({ url, sink, limits, isDone, timeoutMs }: LifeOptions): Promise<IndexerStatus> {
  const stop = new AbortController();
  const indexer = createIndexer({
    ...{ shipUrls: [url], chainId, watched, sink, signal: stop.signal, log: silent, limits },
    onStatus: () => {
      if (isDone()) stop.abort();
    },
  });
  const timer = setTimeout(() => {
    stop.abort();
  }, timeoutMs);
  try {
    await indexer.run();
  } finally {
    clearTimeout(timer);
  }
  if (!isDone())
    throw new Error(`did not come to the end within ${timeoutMs} ms: ${JSON.stringify(indexer.status())}`);
  return indexer.status();
}

export type Lives = {
  readonly lives: number;
  /** What the last life said last. */
  readonly status: IndexerStatus;
};

export type LivesOptions = {
  readonly url: string;
  readonly end: End;
  /** True when nothing more happens to the chain. */
  readonly isOver: () => boolean;
  /** The sink and the bounds of one life. */
  readonly sinkOf: (life: number) => Sink;
  readonly limits: (life: number) => Partial<Limits>;
  /** True for what a sink throws in place of a stop of the process. */
  readonly isStop: (error: unknown) => boolean;
  /** Longest time of a life, ms. */
  readonly timeoutMs: number;
};

/** Runs an indexer, again after every stop, until the tables stand at the end. Throws what an indexer should not have thrown. */
export async function runLives(options: LivesOptions): Promise<Lives> {
  const { url, end, isOver, sinkOf, limits, isStop, timeoutMs } = options;
  for (let life = 0; ; life++) {
    const { sink, holds } = watchSink(sinkOf(life));
    try {
      const isDone = (): boolean => isOver() && holds(end);
      const status = await runLife({ url, sink, limits: limits(life), isDone, timeoutMs });
      return { lives: life + 1, status };
    } catch (error) {
      if (!isStop(error)) throw error;
    }
  }
}
