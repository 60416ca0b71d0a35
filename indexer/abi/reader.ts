import { DecodeError } from '../errors.ts';

/** Deepest nesting of recursive types that is followed; nodeos uses the same bound. */
const maxDepth = 32;

/** Values that a window of packed bytes may unfold into: some for each byte, and a few that take none. */
const valuesPerByte = 8;
const freeValues = 1024;

/** A bounded cursor over packed bytes. Every read is checked against `end`; offsets in errors count from the window's start. */
export class Reader {
  bytes: Uint8Array;
  view: DataView;
  pos: number;
  end: number;
  /** Text was read whose bytes are no UTF-8: what was made of it is not the whole. The caller lowers it. */
  isLossy = false;
  #start: number;
  #depth = 0;
  /** Values that may still come out of this window. */
  #values: number;

  constructor(bytes: Uint8Array, pos = 0, end = bytes.length) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.pos = pos;
    this.end = end;
    this.#start = pos;
    this.#values = freeValues + valuesPerByte * (end - pos);
  }

  /** Points the same reader at another window of the same bytes. */
  window(pos: number, end: number): this {
    this.pos = pos;
    this.end = end;
    this.#start = pos;
    this.#depth = 0;
    this.#values = freeValues + valuesPerByte * (end - pos);
    return this;
  }

  /** Steps over `size` bytes and gives where they began. */
  take(size: number, type: string): number {
    const at = this.pos;
    if (size > this.end - at) {
      this.fail(type, `needs ${size} bytes, ${this.end - at} are left`);
    }
    this.pos = at + size;
    return at;
  }

  fail(type: string, what: string): never {
    throw new DecodeError(type, this.pos - this.#start, what);
  }

  u8(type = 'uint8'): number {
    return this.bytes[this.take(1, type)] as number;
  }

  u16(type = 'uint16'): number {
    return this.view.getUint16(this.take(2, type), true);
  }

  u32(type = 'uint32'): number {
    return this.view.getUint32(this.take(4, type), true);
  }

  u64(type = 'uint64'): bigint {
    return this.view.getBigUint64(this.take(8, type), true);
  }

  i64(type = 'int64'): bigint {
    return this.view.getBigInt64(this.take(8, type), true);
  }

  /** LEB128 of at most 32 bits. */
  varuint32(type = 'varuint32'): number {
    const first = this.u8(type);
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      const byte = this.u8(type);
      if (shift === 28 && byte > 0x0f) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    this.fail(type, 'more than 32 bits');
  }

  /** A 0 or 1 byte; contracts never write another, so what comes with one is better kept raw. */
  flag(type = 'bool'): boolean {
    const byte = this.u8(type);
    if (byte > 1) this.fail(type, `expected 0 or 1, got ${byte}`);
    return byte === 1;
  }

  /** Reads a varuint32 length and steps over that many bytes; gives where they began (`pos` is where they end). */
  blob(type: string): number {
    return this.take(this.varuint32(type), type);
  }

  slice(at: number, end: number): Uint8Array {
    return this.bytes.subarray(at, end);
  }

  /** An element count that the rest of the window can hold, of elements of `weight` values and `minSize` bytes each. */
  count(minSize: number, type: string, weight = 1): number {
    const count = this.varuint32(type);
    const left = this.end - this.pos;
    if (count * minSize > left) this.fail(type, `${count} elements cannot lie in ${left} bytes`);
    this.spend(count * weight, type);
    return count;
  }

  /** Counts values that are about to be made, so that few bytes cannot unfold into many of them. */
  spend(values: number, type: string): void {
    this.#values -= values;
    if (this.#values < 0) this.fail(type, 'more values than so few bytes can stand for');
  }

  enter(type: string): void {
    if (++this.#depth > maxDepth) this.fail(type, `nested deeper than ${maxDepth}`);
  }

  leave(): void {
    this.#depth--;
  }
}
