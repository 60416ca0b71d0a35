/** Antelope's packing: little-endian numbers, varuint lengths. One writer may be reused after `clear`. */
export class Writer {
  #bytes: Buffer;
  #view: DataView;
  length = 0;

  constructor(capacity = 256) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
    this.#view = viewOf(this.#bytes);
  }

  #room(more: number): number {
    const at = this.length;
    if (at + more > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, at + more));
      this.#bytes.copy(grown, 0, 0, at);
      this.#bytes = grown;
      this.#view = viewOf(grown);
    }
    this.length = at + more;
    return at;
  }

  clear(): this {
    this.length = 0;
    return this;
  }
  u8(value: number): this {
    const at = this.#room(1);
    this.#bytes[at] = value;
    return this;
  }
  bool(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }
  u16(value: number): this {
    const at = this.#room(2);
    this.#view.setUint16(at, value, true);
    return this;
  }
  u32(value: number): this {
    const at = this.#room(4);
    this.#view.setUint32(at, value, true);
    return this;
  }
  u64(value: bigint): this {
    const at = this.#room(8);
    this.#view.setBigUint64(at, value, true);
    return this;
  }
  i64(value: bigint): this {
    const at = this.#room(8);
    this.#view.setBigInt64(at, value, true);
    return this;
  }
  /** 64-bit from a safe integer. */
  n64(value: number): this {
    const at = this.#room(8);
    this.#view.setUint32(at, value % 0x1_0000_0000, true);
    this.#view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
    return this;
  }
  f64(value: number): this {
    const at = this.#room(8);
    this.#view.setFloat64(at, value, true);
    return this;
  }
  varuint(value: number): this {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.u8(rest);
  }
  raw(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }
  blob(bytes: Uint8Array): this {
    return this.varuint(bytes.length).raw(bytes);
  }
  text(value: string): this {
    const size = Buffer.byteLength(value);
    const at = this.varuint(size).#room(size);
    this.#bytes.write(value, at, size, 'utf8');
    return this;
  }
  /** A view that the next write may overwrite. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }
  /** A copy of its own. */
  take(): Buffer {
    return Buffer.from(this.view());
  }
}

const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);
