import type { Good } from '../reference/goods.ts';
import type { Month } from './calendar.ts';
import type { Cell, Flow } from './cell.ts';
import { moves } from './moves.ts';
import { gramsOf, type Origins, put, take } from './origins.ts';
import { passes } from './outside.ts';
import { madeInAll } from './output.ts';
import type { Place } from './place.ts';
import type { Move } from './trade.ts';

export type MonthDone = { readonly cells: readonly Cell[]; readonly flows: readonly Flow[] };

type Work = {
  readonly place: Place;
  readonly opening: number;
  readonly lost: number;
  inflow: number;
  outflow: number;
  transit: number;
};

/**
 * One product through one month: what is made, lost and sent away, what comes in, what is used. Changes every place's `stock` to
 * that of the month's end.
 */
export function liveMonth(good: Good, month: Month, places: readonly Place[]): MonthDone {
  const works = new Map(places.map((place) => [place.municipality.oktmo, begin(place)]));
  const flows = moves(good, places).flatMap((move) => carry(good, month, move, works));
  arrive(flows, works);
  return { cells: [...works.values()].map((work) => cellOf(good, month, work)), flows };
}

function begin(place: Place): Work {
  const opening = gramsOf(place.stock);
  put(place.stock, new Map([[place.municipality.oktmo, madeInAll(place.output)]]));
  const lost = Math.floor(gramsOf(place.stock) * place.loss);
  take(place.stock, lost);
  return { place, opening, lost, inflow: 0, outflow: 0, transit: 0 };
}

/** One flow, or the two halves of a way through another municipality. */
function carry(
  good: Good,
  month: Month,
  { from, to, grams }: Move,
  works: ReadonlyMap<string, Work>,
): Flow[] {
  const origins = leave(works.get(from), from, grams);
  const common = { product: good.product, month, bound: to, grams, origins };
  const [outside, inside] = works.has(from) ? [to, from] : [from, to];
  const through = works.has(from) && works.has(to) ? undefined : passes(outside, inside);
  const middle = through === undefined ? undefined : works.get(through);
  if (through === undefined || middle === undefined) return [{ ...common, from, to, leg: 'whole' }];
  middle.inflow += grams;
  middle.outflow += grams;
  middle.transit += grams;
  return [
    { ...common, from, to: through, leg: 'first' },
    { ...common, from: through, to, leg: 'second' },
  ];
}

function leave(work: Work | undefined, from: string, grams: number): Origins {
  if (work === undefined) return new Map([[from, grams]]);
  work.outflow += grams;
  return take(work.place.stock, grams);
}

/** What ends its way here; what only passes is no stock of the place. */
function arrive(flows: readonly Flow[], works: ReadonlyMap<string, Work>): void {
  for (const { leg, to, grams, origins } of flows) {
    const work = works.get(to);
    if (work === undefined || leg === 'first') continue;
    work.inflow += grams;
    put(work.place.stock, origins);
  }
}

/** Uses what the month asks for. Whatever lacked was brought: there is enough for every want. */
function cellOf({ product }: Good, month: Month, work: Work): Cell {
  const { place, opening, lost, inflow, outflow, transit } = work;
  const { own, catering, processed, fed } = place.wants;
  const { held, ...output } = place.output;
  take(place.stock, processed + fed);
  const origins = take(place.stock, own + catering);
  return {
    territory: place.municipality.oktmo,
    product,
    month,
    opening,
    output,
    held,
    inflow,
    outflow,
    transit,
    eaten: { own, catering },
    origins,
    processed,
    fed,
    lost,
    closing: gramsOf(place.stock),
  };
}
