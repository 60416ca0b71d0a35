import { createHash } from 'node:crypto';

/** Repeatable randomness: the same seed text gives the same sequence on any machine. */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** The expected number of times as a whole number: 2.3 gives 2, or 3 in three cases of ten. */
  times(expected: number): number;
};

/** sfc32 (Chris Doty-Humphrey's small fast counting generator), its four words taken from sha256 of the seed. */
export function seededRandom(seed: string): Random {
  const words = createHash('sha256').update(seed).digest();
  let a = words.readInt32LE(0);
  let b = words.readInt32LE(4);
  let c = words.readInt32LE(8);
  let counter = words.readInt32LE(12);
  function next(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('at least one item to pick from expected, got none');
      return items[int(0, items.length - 1)] as T;
    },
    times: (expected) => Math.floor(expected) + (next() < expected % 1 ? 1 : 0),
  };
}
