/** Characters of Windows-1251 beyond ASCII and the Cyrillic alphabet that tables use. */
const OTHERS: Readonly<Record<string, number>> = {
  '…': 0x85,
  '–': 0x96,
  '—': 0x97,
  Ё: 0xa8,
  '«': 0xab,
  ё: 0xb8,
  '№': 0xb9,
  '»': 0xbb,
};
const FIRST_CYRILLIC = 'А'.codePointAt(0) ?? 0;
const LAST_CYRILLIC = 'я'.codePointAt(0) ?? 0;

/** Text as Windows-1251. Throws `RangeError` for a character that this encoder does not know. */
export const toWindows1251 = (text: string): Uint8Array => Uint8Array.from(text, byteOf);

function byteOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return code;
  if (code >= FIRST_CYRILLIC && code <= LAST_CYRILLIC) return code - FIRST_CYRILLIC + 0xc0;
  const other = OTHERS[character];
  if (other === undefined) throw new RangeError(`a character of Windows-1251 expected, got ${character}`);
  return other;
}
