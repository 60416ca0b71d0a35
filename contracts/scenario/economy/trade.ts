/** Goods that are to go from one place to another, grams. */
export type Move = { readonly from: string; readonly to: string; readonly grams: number };

export type Heap = { readonly place: string; grams: number };

/**
 * Meets wants out of plenty: the greatest want first, out of the greatest plenty. Moves as much as there is of the lesser of
 * the two, in at most as many moves as there are places.
 */
export function meet(plenty: readonly Heap[], wants: readonly Heap[]): Move[] {
  const sorted = (heaps: readonly Heap[]) =>
    heaps
      .filter(({ grams }) => grams > 0)
      .map((heap) => ({ ...heap }))
      .sort((a, b) => b.grams - a.grams || (a.place < b.place ? -1 : 1));
  const givers = sorted(plenty);
  const takers = sorted(wants);
  const moves: Move[] = [];
  let giver = givers.shift();
  let taker = takers.shift();
  while (giver !== undefined && taker !== undefined) {
    const grams = Math.min(giver.grams, taker.grams);
    moves.push({ from: giver.place, to: taker.place, grams });
    giver.grams -= grams;
    taker.grams -= grams;
    if (giver.grams === 0) giver = givers.shift();
    if (taker.grams === 0) taker = takers.shift();
  }
  return moves;
}

/** Whole grams over places by their shares; the first place takes what rounding leaves. */
export function spread(
  grams: number,
  shares: readonly { readonly place: string; readonly share: number }[],
): Heap[] {
  const parts = shares.map(({ place, share }) => ({ place, grams: Math.floor(grams * share) }));
  const left = grams - parts.reduce((sum, part) => sum + part.grams, 0);
  return parts.map((part, at) => (at === 0 ? { ...part, grams: part.grams + left } : part));
}
