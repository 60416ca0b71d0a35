import { Packer } from './packer.ts';
import { chainId } from './sim-block.ts';
import type { SimBlock } from './sim-block.ts';

/** What a client asks of state history. */
export type Request =
  | { readonly kind: 'status' }
  | { readonly kind: 'acknowledge'; readonly messages: number }
  | {
      readonly kind: 'blocks';
      readonly start: number;
      readonly credits: number;
      readonly have: readonly { readonly blockNum: number; readonly blockId: string }[];
      readonly deltas: boolean;
    };

/** Reads a request by its tag. Throws on one that state history does not know. */
export function readRequest(bytes: Buffer): Request {
  const tag = bytes.readUInt8(0);
  if (tag === 0) return { kind: 'status' };
  if (tag === 2) return { kind: 'acknowledge', messages: bytes.readUInt32LE(1) };
  if (tag !== 1) throw new Error(`unknown request ${tag}`);
  const flags = bytes.subarray(bytes.length - 4);
  const [start, credits] = [bytes.readUInt32LE(1), bytes.readUInt32LE(9)];
  const positions = bytes.subarray(positionsAt(bytes), bytes.length - 4);
  const have = Array.from({ length: positions.length / 36 }, (_, i) => ({
    blockNum: positions.readUInt32LE(36 * i),
    blockId: positions.toString('hex', 36 * i + 4, 36 * i + 36),
  }));
  return { kind: 'blocks', start, credits, have, deltas: flags[3] === 1 };
}

/** After tag, three numbers and the count, a varuint. */
function positionsAt(bytes: Buffer): number {
  let at = 13;
  while (bytes.readUInt8(at) >= 0x80) at++;
  return at + 1;
}

function putPosition(to: Packer, { blockNum, blockId }: SimBlock): void {
  to.u32(blockNum).hex(blockId);
}

export function packStatus(head: SimBlock, lib: SimBlock, firstBlock: number): Uint8Array {
  const to = new Packer().u8(0);
  putPosition(to, head);
  putPosition(to, lib);
  const end = head.blockNum + 1;
  return to.u32(firstBlock).u32(end).u32(firstBlock).u32(end).hex(chainId).done();
}

/** A block's message; without a block it tells head and finality alone. */
export function packResult(
  head: SimBlock,
  lib: SimBlock,
  block: SimBlock | null,
  deltas: boolean,
): Uint8Array {
  const to = new Packer().u8(1);
  putPosition(to, head);
  putPosition(to, lib);
  to.maybe(block, (told) => {
    putPosition(to, told);
  });
  to.maybe(block?.previous ?? null, (previous) => {
    putPosition(to, previous);
  });
  to.maybe(block, (told) => to.blob(told.block));
  to.maybe(block?.traces ?? null, (traces) => to.blob(traces));
  return to.maybe(block !== null && deltas ? block.deltas : null, (packed) => to.blob(packed)).done();
}
