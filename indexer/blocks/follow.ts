import { FatalError } from '../errors.ts';
import type { Position } from '../sink/sink.ts';
import type { Block } from './header.ts';

/** What a message means for the tables. */
export type ChainEvent =
  /** A reversible block joined the branch. */
  | { readonly kind: 'block'; readonly block: Block }
  /** These blocks, in order, can never change again. */
  | { readonly kind: 'finalize'; readonly blocks: readonly Block[] }
  /** The branch's blocks from this number on are orphans. */
  | { readonly kind: 'reorg'; readonly fromBlock: number }
  /** The stream does not join what is held: ask again with `have()`. */
  | { readonly kind: 'relink' };

/** How often in a row the endpoint may fail to join before it is given up. */
const maxRelinks = 3;

/**
 * Follows one chain through a stream that may fork, repeat blocks or skip a rewind. Holds the reversible blocks above the last
 * final one. Throws FatalError when the stream contradicts what is final.
 */
export type Follower = ReturnType<typeof createFollower>;

export function createFollower(cursor: Position | null, startBlock: number) {
  let final = cursor;
  let held: Block[] = [];
  let bytes = 0;
  let relinks = 0;

  function top(): Position | null {
    return held.at(-1) ?? final;
  }

  function at(blockNum: number): Position | undefined {
    if (final?.blockNum === blockNum) return final;
    const first = held[0];
    return first && held[blockNum - first.blockNum];
  }

  function relink(block: Position): ChainEvent[] {
    if (++relinks > maxRelinks) {
      throw new FatalError(
        `block ${block.blockNum} ${block.blockId} does not join the blocks held (last ${JSON.stringify(top())}), asked ${maxRelinks} times: the endpoint's chain does not link`,
      );
    }
    return [{ kind: 'relink' }];
  }

  /** True when the block repeats what is held. Throws when it contradicts what is final or what was asked for. */
  function repeats(block: Block): boolean {
    if (top() === null) {
      // Block 1 has no traces; an endpoint may begin with block 2.
      if (block.blockNum === startBlock || (startBlock <= 1 && block.blockNum === 2)) return false;
      throw new FatalError(
        `expected block ${startBlock} first, the endpoint begins with ${block.blockNum}: set the first block`,
      );
    }
    if (at(block.blockNum)?.blockId === block.blockId) return true;
    if (final === null || block.blockNum > final.blockNum) return false;
    // Older ones are passed over: if they are of another history, so is the block that has the final one's number.
    if (block.blockNum < final.blockNum) return true;
    throw new FatalError(
      `the endpoint went back to block ${block.blockNum} ${block.blockId}, but ${final.blockNum} ${final.blockId} is final: it follows another history`,
    );
  }

  function join(block: Block): ChainEvent[] {
    if (repeats(block)) return [];
    const isRoot = final === null && (held[0] === undefined || held[0].blockNum === block.blockNum);
    if (!isRoot && at(block.blockNum - 1)?.blockId !== block.previousId) return relink(block);
    relinks = 0;
    const forks = held.length > 0 && block.blockNum <= (held.at(-1) as Block).blockNum;
    if (forks) drop(block.blockNum);
    held.push(block);
    bytes += block.message.bytes.length;
    return [
      ...(forks ? [{ kind: 'reorg', fromBlock: block.blockNum } as const] : []),
      { kind: 'block', block },
    ];
  }

  function drop(fromBlock: number): void {
    const kept = held.filter((block) => block.blockNum < fromBlock);
    held = kept;
    bytes = kept.reduce((sum, block) => sum + block.message.bytes.length, 0);
  }

  /** `proven`: highest number of a held block that is known to be on the branch of `lib`. */
  function finalize(lib: Position, proven: number): ChainEvent[] {
    const first = held[0];
    const through = Math.min(lib.blockNum, proven);
    if (first === undefined || through < first.blockNum) return [];
    const count = Math.min(through - first.blockNum + 1, held.length);
    const last = held[count - 1] as Block;
    if (last.blockNum === lib.blockNum && last.blockId !== lib.blockId) return relink(last);
    const blocks = held.splice(0, count);
    for (const block of blocks) bytes -= block.message.bytes.length;
    final = { blockNum: last.blockNum, blockId: last.blockId };
    return [{ kind: 'finalize', blocks }];
  }

  /** Takes a block, if the message had one, and the endpoint's last irreversible block. */
  function accept(block: Block | null, lib: Position): ChainEvent[] {
    const joined = block === null ? [] : join(block);
    if (joined.some((event) => event.kind === 'relink')) return joined;
    // What is held above a block that came again may be of another branch than the endpoint's; so may all of it where no block came,
    // unless the final block itself is among it.
    const isHeld = lib.blockNum <= (top()?.blockNum ?? 0);
    const finalized = finalize(lib, block?.blockNum ?? (isHeld ? lib.blockNum : 0));
    if (finalized.length === 0) return joined;
    const [event] = finalized;
    // What became final at once was never in the tails.
    const passed = event?.kind === 'finalize' && event.blocks.at(-1) === block;
    return [...(passed ? joined.filter(({ kind }) => kind !== 'block') : joined), ...finalized];
  }

  return {
    accept,
    top,
    final: () => final,
    /** Reversible blocks held, and the bytes of their messages. */
    held: () => ({ blocks: held.length, bytes }),
    /** The number to ask for next and every position from the last final one on. */
    resume: () => ({
      start: (top()?.blockNum ?? startBlock - 1) + 1,
      have: [...(final ? [final] : []), ...held.map(({ blockNum, blockId }) => ({ blockNum, blockId }))],
    }),
  };
}
