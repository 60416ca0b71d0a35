import { U64Map } from './u64.ts';

const alphabet = '.12345abcdefghijklmnopqrstuvwxyz';

/** A 64-bit integer as its low and high 32-bit halves. */
export type Halves = readonly [low: number, high: number];

export function halves(value: bigint): Halves {
  return [Number(value & 0xffffffffn), Number(value >> 32n)];
}

/** An account or action name's text from its 64-bit value: twelve groups of five bits and one of four. */
export function nameText(low: number, high: number): string {
  let value = (BigInt(high) << 32n) | BigInt(low);
  let text = '';
  for (let i = 0; i <= 12; i++) {
    const bits = i === 0 ? 4n : 5n;
    text = (alphabet[Number(value & ((1n << bits) - 1n))] as string) + text;
    value >>= bits;
  }
  return text.replace(/\.+$/, '');
}

/** The 64-bit value of a name. Throws on text that no name can be. */
export function nameValue(text: string): bigint {
  if (!/^[.1-5a-z]{0,12}[.1-5a-j]?$/.test(text)) {
    throw new RangeError(`expected a name of at most 12 characters of .1-5a-z, got '${text}'`);
  }
  let value = 0n;
  for (let i = 0; i <= 12; i++) {
    const digit = BigInt(alphabet.indexOf(text[i] ?? '.'));
    value = i === 12 ? (value << 4n) | digit : (value << 5n) | digit;
  }
  return value;
}

export function nameHalves(text: string): Halves {
  return halves(nameValue(text));
}

/** A symbol's text, `3,KG`, or null when the bytes are no symbol. The empty symbol is `0,`. */
export function symbolText(low: number, high: number): string | null {
  const code = symbolCodeText((low >>> 8) | (high << 24), high >>> 8);
  return code === null ? null : `${low & 0xff},${code}`;
}

/** A symbol code's text, `KG`, or null when the bytes are none. */
export function symbolCodeText(low: number, high: number): string | null {
  let text = '';
  let ended = false;
  for (let i = 0; i < 8; i++) {
    const byte = ((i < 4 ? low : high) >>> ((i % 4) * 8)) & 0xff;
    if (byte === 0) ended = true;
    else if (ended || byte < 0x41 || byte > 0x5a || i === 7) return null;
    else text += String.fromCharCode(byte);
  }
  return text;
}

/** Texts of 64-bit words made once, as length-prefixed bytes ready for RowBinary; null where the word has no text. */
export class Interned {
  readonly #text: (low: number, high: number) => string | null;
  readonly #made = new U64Map<Uint8Array | null>(65_536);

  constructor(text: (low: number, high: number) => string | null) {
    this.#text = text;
  }

  get(low: number, high: number): Uint8Array | null {
    const known = this.#made.get(low, high);
    if (known !== undefined) return known;
    const text = this.#text(low, high);
    const bytes = text === null ? null : Uint8Array.from([text.length, ...Buffer.from(text, 'latin1')]);
    this.#made.set(low, high, bytes);
    return bytes;
  }
}

/** Caches of pure functions, shared by all codecs of a thread. */
export const interned = {
  name: new Interned(nameText),
  symbol: new Interned(symbolText),
  symbolCode: new Interned(symbolCodeText),
};
