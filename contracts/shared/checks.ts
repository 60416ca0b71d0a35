import { Checksum256, Name, check } from 'proton-tsc';

/** Bytes of UTF-8 that a free text may take on chain. */
export const TEXT_BYTES: i32 = 256;

/** Ends the transaction with a reason. A reason is built only when it is needed: the runtime never frees memory. */
export function refuse(reason: string): void {
  check(false, reason);
}

/** A text that may be empty, of at most TEXT_BYTES. */
export function requireShort(field: string, text: string): void {
  const bytes = String.UTF8.byteLength(text);
  if (bytes > TEXT_BYTES) refuse(`${field}: at most ${TEXT_BYTES} bytes expected, came ${bytes}`);
}

/** A text of 1 to TEXT_BYTES bytes. */
export function requireText(field: string, text: string): void {
  if (text.length == 0) refuse(`${field}: a text expected, came an empty one`);
  requireShort(field, text);
}

/** The sha256 of a document. All zeros means that nobody hashed anything. */
export function requireHash(field: string, hash: Checksum256): void {
  for (let i = 0; i < hash.data.length; i++) {
    if (hash.data[i] != 0) return;
  }
  refuse(`${field}: sha256 of a document expected, came all zeros`);
}

/** One of a closed list of words, written as one text with spaces between: the list is the error's explanation too. */
export function requireWord(field: string, word: Name, words: string): void {
  const known = words.split(' ');
  for (let i = 0; i < known.length; i++) {
    if (word == Name.fromString(known[i])) return;
  }
  refuse(`${field}: one of ${words} expected, came ${textOf(word)}`);
}

/** A name for an error text: the empty name is shown as nothing. */
export function textOf(name: Name): string {
  return name.N == 0 ? 'nothing' : name.toString();
}
