import { goodOf } from '../reference/goods.ts';
import type { Group } from '../reference/groups.ts';
import { isInRegion, municipalities, REGION } from '../reference/territories.ts';
import type { Month } from './calendar.ts';
import { type Cell, eatenIn, type Flow, madeIn } from './cell.ts';
import type { Economy } from './economy.ts';

/** Grams that acts tell of: brought forth in a territory, or eaten there, of its own, brought in or of unknown origin. */
export type Observed = {
  readonly territory: string;
  readonly product: string;
  readonly month: Month;
  readonly what: 'made' | 'local' | 'brought' | 'unknown';
  readonly grams: number;
};

/** What truth is asked about: a municipality or the whole region, a product or a basket group, months from `from` through `to`. */
export type Question = {
  readonly territory: string;
  readonly of: { readonly product: string } | { readonly group: Group };
  readonly from: Month;
  readonly to: Month;
};

/** Grams. `sent` is what left of the territory's own goods; for the region, movement inside it is neither inflow nor outflow. */
export type Whole = {
  readonly made: number;
  readonly eaten: number;
  readonly local: number;
  readonly inflow: number;
  readonly outflow: number;
  readonly sent: number;
};
export type Seen = {
  readonly made: number;
  readonly eaten: number;
  readonly local: number;
  readonly brought: number;
};

export type Answer = {
  readonly whole: Whole;
  readonly seen: Seen;
  /** seen / whole; 0 of nothing. */
  readonly coverage: { readonly made: number; readonly eaten: number };
  /** What acts alone allow to say of the share of local goods in what is eaten; the true share lies between. */
  readonly localShare: { readonly least: number; readonly most: number; readonly truth: number };
};

/** Sets what was observed beside the whole, for tests of what is told to people. */
export function truthOf(economy: Economy, observed: Iterable<Observed>): (question: Question) => Answer {
  const byPlace = Map.groupBy(observed, ({ territory }) => territory);
  return (question) => {
    const isMeant = (row: { territory: string; product: string }): boolean =>
      isWithin(row.territory, question.territory) && isOf(row.product, question.of);
    const whole = wholeOf(economy, question, isMeant);
    const places = municipalities.filter(({ oktmo }) => isWithin(oktmo, question.territory));
    const tallies = places.flatMap(({ oktmo }) => byPlace.get(oktmo) ?? []);
    const seen = seenOf(
      tallies.filter((row) => isMeant(row) && row.month >= question.from && row.month <= question.to),
    );
    return { whole, seen, coverage: coverageOf(seen, whole), localShare: boundsOf(seen, whole) };
  };
}

const isWithin = (place: string, territory: string): boolean =>
  territory === REGION ? isInRegion(place) : place === territory;
const isOf = (product: string, of: Question['of']): boolean =>
  'product' in of ? of.product === product : goodOf(product).basket_group === of.group;
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

type IsMeant = (row: Pick<Cell, 'territory' | 'product'>) => boolean;

function wholeOf(economy: Economy, { territory, from, to }: Question, isMeant: IsMeant): Whole {
  const whole = { made: 0, eaten: 0, local: 0, inflow: 0, outflow: 0, sent: 0 };
  const here = (place: string): boolean => isWithin(place, territory);
  for (let month = from; month <= to; month++) {
    for (const cell of economy.cells(month).filter(isMeant)) {
      whole.made += madeIn(cell);
      whole.eaten += eatenIn(cell);
      for (const [origin, grams] of cell.origins) if (here(origin)) whole.local += grams;
    }
    for (const flow of economy.flows(month)) addFlow(whole, flow, here, isMeant);
  }
  return whole;
}

function addFlow(
  whole: { inflow: number; outflow: number; sent: number },
  { from, to, product, grams, origins }: Flow,
  here: (place: string) => boolean,
  isMeant: IsMeant,
): void {
  if (here(from) === here(to)) return;
  if (here(to)) {
    if (isMeant({ territory: to, product })) whole.inflow += grams;
    return;
  }
  if (!isMeant({ territory: from, product })) return;
  whole.outflow += grams;
  for (const [origin, part] of origins) if (here(origin)) whole.sent += part;
}

function seenOf(rows: readonly Observed[]): Seen {
  const sum = (...what: Observed['what'][]): number =>
    rows.reduce((all, row) => (what.includes(row.what) ? all + row.grams : all), 0);
  return {
    made: sum('made'),
    eaten: sum('local', 'brought', 'unknown'),
    local: sum('local'),
    brought: sum('brought'),
  };
}

const coverageOf = (seen: Seen, whole: Whole): Answer['coverage'] => ({
  made: ratio(seen.made, whole.made),
  eaten: ratio(seen.eaten, whole.eaten),
});

const boundsOf = (seen: Seen, whole: Whole): Answer['localShare'] => ({
  least: ratio(seen.local, whole.eaten),
  most: whole.eaten === 0 ? 0 : 1 - seen.brought / whole.eaten,
  truth: ratio(whole.local, whole.eaten),
});
