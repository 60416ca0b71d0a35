import { goodOf, type Maker, makers } from '../reference/goods.ts';
import type { Group } from '../reference/groups.ts';
import { ROUND } from '../reference/coops.ts';
import type { Reference } from '../reference/reference.ts';
import { isInRegion, type Municipality, municipalityOf } from '../reference/territories.ts';
import type { Month } from './calendar.ts';
import { type Cell, type Flow, madeIn } from './cell.ts';
import type { Economy } from './economy.ts';
import { sharesOf } from './outside.ts';
import { spread } from './trade.ts';

/** What is to run through cooperatives in a month, grams. */
export type CoopMonth = {
  /** From makers of the place, members or not; the holding's pork is an organisation's. */
  readonly intakes: readonly Intake[];
  /** Brought by traders from outside the region, where what the region gives does not do. */
  readonly brought: readonly Brought[];
  /** To residents of the place: at home and in kitchens. */
  readonly deliveries: readonly Delivery[];
  /** To buyers outside the region. */
  readonly outgoes: readonly Outgo[];
};
type Goods = { readonly territory: string; readonly product: string; readonly grams: number };
export type Intake = Goods & { readonly maker: Maker };
export type Brought = Goods & { readonly from: string };
export type Delivery = Goods & { readonly use: 'own' | 'catering' };
export type Outgo = Goods & { readonly to: string };

/** Which part of the region's economy runs through its cooperatives. Never more than there is. */
export type Plan = {
  /** Throws `RangeError` for a month that the economy does not hold. */
  month(month: Month): CoopMonth;
  /** Share of a group's output, or of what is eaten of it, in a municipality; 0 where no point of the region takes it in. */
  coverage(territory: string, group: Group): Coverage;
};
export type Coverage = { readonly output: number; readonly eaten: number };

/** How much more or less of a group runs through cooperatives than of all goods. */
const TILT: Readonly<Record<Group, number>> = {
  bread: 0.7,
  potato: 0.9,
  vegetables: 1.05,
  fruit: 0.8,
  sugar: 0.6,
  meat: 0.85,
  fish: 1.05,
  milk: 1.1,
  eggs: 0.8,
  oils: 0.7,
  other: 0.5,
};
const LEAST = 0.05;
const MOST = 0.8;
const OF_EATEN = 0.8;
/** Households bring a smaller part of theirs than farms and organisations. */
const OF_HOUSEHOLDS = 0.5;
const MOST_OF_OTHERS = 0.92;
const OF_OUTFLOW = 0.7;

const clamp = (share: number): number => Math.min(MOST, Math.max(LEAST, share));
const coverOf = ({ cover }: Municipality, group: Group): number => clamp(cover * TILT[group]);

/** The plan for a region's economy. Months are worked out when asked for. */
export function planOf(economy: Economy): Plan {
  const handled = handledIn(economy.reference);
  const has = ({ territory, product }: Cell): boolean => handled.get(territory)?.has(product) === true;
  const ours = (month: Month): Cell[] => economy.cells(month).filter(has);
  const lacks = lacksOf(economy, ours);
  return {
    month(month) {
      const cells = ours(month);
      return {
        intakes: cells.flatMap(intakesOf),
        deliveries: cells.flatMap(deliveriesOf),
        brought: cells.flatMap((cell) => broughtTo(cell, lacks.get(cell.product) ?? 0)),
        outgoes: outgoesOf(economy.flows(month), cells),
      };
    },
    coverage(territory, group) {
      const place = municipalityOf(territory);
      const isTaken = [...(handled.get(territory) ?? [])].some((name) => goodOf(name).basket_group === group);
      const output = isTaken ? coverOf(place, group) : 0;
      return { output, eaten: isTaken ? clamp(output * OF_EATEN) : 0 };
    },
  };
}

/** Products that some point in a municipality takes in. Rounds of cooperatives have points alike: the first tells. */
function handledIn(reference: Reference): ReadonlyMap<string, ReadonlySet<string>> {
  const handled = new Map<string, Set<string>>();
  for (let coop = 0; coop < Math.min(reference.coops, ROUND); coop++) {
    for (const { oktmo, products } of reference.pointsOf(coop)) {
      const there = handled.get(oktmo) ?? new Set();
      for (const product of products) there.add(product);
      handled.set(oktmo, there);
    }
  }
  return handled;
}

const coverAt = ({ territory, product }: Cell): number =>
  coverOf(municipalityOf(territory), goodOf(product).basket_group);

function intakesOf(cell: Cell): Intake[] {
  const { territory, product, output, held } = cell;
  const cover = coverAt(cell);
  const others = madeIn(cell) - output.household;
  const ofHouseholds = others === 0 ? cover : cover * OF_HOUSEHOLDS;
  const ofOthers = others === 0 ? 0 : (cover * madeIn(cell) - ofHouseholds * output.household) / others;
  return makers
    .map((maker): Intake => {
      const made = output[maker] + (maker === 'organisation' ? held : 0);
      const share = maker === 'household' ? ofHouseholds : Math.min(ofOthers, MOST_OF_OTHERS);
      return { territory, product, maker, grams: Math.floor(made * share) };
    })
    .filter(({ grams }) => grams > 0);
}

function deliveriesOf(cell: Cell): Delivery[] {
  const share = clamp(coverAt(cell) * OF_EATEN);
  const { territory, product, eaten } = cell;
  return (['own', 'catering'] as const)
    .map((use) => ({ territory, product, use, grams: Math.floor(eaten[use] * share) }))
    .filter(({ grams }) => grams > 0);
}

const total = (items: readonly { readonly grams: number }[]): number =>
  items.reduce((sum, { grams }) => sum + grams, 0);

/** Of each product, the share of what is delivered over the whole time that makers of the region do not bring to cooperatives. */
function lacksOf(economy: Economy, ours: (month: Month) => readonly Cell[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { taken: number; delivered: number }>();
  for (let month = economy.first; month <= economy.last; month++) {
    for (const cell of ours(month)) {
      const sum = sums.get(cell.product) ?? { taken: 0, delivered: 0 };
      sum.taken += total(intakesOf(cell));
      sum.delivered += total(deliveriesOf(cell));
      sums.set(cell.product, sum);
    }
  }
  return new Map(
    [...sums].map(([product, { taken, delivered }]) => [product, Math.max(0, 1 - taken / delivered)]),
  );
}

function broughtTo(cell: Cell, lack: number): Brought[] {
  const { territory, product, inflow, transit } = cell;
  const grams = Math.min(Math.floor(total(deliveriesOf(cell)) * lack), Math.floor((inflow - transit) * MOST));
  return spread(grams, sharesOf('in', goodOf(product)))
    .filter((heap) => heap.grams > 0)
    .map((heap) => ({ territory, product, from: heap.place, grams: heap.grams }));
}

/** What leaves the region: the part of what grew where cooperatives take it in. */
function outgoesOf(flows: readonly Flow[], cells: readonly Cell[]): Outgo[] {
  const ours = new Map(cells.map((cell) => [`${cell.territory} ${cell.product}`, cell]));
  return flows.flatMap(({ from, bound, product, grams, leg }) => {
    const cell = ours.get(`${from} ${product}`);
    if (cell === undefined || isInRegion(bound) || leg === 'second') return [];
    const part = Math.floor(grams * coverAt(cell) * OF_OUTFLOW);
    return part > 0 ? [{ territory: from, product, to: bound, grams: part }] : [];
  });
}
