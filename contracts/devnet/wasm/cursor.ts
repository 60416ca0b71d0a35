/** Walks a WebAssembly binary; numbers are LEB128. */
export class Cursor {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) throw new Error(`expected more WebAssembly after offset ${String(this.at)}`);
    this.at++;
    return value;
  }
  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error(`expected a 32-bit number before offset ${String(this.at)}`);
  }
  /** Steps over a LEB128 number of any width. */
  skipNumber(): void {
    while (this.byte() >= 0x80);
  }
  take(size: number): Uint8Array {
    if (this.at + size > this.bytes.length)
      throw new Error(`expected ${String(size)} bytes of WebAssembly at offset ${String(this.at)}`);
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  get done(): boolean {
    return this.at >= this.bytes.length;
  }
}

/** LEB128 bytes of an unsigned number. */
export function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}
