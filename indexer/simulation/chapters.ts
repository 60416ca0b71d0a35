import type { Life, Step, View } from './life.ts';
import { makeBlock } from './make-block.ts';
import type { SimBlock } from './sim-block.ts';

const habits = { transactions: 4, abiChance: 0.06, hugeBytes: 0 };

/**
 * One chain told in so many chapters: each begins where the last one ended, and holds a fork and final blocks of every sort of row, so
 * that a run which stops in every chapter still meets all that a sink does.
 */
export function drawChapters(seed: string, count: number): Life[] {
  let salt = 0;

  function grow(from: SimBlock | null, blocks: number): SimBlock {
    const next = makeBlock(from, [seed, salt], habits);
    return blocks > 1 ? grow(next, blocks - 1) : next;
  }

  let view: View = { head: grow(null, 30), lib: 4 };
  return Array.from({ length: count }, (): Life => {
    const begin = view;
    salt++;
    const forked = grow(begin.head.previous, 2);
    const end: View = { head: grow(forked, 1), lib: Math.max(begin.lib + 1, forked.blockNum - 3) };
    const step = (shown: View): Step => ({ view: shown, when: 'acknowledged', disconnect: false });
    const steps = [step({ head: forked, lib: begin.lib }), step(end)];
    view = end;
    return { begin, steps, end, isSettled: false, story: ['fork 1', 'grow 1'] };
  });
}
