const LETTERS = '.12345abcdefghijklmnopqrstuvwxyz';
const NUMBER = new Map<string, bigint>();
const TEXT = new Map<bigint, string>();
const SHAPE = /^(?:[.1-5a-z]{0,11}[1-5a-z]|[.1-5a-z]{12}[1-5a-j])?$/;
/** Names are interned; a bound keeps hostile input from growing the caches for ever. */
const KEPT = 200_000;

/** The 64-bit number of an Antelope name; throws where the text is not one (letters a–z, 1–5, dot, at most 12). */
export function nameNumber(text: string): bigint {
  const known = NUMBER.get(text);
  if (known !== undefined) return known;
  if (!SHAPE.test(text))
    throw new Error(`expected a name of a–z, 1–5 and dots, at most 12 long, got "${text.slice(0, 32)}"`);
  let value = 0n;
  for (let index = 0; index < 12; index++) {
    const letter = text.charAt(index);
    value = (value << 5n) | BigInt(letter === '' ? 0 : LETTERS.indexOf(letter));
  }
  const last = text.charAt(12);
  value = (value << 4n) | BigInt(last === '' ? 0 : LETTERS.indexOf(last));
  if (NUMBER.size < KEPT) NUMBER.set(text, value);
  return value;
}

/** Text of a 64-bit name. */
export function nameText(value: bigint): string {
  const known = TEXT.get(value);
  if (known !== undefined) return known;
  let rest = value >> 4n;
  let text = LETTERS.charAt(Number(value & 15n));
  for (let index = 0; index < 12; index++) {
    text = LETTERS.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  text = text.replace(/\.+$/, '');
  if (TEXT.size < KEPT) TEXT.set(value, text);
  return text;
}
