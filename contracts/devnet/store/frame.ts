import { crc32 } from 'node:zlib';

/** A block as it is kept: packed signed_block, transaction traces and table deltas (both absent for block 1). */
export type StoredBlock = {
  readonly num: number;
  readonly id: Buffer;
  readonly block: Buffer;
  readonly traces: Buffer | undefined;
  readonly deltas: Buffer | undefined;
};

const MAGIC = 0x314b_425a;
/** magic, number, three lengths, checksum (u32 each), id. */
export const FRAME_HEAD = 24 + 32;

/** A block's bytes in the log. */
export function frame({ num, id, block, traces, deltas }: StoredBlock): Buffer {
  const parts = [block, traces ?? Buffer.alloc(0), deltas ?? Buffer.alloc(0)];
  const head = Buffer.alloc(FRAME_HEAD);
  [MAGIC, num, ...parts.map((part) => part.length)].forEach((value, index) =>
    head.writeUInt32LE(value, index * 4),
  );
  head.set(id, 24);
  const bytes = Buffer.concat([head, ...parts]);
  bytes.writeUInt32LE(crc32(bytes), 20);
  return bytes;
}

/** The block in a frame; undefined where the bytes are torn or damaged. */
export function unframe(bytes: Buffer): StoredBlock | undefined {
  const size = frameSize(bytes);
  if (size === undefined || bytes.length < size) return undefined;
  const sum = bytes.readUInt32LE(20);
  bytes.writeUInt32LE(0, 20);
  if (crc32(bytes.subarray(0, size)) !== sum) return undefined;
  let at = FRAME_HEAD;
  const part = (index: number): Buffer => {
    const length = bytes.readUInt32LE(8 + index * 4);
    at += length;
    return bytes.subarray(at - length, at);
  };
  const [block, traces, deltas] = [part(0), part(1), part(2)];
  return {
    num: bytes.readUInt32LE(4),
    id: bytes.subarray(24, 56),
    block,
    traces: traces.length > 0 ? traces : undefined,
    deltas: deltas.length > 0 ? deltas : undefined,
  };
}

/** Bytes of the frame that begins with this head; undefined where none does. */
export function frameSize(head: Buffer): number | undefined {
  if (head.length < FRAME_HEAD || head.readUInt32LE(0) !== MAGIC) return undefined;
  return FRAME_HEAD + head.readUInt32LE(8) + head.readUInt32LE(12) + head.readUInt32LE(16);
}
