import { blockNumOf, readBlock } from '../chain/block.ts';
import type { Head } from '../chain/maker.ts';
import type { StoredBlock } from './frame.ts';
import type { BlockLog } from './log.ts';

/** timestamp, producer, confirmed, previous, two roots, schedule version, no new producers, no extensions. */
const HEADER_SIZE = 4 + 8 + 2 + 32 * 3 + 4 + 1 + 1;

/** A block as the one that the next builds on. */
export const headOf = ({ id, block }: Pick<StoredBlock, 'id' | 'block'>): Head => ({
  num: blockNumOf(id),
  id,
  slot: readBlock(block).header.slot,
  packedHeader: Buffer.from(block.subarray(0, HEADER_SIZE)),
});

/** A block that the log must have. */
export function storedBlock(blocks: Pick<BlockLog, 'read'>, num: number): StoredBlock {
  const stored = blocks.read(num);
  if (stored === undefined) throw new Error(`expected block ${String(num)} in the block log`);
  return stored;
}
