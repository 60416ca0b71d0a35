/** Account names that can be read aloud: syllables of a consonant and a vowel, from letters that a chain's names have. */

const CONSONANTS = 'bdfgjklmnprstvzhcy';
const VOWELS = 'aeiou';
const SYLLABLES = CONSONANTS.length * VOWELS.length;
/** Names of four syllables. */
const NAMES = SYLLABLES ** 4;
/** Has no factor in common with NAMES, so that no two numbers below NAMES get one name. */
const STEP = 41_803_397;

/** Eight letters for a number from 0; numbers in a row give names unlike each other. `offset` tells one seed's names from another's. */
export function syllables(number: number, offset: number): string {
  if (!Number.isInteger(number) || number < 0 || number >= NAMES)
    throw new RangeError(`a number from 0 below ${NAMES} expected, got ${number}`);
  let left = (number * STEP + offset) % NAMES;
  let name = '';
  for (let at = 0; at < 4; at++) {
    const syllable = left % SYLLABLES;
    name += `${CONSONANTS[Math.floor(syllable / VOWELS.length)] ?? ''}${VOWELS[syllable % VOWELS.length] ?? ''}`;
    left = Math.floor(left / SYLLABLES);
  }
  return name;
}
