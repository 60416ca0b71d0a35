import { GapError } from '../errors.ts';
import type { Batch, Position } from '../sink/sink.ts';

/**
 * Proves before every commit that nothing is missing: a batch begins where the last one ended, holds one row for each of its blocks, and
 * its actions' global sequences lie above those of earlier blocks. Throws GapError.
 */
export type GapCheck = ReturnType<typeof createGapCheck>;

export function createGapCheck(cursor: Position | null) {
  let end = cursor?.blockNum ?? null;
  let sequence = 0;

  return {
    /** The lowest and highest global sequence of a block's actions; blocks come in order. */
    sequences(blockNum: number, lowest: number, highest: number): void {
      if (lowest <= sequence) {
        throw new GapError(
          `block ${blockNum} has an action with global sequence ${lowest}, but an earlier block had ${sequence}: blocks are repeated or out of order`,
        );
      }
      sequence = highest;
    },
    batch({ intent, rows }: Batch): void {
      const { first, last } = intent;
      if (end !== null && first !== end + 1) {
        throw new GapError(`the batch ${first}–${last} does not follow block ${end}`);
      }
      const blocks = rows.find((set) => set.table === 'block')?.rows ?? 0;
      if (blocks !== last - first + 1) {
        throw new GapError(`the batch ${first}–${last} holds ${blocks} blocks of ${last - first + 1}`);
      }
      end = last;
    },
  };
}
