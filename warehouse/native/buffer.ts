/** Rows on their way out of RowBinary. */
export class Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  /** LEB128, up to 32 bits. */
  varuint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.view.getUint8(this.at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
}

/** Bytes of one column, or of a part of it; grows, and is used again after `clear`. */
export class Bytes {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  clear(): void {
    this.length = 0;
  }
  filled(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
  #room(more: number): number {
    const at = this.length;
    if (at + more > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, at + more));
      grown.set(this.filled());
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.length = at + more;
    return at;
  }
  u8(value: number): void {
    const at = this.#room(1);
    this.#bytes[at] = value;
  }
  u64(value: number): void {
    const at = this.#room(8);
    this.#view.setUint32(at, value % 2 ** 32, true);
    this.#view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
  }
  varuint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.u8(rest);
  }
  zeros(size: number): void {
    const at = this.#room(size);
    this.#bytes.fill(0, at, at + size);
  }
  /** Moves four bytes, or eight; throws RangeError where the source has fewer. */
  take4(from: Source): void {
    const at = this.#room(4);
    this.#view.setUint32(at, from.view.getUint32(from.at, true), true);
    from.at += 4;
  }
  take8(from: Source): void {
    const at = this.#room(8);
    const start = from.at;
    this.#view.setUint32(at, from.view.getUint32(start, true), true);
    this.#view.setUint32(at + 4, from.view.getUint32(start + 4, true), true);
    from.at = start + 8;
  }
  /** Moves a length and so many bytes. */
  takeText(from: Source): void {
    const { bytes } = from;
    const size = bytes[from.at] as number;
    if (size > 48) {
      const long = from.varuint();
      this.varuint(long);
      this.take(from, long);
      return;
    }
    const start = from.at;
    if (start + size >= bytes.length) throw new RangeError('rows end early');
    const at = this.#room(size + 1);
    const to = this.#bytes;
    for (let done = 0; done <= size; done += 1) to[at + done] = bytes[start + done] as number;
    from.at = start + size + 1;
  }
  /** Moves so many bytes; throws RangeError where the source has fewer. Short runs are the rule: a loop beats a call for them. */
  take(from: Source, size: number): void {
    const start = from.at;
    if (start + size > from.bytes.length) throw new RangeError('rows end early');
    from.at = start + size;
    const at = this.#room(size);
    if (size > 48) {
      this.#bytes.set(from.bytes.subarray(start, start + size), at);
      return;
    }
    let done = 0;
    for (; done + 4 <= size; done += 4)
      this.#view.setUint32(at + done, from.view.getUint32(start + done, true), true);
    for (; done < size; done += 1) this.#bytes[at + done] = from.bytes[start + done] as number;
  }
}
