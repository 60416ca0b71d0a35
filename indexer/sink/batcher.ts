import { RowSets } from '../blocks/row-sets.ts';
import type { Schema } from '../abi/schema.ts';
import { FatalError } from '../errors.ts';
import type { Batch, Intent, Position } from './sink.ts';

/** When a batch of catch-up is full; whichever comes first. */
export type BatchLimits = { readonly rows: number; readonly bytes: number; readonly blocks: number };

export type BatcherDeps = {
  readonly chainId: string;
  readonly epoch: number;
  readonly schema: Schema;
  readonly limits: BatchLimits;
  /** The intent that a stop left open, and others to be repeated: their ranges, in order, before anything new begins. */
  readonly redo: readonly Intent[];
};

/**
 * Gathers irreversible blocks into batches. A batch's range depends only on where it was cut, and the cut is written as intent
 * before the first row; a redone batch is cut where its intent says and nowhere else.
 */
export type Batcher = ReturnType<typeof createBatcher>;

export function createBatcher({ chainId, epoch, schema, limits, redo }: BatcherDeps) {
  const rows = new RowSets(1 << 20);
  const later = [...redo];
  let pending = later.shift() ?? null;
  let first: number | null = null;
  let end: Position | null = null;

  function added(block: Position): void {
    if (first === null && pending !== null && pending.first !== block.blockNum) {
      throw new FatalError(`expected to redo from block ${pending.first}, got ${block.blockNum}`);
    }
    first ??= block.blockNum;
    end = { blockNum: block.blockNum, blockId: block.blockId };
  }

  function isFull(): boolean {
    if (first === null || end === null) return false;
    if (pending !== null) return end.blockNum >= pending.last;
    const size = rows.size();
    return (
      size.rows >= limits.rows || size.bytes >= limits.bytes || end.blockNum - first + 1 >= limits.blocks
    );
  }

  /** Ends the batch. Throws FatalError when a redone batch would not be what its intent says. */
  function cut(): Batch | null {
    if (first === null || end === null) return null;
    const intent: Intent = { chainId, first, last: end.blockNum, schema: schema.fingerprint(), epoch };
    if (pending !== null && (intent.last !== pending.last || intent.schema !== pending.schema)) {
      throw new FatalError(
        `blocks ${pending.first}–${pending.last} were begun with tables ${pending.schema}, now they would be ${intent.first}–${intent.last} with ${intent.schema}: finish them with the former version and watch list, or rebuild`,
      );
    }
    const batch: Batch = { intent, end, rows: rows.take(schema.tables) };
    [first, end, pending] = [null, null, later.shift() ?? null];
    return batch;
  }

  return { rows, added, isFull, cut, isRedoing: () => pending !== null, isEmpty: () => first === null };
}
