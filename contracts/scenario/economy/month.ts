import { type Good, type Maker, makers } from '../reference/goods.ts';
import type { Municipality } from '../reference/territories.ts';
import type { Month } from './calendar.ts';
import type { Cell, Flow } from './cell.ts';
import { gramsOf, type Origins, put, take } from './origins.ts';
import { passes, sharesOf } from './outside.ts';
import type { Output } from './output.ts';
import { meet, type Move, spread } from './trade.ts';

/** A product in a municipality at the start of a month, and what the month asks of it, grams. */
export type Place = {
  readonly municipality: Municipality;
  readonly stock: Origins;
  readonly output: Output;
  /** By origin; goods made of others have the origins of these. */
  readonly madeOf: ReadonlyMap<string, number>;
  readonly wants: {
    readonly own: number;
    readonly catering: number;
    readonly processed: number;
    readonly fed: number;
  };
  /** What shops bring from outside, whatever there is. */
  readonly brought: number;
  /** What is kept back for the months to come. */
  readonly reserve: number;
  /** Share of what is there that spoils. */
  readonly loss: number;
};

export type MonthDone = {
  readonly cells: readonly Cell[];
  readonly flows: readonly Flow[];
  /** By municipality: what went into other goods, by origin. */
  readonly processed: ReadonlyMap<string, Origins>;
};

type Work = {
  readonly place: Place;
  readonly opening: number;
  readonly lost: number;
  inflow: number;
  outflow: number;
  transit: number;
};

const wanted = ({ wants }: Place): number => wants.own + wants.catering + wants.processed + wants.fed;

/**
 * One product through one month: what is made, lost and sent away, what comes in, what is used. Changes every place's `stock` to
 * that of the month's end.
 */
export function liveMonth(good: Good, month: Month, places: readonly Place[]): MonthDone {
  const works = new Map(places.map((place) => [place.municipality.oktmo, begin(place)]));
  const flows = moves(good, places).flatMap((move) => carry(good, month, move, works));
  arrive(flows, works);
  const processed = new Map<string, Origins>();
  const cells = [...works.values()].map((work) => {
    const used = use(work);
    processed.set(work.place.municipality.oktmo, used.processed);
    return cellOf(good, month, work, used);
  });
  return { cells, flows, processed };
}

function begin(place: Place): Work {
  const opening = gramsOf(place.stock);
  put(place.stock, place.madeOf);
  const lost = Math.floor(gramsOf(place.stock) * place.loss);
  take(place.stock, lost);
  return { place, opening, lost, inflow: 0, outflow: 0, transit: 0 };
}

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
function moves(good: Good, places: readonly Place[]): Move[] {
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

/** One flow, or the two halves of a way through another municipality. */
function carry(
  good: Good,
  month: Month,
  { from, to, grams }: Move,
  works: ReadonlyMap<string, Work>,
): Flow[] {
  const origins = leave(works.get(from), from, grams);
  const common = { product: good.product, month, grams, origins };
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

type Used = { readonly eaten: Origins; readonly processed: Origins; readonly fed: number };

/** Whatever lacked was brought: there is enough of everything for every want. */
function use({ place: { stock, wants } }: Work): Used {
  const fed = gramsOf(take(stock, wants.fed));
  const processed = take(stock, wants.processed);
  return { fed, processed, eaten: take(stock, wants.own + wants.catering) };
}

function cellOf(good: Good, month: Month, work: Work, used: Used): Cell {
  const { place, opening, lost, inflow, outflow, transit } = work;
  const output = Object.fromEntries(makers.map((maker) => [maker, place.output[maker]])) as Record<
    Maker,
    number
  >;
  return {
    territory: place.municipality.oktmo,
    product: good.product,
    month,
    opening,
    output,
    held: place.output.held,
    inflow,
    outflow,
    transit,
    eaten: { own: place.wants.own, catering: place.wants.catering },
    origins: used.eaten,
    processed: gramsOf(used.processed),
    fed: used.fed,
    lost,
    closing: gramsOf(place.stock),
  };
}
