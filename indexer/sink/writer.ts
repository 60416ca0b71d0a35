import type { Schema } from '../abi/schema.ts';
import type { BlockRows } from '../blocks/block-rows.ts';
import type { ChainEvent } from '../blocks/follow.ts';
import type { Block } from '../blocks/header.ts';
import { RowSets } from '../blocks/row-sets.ts';
import type { Batcher } from './batcher.ts';
import type { SinkQueue } from './queue.ts';
import type { AbiVersion, Position, Sink } from './sink.ts';

export type WriterDeps = {
  readonly sink: Sink;
  readonly schema: Schema;
  readonly batcher: Batcher;
  readonly blockRows: BlockRows;
  readonly queue: SinkQueue;
  readonly onCommitted: (end: Position) => void;
};

/**
 * Brings chain events into the sink: final blocks into batches, reversible ones into the tails. Tables change their shape
 * only by final blocks, so their history is a function of the chain; a batch never spans such a change.
 */
export type Writer = ReturnType<typeof createWriter>;

export function createWriter({ sink, schema, batcher, blockRows, queue, onCommitted }: WriterDeps) {
  const tailRows = new RowSets(16 * 1024);
  const counts = { actions: 0, undecoded: 0 };
  /** Lowest block that may lie in the tails. */
  let tailFrom = Number.POSITIVE_INFINITY;

  function commit(): void {
    const batch = batcher.cut();
    if (batch === null) return;
    const through = batch.end.blockNum;
    const promotes = tailFrom <= through;
    if (promotes) tailFrom = through + 1;
    queue.add(async () => {
      await sink.commit(batch);
      if (promotes) await sink.promoteTail(through);
      onCommitted(batch.end);
    });
  }

  function tail(block: Block): void {
    blockRows.write(block, tailRows);
    const rows = tailRows.take(schema.tables);
    tailFrom = Math.min(tailFrom, block.blockNum);
    queue.add(() => sink.appendTail(block.blockNum, rows));
  }

  function added(block: Block, gave: { readonly actions: number; readonly undecoded: number }): void {
    counts.actions += gave.actions;
    counts.undecoded += gave.undecoded;
    batcher.added(block);
    if (batcher.isFull()) commit();
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
    const gave = blockRows.write(block, batcher.rows);
    blockRows.writeAbis(block, versions, batcher.rows);
    added(block, gave);
  }

  async function apply(events: readonly ChainEvent[]): Promise<void> {
    for (const event of events) {
      if (event.kind === 'block') tail(event.block);
      else if (event.kind === 'reorg') queue.add(() => sink.dropTailFrom(event.fromBlock));
      else if (event.kind === 'finalize') {
        for (const block of event.blocks) {
          const tables = final(block);
          if (tables !== undefined) await tables;
        }
      }
    }
  }

  /** Commits what is gathered when nothing else is being written; never cuts a batch that is being redone. */
  function commitIfIdle(): void {
    if (queue.isIdle() && !batcher.isRedoing()) commit();
  }

  return { apply, commitIfIdle, counts };
}
