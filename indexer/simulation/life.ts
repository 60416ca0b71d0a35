import { makeBlock } from './make-block.ts';
import type { Habits } from './make-block.ts';
import { randomOf } from './random.ts';
import { branch } from './sim-block.ts';
import type { SimBlock } from './sim-block.ts';

/** What an endpoint says: its newest block and the number of the last final one on that branch. */
export type View = { readonly head: SimBlock; readonly lib: number };

/** The next change of the endpoint's view, once the client was sent all there is, or has also acknowledged it. */
export type Step = {
  readonly view: View;
  readonly when: 'sent' | 'acknowledged';
  /** The connection breaks at the same moment. */
  readonly disconnect: boolean;
};

/** A chain's life: how it stands at first, what happens, and how it stands at the end. */
export type Life = {
  readonly begin: View;
  readonly steps: readonly Step[];
  readonly end: View;
  /** Every final ABI was final, and told to be, before the first block came that is reversible at the end. */
  readonly isSettled: boolean;
  /** What happened, one word a step. */
  readonly story: readonly string[];
};

/** Finality never lets more than this many blocks be undone. */
const deepest = 60;

/** Draws a chain's life: growth, forks of every depth, switches back, heads that fall back, finality that lags. */
export function drawLife(seed: string, habits: Habits): Life {
  const random = randomOf(seed, 'life');
  const steps: Step[] = [];
  const story: string[] = [];
  const isLate = random.chance(0.3);
  const disconnects = random.pick([0, 0.1, 0.4]);
  let salt = 0;
  let lib = 1;
  let other: SimBlock | null = null;
  let isHuge = habits.hugeBytes > 0;

  function grow(from: SimBlock | null, count: number, extra: 'quiet' | null = null): SimBlock {
    let block = from;
    for (let i = 0; i < count; i++) {
      const huge = isHuge && (block?.blockNum ?? 0) > 8;
      if (huge) isHuge = false;
      block = makeBlock(block, [seed, salt], habits, huge ? 'huge' : extra);
    }
    if (block === null) throw new RangeError('expected a chain to grow');
    return block;
  }

  let head = grow(null, random.between(2, 30));

  function at(blockNum: number): SimBlock {
    let block = head;
    while (block.blockNum > blockNum && block.previous !== null) block = block.previous;
    return block;
  }

  /** Another branch from `depth` blocks below the head on; one block longer at least. */
  function fork(depth: number): void {
    const root = at(head.blockNum - depth);
    other = head;
    salt++;
    head = grow(root, depth + random.between(1, 3));
  }

  /** Back to the branch left before, unless finality has passed the place where they part. */
  function back(): boolean {
    const left = other;
    if (left === null || branch(left)[lib - 1] !== at(lib)) return false;
    other = head;
    head = grow(left, Math.max(1, head.blockNum - left.blockNum + random.between(0, 2)));
    return true;
  }

  /** The endpoint stands some blocks back: it makes others in their place, or gets the same ones again. */
  function lose(lost: number): string {
    const former = head;
    head = at(head.blockNum - lost);
    salt++;
    if (random.chance(0.5)) return `lost ${lost}`;
    push(`behind by ${lost}`);
    head = former;
    return 'again';
  }

  function settle(): void {
    const [least, most] = [lib, head.blockNum];
    lib = random.chance(0.2) ? most : random.between(least, most);
  }

  function move(): string {
    const depth = head.blockNum - lib;
    const kind = random.below(12);
    if (kind <= 1 && depth >= 1) return (fork(1), 'fork 1');
    if (kind === 2 && depth >= 12) return (fork(12), 'fork 12');
    if (kind === 3 && depth >= 1) return (fork(depth), `fork ${depth} to LIB`);
    if (kind === 4 && depth >= 1) {
      const some = random.between(1, depth);
      return (fork(some), `fork ${some}`);
    }
    if (kind === 5 && back()) return 'back';
    if (kind === 6 && depth >= 2) {
      return lose(random.between(1, depth - 1));
    }
    if (kind === 7 && !isLate) return (settle(), `lib ${lib}`);
    const count = random.pick([1, 1, 1, 2, 5, 12]);
    head = grow(head, count);
    return `grow ${count}`;
  }

  function push(word: string): void {
    const disconnect = random.chance(disconnects);
    story.push(disconnect ? `${word} while away` : word);
    steps.push({ view: { head, lib }, when: random.chance(0.5) ? 'sent' : 'acknowledged', disconnect });
  }

  const begin = { head, lib };
  for (let moves = random.between(4, 30); moves > 0; moves--) {
    if (head.blockNum - lib > deepest) settle();
    push(move());
  }
  const isSettled = random.chance(0.6);
  if (isSettled) {
    head = grow(head, 1, 'quiet');
    lib = head.blockNum;
    steps.push({ view: { head, lib }, when: 'sent', disconnect: false });
    head = grow(head, random.below(12) + 1, 'quiet');
    story.push('settle');
    steps.push({ view: { head, lib }, when: 'acknowledged', disconnect: false });
  } else {
    settle();
    lib = Math.max(lib, 2);
    head = grow(head, 1);
    push('end');
  }
  return { begin, steps, end: { head, lib }, isSettled, story };
}
