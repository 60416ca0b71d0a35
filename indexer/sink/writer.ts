import type { Account, Schema } from '../abi/schema.ts';
import type { BlockRows, BlockYield } from '../blocks/block-rows.ts';
import type { ChainEvent } from '../blocks/follow.ts';
import type { GapCheck } from '../blocks/gaps.ts';
import type { Block } from '../blocks/header.ts';
import { RowSets } from '../blocks/row-sets.ts';
import type { RowChanges } from '../rows/row-changes.ts';
import type { Batcher } from './batcher.ts';
import type { SinkQueue } from './queue.ts';
import type { AbiVersion, Position, Sink } from './sink.ts';

/** Watched actions and changed rows, and those of them that stayed raw. */
export type Counts = {
  readonly actions: number;
  readonly undecoded: number;
  readonly rows: number;
  readonly undecodedRows: number;
};

const nothing: Counts = { actions: 0, undecoded: 0, rows: 0, undecodedRows: 0 };

export const sum = (one: Counts, other: Counts): Counts => ({
  actions: one.actions + other.actions,
  undecoded: one.undecoded + other.undecoded,
  rows: one.rows + other.rows,
  undecodedRows: one.undecodedRows + other.undecodedRows,
});

export type WriterDeps = {
  readonly sink: Sink;
  readonly schema: Schema;
  readonly batcher: Batcher;
  readonly blockRows: BlockRows;
  /** Null where the changes of table rows are not wanted. */
  readonly rowChanges: RowChanges | null;
  readonly gaps: GapCheck;
  readonly queue: SinkQueue;
  /** Longest time between two commits while blocks keep coming and none of the limits is reached, ms. */
  readonly commitMs: number;
  /** Monotonic clock, ms. */
  readonly now: () => number;
  readonly onCommitted: (end: Position) => void;
  /** The tails hold every reversible block that came. */
  readonly onTails: () => void;
};

/**
 * How much longer the sink rests than it worked, unless a batch is full: at the head of a chain that makes many blocks a second, writing
 * each at once would cost more than the blocks. A chain of two blocks a second never waits for it.
 */
const REST = 2;
const LONGEST_REST_MS = 2_000;

/** In final blocks every ABI is in force. */
const settled: ReadonlySet<Account> = new Set();

/**
 * Brings chain events into the sink: final blocks into batches, reversible ones into the tails. Tables change their shape
 * only by final blocks, so their history is a function of the chain; a batch never spans such a change.
 */
export type Writer = ReturnType<typeof createWriter>;

export function createWriter(deps: WriterDeps) {
  const { sink, schema, batcher, blockRows, rowChanges, gaps, queue, commitMs, now, onCommitted, onTails } =
    deps;
  const tailRows = new RowSets(16 * 1024);
  /** Watched actions and changed rows committed, and those gathered for the next commit. */
  let counts = nothing;
  let gathered = nothing;
  /** Lowest block that may lie in the tails. */
  let tailFrom = Number.POSITIVE_INFINITY;
  /** Reversible blocks that are not in the tails yet: they wait until the sink has time, and many become final before. */
  let untailed: Block[] = [];
  /** ABIs that blocks in the tails set: not in force for decoding before they are final. */
  let unsettled: { readonly account: Account; readonly blockNum: number }[] = [];
  /** Final blocks are being applied: an ABI among them may not be in force yet, or its tables not made, so no tail is written. */
  let isFinalizing = false;
  let committedAt = now();
  /** When `settle` last gave the sink work, until that work is done; and until when the sink rests. */
  let workSince: number | null = null;
  let restUntil = 0;

  function commit(): void {
    committedAt = now();
    const batch = batcher.cut();
    if (batch === null) return;
    gaps.batch(batch);
    const gave = gathered;
    gathered = nothing;
    const through = batch.end.blockNum;
    const promotes = tailFrom <= through;
    if (promotes) tailFrom = through + 1;
    queue.add(async () => {
      await sink.commit(batch);
      if (promotes) await sink.promoteTail(through);
      counts = sum(counts, gave);
      onCommitted(batch.end);
    });
  }

  function flushTails(): void {
    if (untailed.length === 0) return;
    for (const block of untailed.splice(0)) {
      const { abis } = blockRows.write(block, tailRows);
      for (const { account } of abis) unsettled.push({ account, blockNum: block.blockNum });
      rowChanges?.write(block, tailRows, new Set(unsettled.map(({ account }) => account)));
      const rows = tailRows.take(schema.tables);
      tailFrom = Math.min(tailFrom, block.blockNum);
      queue.add(() => sink.appendTail(block.blockNum, rows));
    }
    queue.add(() => {
      onTails();
      return Promise.resolve();
    });
  }

  function fork(fromBlock: number): void {
    untailed = untailed.filter((block) => block.blockNum < fromBlock);
    unsettled = unsettled.filter((set) => set.blockNum < fromBlock);
    if (tailFrom < Number.POSITIVE_INFINITY) queue.add(() => sink.dropTailFrom(fromBlock));
  }

  /** Takes the block's actions into the batch, and writes the changes of rows beside them. */
  function added(block: Block, gave: BlockYield): void {
    const changes = rowChanges?.write(block, batcher.rows, settled);
    const { actions, undecoded } = gave;
    gathered = sum(gathered, { actions, undecoded, ...(changes ?? { rows: 0, undecodedRows: 0 }) });
    if (gave.actions > 0) gaps.sequences(block.blockNum, gave.lowest, gave.highest);
    batcher.added(block);
    if (!batcher.isFull()) return;
    // What keeps the sink busy from here on is not what `settle` gave it.
    workSince = null;
    commit();
  }

  /** Adds a final block to the batch; a promise only where the block sets an ABI and tables must follow first. */
  function final(block: Block): Promise<void> | undefined {
    batcher.rows.mark();
    const gave = blockRows.write(block, batcher.rows);
    if (gave.abis.length === 0) {
      added(block, gave);
      return undefined;
    }
    batcher.rows.rollback();
    return finalWithAbis(block, gave.abis);
  }

  async function finalWithAbis(block: Block, abis: ReturnType<BlockRows['write']>['abis']): Promise<void> {
    if (!batcher.isEmpty()) commit();
    await queue.drained();
    const versions: AbiVersion[] = [];
    for (const { account, globalSequence, bytes } of abis.toSorted((a, b) =>
      a.globalSequence < b.globalSequence ? -1 : 1,
    )) {
      const abiSequence = account.latestSequence + 1;
      const version = { account: account.name, abiSequence, blockNum: block.blockNum, globalSequence, bytes };
      versions.push(version);
      for (const spec of schema.apply(version)) await sink.ensureTable(spec);
    }
    unsettled = unsettled.filter((set) => set.blockNum > block.blockNum);
    const gave = blockRows.write(block, batcher.rows);
    blockRows.writeAbis(block, versions, batcher.rows);
    added(block, gave);
  }

  async function finalize(blocks: readonly Block[]): Promise<void> {
    isFinalizing = true;
    try {
      for (const block of blocks) {
        const tables = final(block);
        if (tables !== undefined) await tables;
      }
    } finally {
      isFinalizing = false;
    }
  }

  async function apply(events: readonly ChainEvent[]): Promise<void> {
    for (const event of events) {
      if (event.kind === 'block') untailed.push(event.block);
      else if (event.kind === 'reorg') fork(event.fromBlock);
      else if (event.kind === 'finalize') {
        const through = event.blocks.at(-1)?.blockNum ?? 0;
        untailed = untailed.filter((block) => block.blockNum > through);
        await finalize(event.blocks);
      }
    }
  }

  /**
   * Uses the time when nothing is being written: commits what is gathered and brings the tails up to date at the head of the
   * chain, behind it only commits what has waited too long. Never cuts a batch that is being redone.
   */
  function settle(isAtHead: boolean): void {
    if (!queue.isIdle() || batcher.isRedoing()) return;
    const time = now();
    if (workSince !== null) restUntil = time + Math.min(REST * (time - workSince), LONGEST_REST_MS);
    workSince = null;
    if (time < restUntil) {
      queue.idleAfter(restUntil - time);
      return;
    }
    if (isAtHead || now() - committedAt >= commitMs) commit();
    if (isAtHead && !isFinalizing) flushTails();
    if (!queue.isIdle()) workSince = time;
  }

  /** Commits what is gathered and waits until it is in the tables. */
  async function finish(): Promise<void> {
    commit();
    await queue.drained();
  }

  return { apply, settle, finish, counts: () => counts };
}
