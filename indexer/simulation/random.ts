/** Numbers drawn from a key: the same key gives the same numbers on every machine. */
export type Random = {
  /** An integer in 0…bound − 1. */
  below(bound: number): number;
  /** An integer in least…most. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  bytes(count: number): Buffer;
};

/** FNV-1a over the key's text: neighbouring seeds begin far apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** A generator (mulberry32) of its own for every key; what one draws never moves another. */
export function randomOf(...key: readonly (string | number)[]): Random {
  let state = hashOf(key.join('/'));

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('expected something to pick from');
      return item;
    },
    bytes: (count) => {
      const bytes = Buffer.alloc(count);
      for (let i = 0; i < count; i++) bytes[i] = below(256);
      return bytes;
    },
  };
}
