import type { Good } from '../reference/goods.ts';
import { gramsOf } from './origins.ts';
import { sharesOf } from './outside.ts';
import { type Place, wanted } from './place.ts';
import { meet, type Move, spread } from './trade.ts';

/** Days from which goods are sold over months, and the share of the plenty that leaves in one. */
const KEPT = 60;
const A_MONTH = 0.4;

type Side = { readonly place: Place; readonly name: string; readonly lack: number; readonly plenty: number };

/** What a place lacks, or has to give: never what shops are still to bring, nor the holding's. */
function sideOf(place: Place): Side {
  const there = gramsOf(place.stock) - place.output.held;
  const over = there + place.brought - wanted(place);
  const plenty = Math.max(0, Math.min(over - place.reserve, there));
  return { place, name: place.municipality.oktmo, lack: Math.max(0, -over), plenty };
}

/** Who sends what to whom: the region's own plenty to its own wants, then the rest from and to outside. */
export function moves(good: Good, places: readonly Place[]): Move[] {
  const sides = places.map(sideOf);
  const inside = meet(
    sides.map(({ name, plenty }) => ({ place: name, grams: plenty })),
    sides.map(({ name, lack }) => ({ place: name, grams: lack })),
  );
  const outside = sides.flatMap(({ place, name, lack, plenty }) => {
    const sent = sumOf(inside, ({ from }) => from === name);
    const got = sumOf(inside, ({ to }) => to === name);
    const out = Math.floor((plenty - sent) * (good.keeps >= KEPT ? A_MONTH : 1)) + place.output.held;
    return [
      ...spread(place.brought + lack - got, sharesOf('in', good)).map((heap) => ({
        from: heap.place,
        to: name,
        grams: heap.grams,
      })),
      ...spread(out, sharesOf('out', good)).map((heap) => ({
        from: name,
        to: heap.place,
        grams: heap.grams,
      })),
    ];
  });
  return [...inside, ...outside].filter(({ grams }) => grams > 0);
}

const sumOf = (moved: readonly Move[], isMeant: (move: Move) => boolean): number =>
  moved.reduce((sum, move) => (isMeant(move) ? sum + move.grams : sum), 0);
