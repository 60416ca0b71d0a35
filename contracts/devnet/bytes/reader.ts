/** Reads Antelope's packing; every read past the end throws a RangeError. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }
  #step(size: number): number {
    const at = this.at;
    if (size > this.left)
      throw new RangeError(
        `expected ${String(size)} more bytes at offset ${String(at)}, got ${String(this.left)}`,
      );
    this.at = at + size;
    return at;
  }
  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }
  bool(): boolean {
    return this.u8() !== 0;
  }
  u16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }
  u32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }
  u64(): bigint {
    return this.#view.getBigUint64(this.#step(8), true);
  }
  i64(): bigint {
    return this.#view.getBigInt64(this.#step(8), true);
  }
  /** 64-bit as a safe integer. */
  n64(): number {
    const low = this.u32();
    return this.u32() * 0x1_0000_0000 + low;
  }
  f64(): number {
    return this.#view.getFloat64(this.#step(8), true);
  }
  varuint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    throw new RangeError(`expected a varuint32 before offset ${String(this.at)}, got a larger number`);
  }
  /** A view, not a copy. */
  raw(size: number): Buffer {
    const { buffer, byteOffset } = this.#bytes;
    return Buffer.from(buffer, byteOffset + this.#step(size), size);
  }
  blob(): Buffer {
    return this.raw(this.varuint());
  }
  text(): string {
    return this.blob().toString('utf8');
  }
  list<T>(read: () => T): T[] {
    const size = this.varuint();
    if (size > this.left)
      throw new RangeError(`expected a list that fits ${String(this.left)} bytes, got ${String(size)} items`);
    const items: T[] = [];
    for (let left = size; left > 0; left--) items.push(read());
    return items;
  }
}
