import { describe, expect, test } from 'vitest';
import { GapError, RetryableError } from '../errors.ts';
import type { Batch } from '../sink/sink.ts';
import { createGapCheck } from './gaps.ts';

function batch(first: number, last: number, blocks = last - first + 1): Batch {
  const intent = { chainId: 'c0', first, last, schema: 's', epoch: 0 };
  const rows = [{ table: 'block', rows: blocks, bytes: new Uint8Array(0) }];
  return { intent, end: { blockNum: last, blockId: '' }, rows };
}

describe('the gap check', () => {
  test('lets batches pass that join, from wherever the first begins', () => {
    const gaps = createGapCheck(null);
    gaps.batch(batch(2, 9));
    gaps.batch(batch(10, 10));
    gaps.sequences(3, 5, 9);
    gaps.sequences(4, 10, 10);
  });

  test('goes on from the cursor', () => {
    expect(() => {
      createGapCheck({ blockNum: 7, blockId: '' }).batch(batch(9, 12));
    }).toThrow('the batch 9–12 does not follow block 7');
  });

  test('finds a block that is missing inside a batch, or between batches', () => {
    const gaps = createGapCheck(null);
    expect(() => {
      gaps.batch(batch(1, 10, 9));
    }).toThrow('holds 9 blocks of 10');
    gaps.batch(batch(1, 10));
    expect(() => {
      gaps.batch(batch(12, 13));
    }).toThrow(GapError);
  });

  test('finds an action that comes again', () => {
    const gaps = createGapCheck(null);
    gaps.sequences(3, 5, 9);
    expect(() => {
      gaps.sequences(4, 9, 12);
    }).toThrow('an earlier block had 9');
  });

  test('asks for the blocks again rather than for an end', () => {
    expect(new GapError('x')).toBeInstanceOf(RetryableError);
  });
});
