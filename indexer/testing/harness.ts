import { createIndexer } from '../indexer.ts';
import type { IndexerStatus, Limits } from '../indexer.ts';
import type { createMemorySink } from '../sink/memory-sink.ts';
import { readRows } from './row-binary.ts';
import type { Cell } from './row-binary.ts';
import { branch } from './sim-chain.ts';
import type { SimBlock } from './sim-chain.ts';

export type Memory = ReturnType<typeof createMemorySink>;

export const silent = { info: () => undefined, warn: () => undefined };

/** Small batches and short pauses, so that tests cross many edges. */
const tight: Partial<Limits> = {
  rows: 12,
  blocks: 5,
  inFlight: 4,
  silenceMs: 2_000,
  retryFirstMs: 1,
  retryMostMs: 5,
};

export type RunOptions = {
  /** One endpoint's address or several. */
  readonly url: string | readonly string[];
  readonly memory: Memory;
  readonly until?: (status: IndexerStatus) => boolean;
  readonly limits?: Partial<Limits>;
  readonly chainId?: string;
  readonly startBlock?: number;
  readonly endBlock?: number;
  readonly parallel?: number;
  readonly watched?: readonly string[];
  readonly rows?: boolean;
};

/** Runs an indexer until a status satisfies `until`; gives all statuses. Rejects with what the indexer rejects with. */
export async function runIndexer({
  url,
  memory,
  until = () => false,
  limits,
  ...rest
}: RunOptions): Promise<IndexerStatus[]> {
  const stop = new AbortController();
  const seen: IndexerStatus[] = [];
  const indexer = createIndexer({
    ...{
      shipUrls: [url].flat(),
      watched: ['shop'],
      sink: memory.sink,
      signal: stop.signal,
      log: silent,
      ...rest,
    },
    limits: { ...tight, ...limits },
    onStatus: (status) => {
      seen.push(status);
      if (until(status)) stop.abort();
    },
  });
  await indexer.run();
  return seen;
}

/** Rows of a table so far, read back. */
export function rowsIn(memory: Memory, table: string): Record<string, Cell>[] {
  return (memory.tables.get(table) ?? []).flatMap((set) => readRows(set.columns, set));
}

/** What the tables of final rows must hold when `head` is the newest block and `lib` the last final one. */
export function expectedRows(head: SimBlock, lib: number): { blocks: unknown[]; acts: unknown[] } {
  const final = branch(head).filter((block) => block.blockNum <= lib);
  return {
    blocks: final.map((block) => [block.blockNum, block.blockId]),
    acts: final.flatMap((block) =>
      block.acts.map((act) => [block.blockNum, String(act.sequence), String(act.id)]),
    ),
  };
}

export function foundRows(memory: Memory): { blocks: unknown[]; acts: unknown[] } {
  return {
    blocks: rowsIn(memory, 'block').map((row) => [row['block_num'], row['block_id']]),
    acts: rowsIn(memory, 'shop_act').map((row) => [row['block_num'], row['global_sequence'], row['id']]),
  };
}

/** Block numbers and ids in the tails. */
export function tailBlocks(memory: Memory): unknown[] {
  const columns = memory.specs.get('block')?.columns ?? [];
  return [...memory.tail.values()]
    .flatMap((sets) => sets.filter((set) => set.table === 'block'))
    .flatMap((set) => readRows(columns, set))
    .map((row) => [row['block_num'], row['block_id']])
    .sort(([a], [b]) => Number(a) - Number(b));
}
