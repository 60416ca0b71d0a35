/** RowBinary under construction for one table: grows by doubling, counts rows; setting `pos` and `rows` back undoes. */
export class RowBuffer {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
  pos = 0;
  rows = 0;

  constructor(capacity = 64 * 1024) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer);
  }

  reserve(size: number): number {
    const at = this.pos;
    if (at + size > this.bytes.length) this.#grow(at + size);
    this.pos = at + size;
    return at;
  }

  #grow(atLeast: number): void {
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, atLeast));
    bytes.set(this.bytes.subarray(0, this.pos));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  u8(value: number): void {
    const at = this.reserve(1);
    this.bytes[at] = value;
  }

  u32(value: number): void {
    const at = this.reserve(4);
    this.view.setUint32(at, value, true);
  }

  /** A 64-bit integer given as its low and high halves. */
  u64(low: number, high: number): void {
    const at = this.reserve(8);
    this.view.setUint32(at, low, true);
    this.view.setUint32(at + 4, high, true);
  }

  i64(value: bigint): void {
    const at = this.reserve(8);
    this.view.setBigInt64(at, value, true);
  }

  varuint(value: number): void {
    let left = value;
    while (left >= 0x80) {
      this.u8((left & 0x7f) | 0x80);
      left = Math.floor(left / 128);
    }
    this.u8(left);
  }

  /** Copies `size` bytes; short runs by words, which is several times faster than `set`. */
  copy(from: Uint8Array, view: DataView, at: number, size: number): void {
    const to = this.reserve(size);
    if (size > 96) {
      this.bytes.set(from.subarray(at, at + size), to);
      return;
    }
    let done = 0;
    for (; done + 4 <= size; done += 4) this.view.setUint32(to + done, view.getUint32(at + done, true), true);
    for (; done < size; done++) this.bytes[to + done] = from[at + done] as number;
  }

  /** Appends bytes as they are (already length-prefixed text, ids). */
  put(bytes: Uint8Array): void {
    const to = this.reserve(bytes.length);
    for (let i = 0; i < bytes.length; i++) this.bytes[to + i] = bytes[i] as number;
  }

  text(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    this.varuint(bytes.length);
    const to = this.reserve(bytes.length);
    this.bytes.set(bytes, to);
  }

  /** The finished bytes, copied out so that the buffer may be filled again. */
  take(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.pos);
  }
}
