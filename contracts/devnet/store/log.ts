import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { frame, FRAME_HEAD, frameSize, unframe } from './frame.ts';
import type { StoredBlock } from './frame.ts';
import { fileMedium, memoryMedium } from './medium.ts';
import type { Medium } from './medium.ts';

/** Blocks by number, from 1 without gaps. */
export type BlockLog = {
  readonly last: number;
  /** Appends the next block; when this returns, a kill of the process no longer loses it. */
  append(block: StoredBlock): void;
  id(num: number): Buffer | undefined;
  read(num: number): StoredBlock | undefined;
  /** Forgets blocks above `num`, for a fork; their successors take their place in the index, and their frames stay unused. */
  forget(num: number): void;
  close(): void;
};

type Entry = { readonly at: number; readonly size: number; readonly id: Buffer };

/** Offset of the frame (f64), its size (u32), block id: where each block lies, by number. */
const ENTRY = 8 + 4 + 32;

/**
 * Opens the folder's block log, dropping a torn tail; without a folder the blocks live in memory. Frames are only ever
 * appended; the index beside them can be made again from them, and is read from disk, so that a long chain costs no memory.
 */
export function openBlockLog(dir?: string): BlockLog {
  if (dir !== undefined) mkdirSync(dir, { recursive: true });
  const open = (name: string): Medium => (dir === undefined ? memoryMedium() : fileMedium(join(dir, name)));
  const frames = open('blocks.log');
  const index = indexOf(open('blocks.index'));
  let end = recover(frames, index);
  return {
    get last() {
      return index.last;
    },
    append: (block) => {
      if (block.num !== index.last + 1)
        throw new Error(`expected block ${String(index.last + 1)}, got ${String(block.num)}`);
      const bytes = frame(block);
      frames.write(end, bytes);
      index.put(block.num, { at: end, size: bytes.length, id: block.id });
      end += bytes.length;
    },
    id: (num) => index.get(num)?.id,
    read: (num) => {
      const entry = index.get(num);
      if (entry === undefined) return undefined;
      const stored = unframe(frames.read(entry.at, entry.size));
      if (stored === undefined)
        throw new Error(
          `block ${String(num)} of the block log is damaged: remove blocks.index, which is made again; if that does not help, restore the folder from a copy`,
        );
      return stored;
    },
    forget: (num) => {
      index.cut(num);
    },
    close: () => {
      frames.close();
      index.close();
    },
  };
}

type Index = ReturnType<typeof indexOf>;

function indexOf(medium: Medium) {
  let last = Math.floor(medium.size / ENTRY);
  return {
    get last() {
      return last;
    },
    get: (num: number): Entry | undefined => {
      if (num < 1 || num > last) return undefined;
      const bytes = medium.read((num - 1) * ENTRY, ENTRY);
      return { at: bytes.readDoubleLE(0), size: bytes.readUInt32LE(8), id: bytes.subarray(12) };
    },
    /** Makes this the entry of block `num` and the last one. */
    put: (num: number, { at, size, id }: Entry): void => {
      const bytes = Buffer.alloc(ENTRY);
      bytes.writeDoubleLE(at, 0);
      bytes.writeUInt32LE(size, 8);
      bytes.set(id, 12);
      medium.write((num - 1) * ENTRY, bytes);
      if (num < last) medium.truncate(num * ENTRY);
      last = num;
    },
    cut: (num: number): void => {
      last = Math.min(last, num);
      medium.truncate(last * ENTRY);
    },
    close: () => {
      medium.close();
    },
  };
}

/** Brings the index up to the frames, and drops what is torn off both; returns where the next frame goes. */
function recover(frames: Medium, index: Index): number {
  const whole = (entry: Entry | undefined, num: number): boolean => {
    if (entry === undefined || frameSize(frames.read(entry.at, FRAME_HEAD)) !== entry.size) return false;
    const stored = unframe(frames.read(entry.at, entry.size));
    return stored?.num === num && stored.id.equals(entry.id);
  };
  while (index.last > 0 && !whole(index.get(index.last), index.last)) index.cut(index.last - 1);
  const known = index.get(index.last);
  let end = known === undefined ? 0 : known.at + known.size;
  for (const { size } = frames; ;) {
    const length = frameSize(frames.read(end, FRAME_HEAD));
    const stored =
      length === undefined || end + length > size ? undefined : unframe(frames.read(end, length));
    if (length === undefined || stored === undefined || stored.num > index.last + 1) break;
    index.put(stored.num, { at: end, size: length, id: stored.id });
    end += length;
  }
  frames.truncate(end);
  return end;
}
