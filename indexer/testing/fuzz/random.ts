/** Draws from one seed: the same seed gives the same draws on any machine. */
export type Random = ReturnType<typeof createRandom>;

/** A generator of the mulberry32 kind; `seed` is any whole number. */
export function createRandom(seed: number) {
  let state = seed >>> 0;

  function u32(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A whole number from 0 to `most`. */
  const upTo = (most: number): number => Math.floor((u32() / 2 ** 32) * (most + 1));
  /** True once in `n`. */
  const oneIn = (n: number): boolean => upTo(n - 1) === 0;
  const pick = <Item>(items: readonly Item[]): Item => items[upTo(items.length - 1)] as Item;
  const times = <Item>(most: number, make: (at: number) => Item): Item[] =>
    Array.from({ length: upTo(most) }, (_, at) => make(at));
  /** Bytes: mostly any, at times all low or all high, where arithmetic breaks. */
  const bytes = (size: number): Buffer => {
    const [fill] = [pick([null, null, null, 0, 0xff])];
    return Buffer.from(Array.from({ length: size }, () => fill ?? u32() & 0xff));
  };

  return { u32, upTo, oneIn, pick, times, bytes };
}
