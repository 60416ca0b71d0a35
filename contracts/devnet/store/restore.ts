import type { Assembly, Finished } from '../chain/assembly.ts';
import type { Finality } from '../chain/finality.ts';
import type { State } from '../state/state.ts';
import { headOf, storedBlock } from './head.ts';
import type { Keeper } from './keeper.ts';
import type { BlockLog } from './log.ts';

export type Restoring = {
  readonly dir: string | undefined;
  /** Id of the genesis block that the chain should have. */
  readonly firstId: Buffer;
  readonly blocks: BlockLog;
  readonly keeper: Keeper;
  readonly assembly: Assembly;
  readonly finality: Finality;
  /** Empty. */
  readonly state: State;
  /** Fills the state as genesis leaves it. */
  readonly seed: () => void;
  /** Takes in a block that was executed again. */
  readonly settle: (made: Finished) => void;
};

/**
 * Brings the state to the end of the block log: from the newest good snapshot, else from genesis, by executing the blocks after it
 * again. Returns how many. Throws where the log is of another chain, or a block comes out as another one.
 */
export function restore({
  dir,
  firstId,
  blocks,
  keeper,
  assembly,
  finality,
  state,
  seed,
  settle,
}: Restoring): number {
  const kept = blocks.id(1);
  if (kept?.equals(firstId) !== true)
    throw new Error(
      `${String(dir)} holds another chain (first block ${String(kept?.toString('hex'))}, expected ${firstId.toString('hex')}): use another folder or the seed it was made with`,
    );
  const from = keeper.read(state);
  if (from === undefined) seed();
  else {
    assembly.head = headOf(storedBlock(blocks, from));
    finality.restart(assembly.head);
  }
  const { last } = blocks;
  const begin = from ?? 1;
  for (let num = begin + 1; num <= last; num++) {
    const stored = storedBlock(blocks, num);
    const made = assembly.replay(stored.block);
    if (!made.head.id.equals(stored.id))
      throw new Error(
        `block ${String(num)} of ${String(dir)} was ${stored.id.toString('hex')}, executed again it is ${made.head.id.toString('hex')}: ` +
          'the folder was made by another version of the embedded chain; remove it to start a new chain',
      );
    settle(made);
  }
  return last - begin;
}
