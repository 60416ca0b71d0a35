import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** A block as it is kept: packed signed_block, transaction traces and table deltas (both absent for block 1). */
export type StoredBlock = {
  readonly num: number;
  readonly id: Buffer;
  readonly block: Buffer;
  readonly traces: Buffer | undefined;
  readonly deltas: Buffer | undefined;
};

/** Blocks by number, from 1 without gaps. */
export type BlockLog = {
  readonly last: number;
  /** Appends the next block; it is written when this returns. */
  append(block: StoredBlock): void;
  id(num: number): Buffer | undefined;
  read(num: number): StoredBlock | undefined;
  /** Forgets blocks above `num`, for a fork; their successors take their place in the file too. */
  forget(num: number): void;
  close(): void;
};

const MAGIC = 0x314b_425a;
/** magic, number, three lengths, checksum (u32 each), id. */
const HEAD = 24 + 32;

function frame({ num, id, block, traces, deltas }: StoredBlock): Buffer {
  const parts = [block, traces ?? Buffer.alloc(0), deltas ?? Buffer.alloc(0)];
  const head = Buffer.alloc(HEAD);
  [MAGIC, num, ...parts.map((part) => part.length)].forEach((value, index) =>
    head.writeUInt32LE(value, index * 4),
  );
  head.set(id, 24);
  const bytes = Buffer.concat([head, ...parts]);
  bytes.writeUInt32LE(crc32(bytes), 20);
  return bytes;
}

/** The block in a frame; undefined where the bytes are torn or damaged. */
function unframe(bytes: Buffer): StoredBlock | undefined {
  const size = frameSize(bytes);
  if (size === undefined || bytes.length < size) return undefined;
  const sum = bytes.readUInt32LE(20);
  bytes.writeUInt32LE(0, 20);
  if (crc32(bytes.subarray(0, size)) !== sum) return undefined;
  let at = HEAD;
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

function frameSize(head: Buffer): number | undefined {
  if (head.length < HEAD || head.readUInt32LE(0) !== MAGIC) return undefined;
  return HEAD + head.readUInt32LE(8) + head.readUInt32LE(12) + head.readUInt32LE(16);
}

/** Where frames lie: a file, or memory. */
type Medium = { write(bytes: Buffer): number; read(at: number, size: number): Buffer; close(): void };

/** Opens the folder's block log, dropping a torn tail; without a folder the blocks live in memory. */
export function openBlockLog(dir?: string): BlockLog {
  const places: { at: number; size: number; id: Buffer }[] = [];
  const medium = dir === undefined ? memoryMedium() : fileMedium(dir, places);
  const place = (num: number) => places[num - 1];
  return {
    get last() {
      return places.length;
    },
    append: (block) => {
      if (block.num !== places.length + 1)
        throw new Error(`expected block ${String(places.length + 1)}, got ${String(block.num)}`);
      const bytes = frame(block);
      places.push({ at: medium.write(bytes), size: bytes.length, id: block.id });
    },
    id: (num) => place(num)?.id,
    read: (num) => {
      const found = place(num);
      if (found === undefined) return undefined;
      const stored = unframe(medium.read(found.at, found.size));
      if (stored === undefined)
        throw new Error(
          `block ${String(num)} of the block log is damaged: restore the chain's folder from a copy`,
        );
      return stored;
    },
    forget: (num) => void places.splice(num),
    close: () => {
      medium.close();
    },
  };
}

function memoryMedium(): Medium {
  const frames: Buffer[] = [];
  return {
    write: (bytes) => frames.push(bytes) - 1,
    read: (at) => Buffer.from(frames[at] ?? Buffer.alloc(0)),
    close: () => {
      frames.length = 0;
    },
  };
}

function fileMedium(dir: string, places: { at: number; size: number; id: Buffer }[]): Medium {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'blocks.log');
  const file = openSync(path, existsSync(path) ? 'r+' : 'w+');
  const read = (at: number, size: number): Buffer => {
    const bytes = Buffer.allocUnsafe(size);
    return bytes.subarray(0, readSync(file, bytes, 0, size, at));
  };
  let end = 0;
  for (;;) {
    const size = frameSize(read(end, HEAD));
    const stored =
      size === undefined || end + size > fstatSync(file).size ? undefined : unframe(read(end, size));
    if (size === undefined || stored === undefined || stored.num > places.length + 1) break;
    places.splice(stored.num - 1);
    places.push({ at: end, size, id: Buffer.from(stored.id) });
    end += size;
  }
  ftruncateSync(file, end);
  return {
    write: (bytes) => {
      const at = end;
      for (let done = 0; done < bytes.length;)
        done += writeSync(file, bytes, done, bytes.length - done, at + done);
      end += bytes.length;
      return at;
    },
    read,
    close: () => {
      fsyncSync(file);
      closeSync(file);
    },
  };
}
