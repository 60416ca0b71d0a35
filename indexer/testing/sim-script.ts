import { branch, makeBlock, seeded, shopAbi } from './sim-chain.ts';
import type { SimAction, SimBlock } from './sim-chain.ts';
import type { Step, View } from './ship-server.ts';

/** A chain's life: where it begins, what happens, and how it stands at the end. */
export type Story = { readonly view: View; readonly script: readonly Step[]; readonly end: View };

const maxDepth = 12;

/** A straight chain of `length` blocks with an ABI in block 2 and acts in the others. */
export function straight(length: number, perBlock = 2): SimBlock {
  let id = 0;
  let head = makeBlock(null, [], 0);
  for (let n = 2; n <= length; n++) {
    const actions: SimAction[] = Array.from({ length: perBlock }, () => ({ kind: 'act', id: ++id }));
    head = makeBlock(head, n === 2 ? [{ kind: 'setabi', abi: shopAbi() }, ...actions] : actions, 0);
  }
  return head;
}

/** A story of growth, forks down to 12 blocks, switches back, moving finality and lost connections. */
export function story(seed: number, moves = 25): Story {
  const random = seeded(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  let id = 0;
  let salt = 0;
  let lib = 1;
  let head = straight(3);
  let other: SimBlock | null = null;
  const view = { head, lib };
  const script: Step[] = [];

  function actions(): SimAction[] {
    return Array.from({ length: below(4) }, (): SimAction => {
      const kind = below(12);
      if (kind === 0)
        return { kind: 'setabi', abi: shopAbi(below(2) === 0 ? [] : [{ name: 'extra', type: 'uint8$' }]) };
      if (kind === 1) return { kind: 'torn' };
      if (kind === 2) return { kind: 'failed' };
      if (kind === 3) return { kind: 'foreign' };
      return { kind: 'act', id: 1_000 * seed + ++id };
    });
  }

  function grow(from: SimBlock, count: number): SimBlock {
    let block = from;
    for (let i = 0; i < count; i++) block = makeBlock(block, actions(), salt);
    return block;
  }

  function fork(): SimBlock {
    const depth = 1 + below(Math.min(maxDepth, head.blockNum - lib));
    salt++;
    other = head;
    return grow(branch(head)[head.blockNum - depth - 1] as SimBlock, depth + 1 + below(3));
  }

  /** Back to the branch left before, if finality has not passed its root. */
  function back(): SimBlock {
    const left = other;
    if (left === null || branch(left)[lib - 1]?.blockId !== branch(head)[lib - 1]?.blockId)
      return grow(head, 1);
    other = head;
    return grow(left, Math.max(1, head.blockNum - left.blockNum + 1));
  }

  for (let move = 0; move < moves; move++) {
    const kind = below(8);
    if (kind <= 2) head = grow(head, 1 + below(6));
    else if (kind <= 4 && head.blockNum > lib) head = fork();
    else if (kind === 5) head = back();
    else if (kind === 6) lib = Math.max(lib, lib + below(head.blockNum - lib));
    script.push(kind === 7 ? { disconnect: true } : { view: { head, lib } });
  }
  lib = Math.max(lib, head.blockNum - 1);
  head = grow(head, 2);
  script.push({ view: { head, lib } });
  return { view, script, end: { head, lib } };
}
