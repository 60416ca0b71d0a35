/**
 * Grams of one product by where it comes from: an OKTMO code or a country. Whole numbers only, so that what is taken and what is
 * left always add up to what was there.
 */
export type Origins = Map<string, number>;

export const gramsOf = (origins: ReadonlyMap<string, number>): number => {
  let sum = 0;
  for (const grams of origins.values()) sum += grams;
  return sum;
};

export function put(into: Origins, more: ReadonlyMap<string, number>): void {
  for (const [origin, grams] of more) if (grams > 0) into.set(origin, (into.get(origin) ?? 0) + grams);
}

/** Takes grams out, of every origin its share, to the gram. Throws `RangeError` where there is less. */
export function take(from: Origins, grams: number): Origins {
  const all = gramsOf(from);
  if (grams > all) throw new RangeError(`at most ${all} g expected, got ${grams}`);
  const taken: Origins = new Map();
  if (grams === 0) return taken;
  let left = grams;
  for (const [origin, there] of from) {
    const part = Math.min(there, left, Math.floor((there / all) * grams));
    taken.set(origin, part);
    left -= part;
  }
  for (const [origin, there] of from) {
    const rest = Math.min(left, there - (taken.get(origin) ?? 0));
    taken.set(origin, (taken.get(origin) ?? 0) + rest);
    left -= rest;
  }
  for (const [origin, part] of taken) subtract(from, origin, part);
  return taken;
}

function subtract(from: Origins, origin: string, part: number): void {
  const rest = (from.get(origin) ?? 0) - part;
  if (rest === 0) from.delete(origin);
  else from.set(origin, rest);
}
