const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const DIGIT = new Map(Array.from(ALPHABET).map((letter, index) => [letter, BigInt(index)]));

/** Base58 text of bytes; each leading zero byte is a leading "1". */
export function encodeBase58(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (; value > 0n; value /= 58n) text = ALPHABET.charAt(Number(value % 58n)) + text;
  for (const byte of bytes) {
    if (byte !== 0) break;
    text = '1' + text;
  }
  return text;
}

/** Bytes of base58 text; throws on a letter outside the alphabet. */
export function decodeBase58(text: string): Uint8Array {
  let value = 0n;
  for (const letter of text) {
    const digit = DIGIT.get(letter);
    if (digit === undefined) throw new Error(`expected base58 text, got the letter "${letter}"`);
    value = value * 58n + digit;
  }
  const bytes: number[] = [];
  for (; value > 0n; value >>= 8n) bytes.unshift(Number(value & 255n));
  for (const letter of text) {
    if (letter !== '1') break;
    bytes.unshift(0);
  }
  return Uint8Array.from(bytes);
}
