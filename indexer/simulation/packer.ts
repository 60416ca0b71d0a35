const alphabet = '.12345abcdefghijklmnopqrstuvwxyz';
const names = new Map<string, bigint>();

/** Five bits a character from the top, four for a thirteenth. */
function nameValue(text: string): bigint {
  const known = names.get(text);
  if (known !== undefined) return known;
  let value = 0n;
  for (let i = 0; i < 12; i++) value = value * 32n + BigInt(alphabet.indexOf(text[i] ?? '.'));
  value = value * 16n + BigInt(alphabet.indexOf(text[12] ?? '.'));
  if (names.size < 10_000) names.set(text, value);
  return value;
}

/** Antelope's packed bytes, written apart from the indexer's own codecs so that both can disagree. */
export class Packer {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  #room(size: number): number {
    const at = this.#length;
    if (at + size > this.#bytes.length) {
      const bytes = Buffer.allocUnsafe(Math.max(at + size, this.#bytes.length * 2));
      this.#bytes.copy(bytes, 0, 0, at);
      this.#bytes = bytes;
    }
    this.#length += size;
    return at;
  }

  u8(value: number): this {
    const at = this.#room(1);
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    const at = this.#room(2);
    this.#bytes.writeUInt16LE(value, at);
    return this;
  }

  u32(value: number): this {
    const at = this.#room(4);
    this.#bytes.writeUInt32LE(value, at);
    return this;
  }

  /** Signed or not: the two's complement of 64 bits. */
  u64(value: bigint): this {
    const at = this.#room(8);
    this.#bytes.writeBigUInt64LE(BigInt.asUintN(64, value), at);
    return this;
  }

  varuint(value: number): this {
    let left = value;
    for (; left >= 0x80; left = Math.floor(left / 128)) this.u8((left % 128) | 0x80);
    return this.u8(left);
  }

  name(text: string): this {
    return this.u64(nameValue(text));
  }

  raw(bytes: Uint8Array): this {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  hex(text: string): this {
    const at = this.#room(text.length / 2);
    this.#bytes.write(text, at, 'hex');
    return this;
  }

  blob(bytes: Uint8Array): this {
    return this.varuint(bytes.length).raw(bytes);
  }

  text(text: string): this {
    return this.blob(Buffer.from(text, 'utf8'));
  }

  list<Item>(items: readonly Item[], put: (item: Item) => void): this {
    this.varuint(items.length);
    items.forEach(put);
    return this;
  }

  /** A presence byte, then the value if there is one. */
  maybe<Value>(value: Value | null, put: (value: Value) => void): this {
    this.u8(value === null ? 0 : 1);
    if (value !== null) put(value);
    return this;
  }

  done(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
