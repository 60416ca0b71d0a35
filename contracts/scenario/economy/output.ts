import { type Good, goods, madeFrom, type Maker } from '../reference/goods.ts';
import type { Scale } from '../reference/reference.ts';
import { municipalities, type Municipality, STEPPE, STONE } from '../reference/territories.ts';
import { seededRandom } from '../random.ts';
import { type Month, yearOf } from './calendar.ts';
import { eatenInYear, peopleOf } from './people.ts';
import { outputShare } from './season.ts';

/** What a municipality brings forth of a product in a month, grams by maker; `held` is the holding's, and all of it leaves. */
export type Output = Readonly<Record<Maker, number>> & { readonly held: number };

export const madeInAll = ({ household, farm, organisation, held }: Output): number =>
  household + farm + organisation + held;

/** Share of output that goes to feed and seed. */
const FEED: Readonly<Record<string, number>> = {
  wheat: 0.15,
  rye: 0.15,
  potato: 0.16,
  milk: 0.05,
  beet: 0.1,
  cabbage: 0.03,
};
export const feedShare = ({ product }: Good): number => FEED[product] ?? 0;

/** The holding's pork against what the region eats of it. */
const HOLDING = 2.5;
const AFTER_COLLAPSE = [0.55, 0.2] as const;
const COLLAPSED = 0.06;

export function eatenInRegion(good: Good, scale: Scale): number {
  return municipalities.reduce((sum, place) => sum + eatenInYear(peopleOf(place, scale), good), 0);
}

/** What the region brings forth in a usual year, grams: its own need, eaten and processed, times the product's degree of supply. */
export function outputInYear(good: Good, scale: Scale): number {
  const processed = madeFrom(good.product).reduce(
    (sum, made) => sum + outputInYear(made, scale) * (made.recipe?.ratio ?? 0),
    0,
  );
  return good.supply * (eatenInRegion(good, scale) + processed);
}

/** Share of a municipality in the region's output: by its land, and of what is made from other goods half by its people. */
export function shareOf(place: Municipality, good: Good): number {
  const weight = ({ weights }: Municipality): number => weights[good.basket_group] ?? 0;
  const all = municipalities.reduce((sum, each) => sum + weight(each), 0);
  const land = all === 0 ? 0 : weight(place) / all;
  if (good.recipe === undefined) return land;
  const people = municipalities.reduce((sum, each) => sum + each.people, 0);
  return (land + place.people / people) / 2;
}

/** A good or a bad year for a crop in all the region; each drawn once. */
function harvests(seed: string): Outputs['harvest'] {
  const drawn = new Map<string, Map<number, number>>();
  return ({ product }, year) => {
    const years = drawn.get(product) ?? new Map<number, number>();
    drawn.set(product, years);
    const luck = years.get(year) ?? seededRandom(`year ${year} of ${product} in ${seed}`).next();
    years.set(year, luck);
    return luck;
  };
}

/** Multiples of the golden ratio are spread evenly over [0, 1): a wobble of each place and month that needs no sequence. */
const GOLDEN = 0.618_033_988_749;
function wobble({ oktmo }: Municipality, { product }: Good, month: Month): number {
  const number = Number(oktmo) * GOLDEN * (month + product.length * 7);
  return number - Math.floor(number);
}

function afterCollapse({ oktmo }: Municipality, { product }: Good, months: number): number {
  if (oktmo !== STEPPE || product !== 'milk' || months < 0) return 1;
  return AFTER_COLLAPSE[months] ?? COLLAPSED;
}

/** Output by month, and of a usual year, in each municipality. */
export type Outputs = {
  month(place: Municipality, good: Good, month: Month): Output;
  year(place: Municipality, good: Good): number;
  /** How good a year is for a product, from 0 to 1. */
  harvest(good: Good, year: number): number;
};

/** `collapse` is the first month in which the milk of the steppe fails: its largest farm gives up the herd. */
export function outputs({ seed, ...scale }: Scale & { readonly seed: string }, collapse: Month): Outputs {
  const years = new Map(goods.map((good) => [good, yearByPlace(good, scale)]));
  const held = new Map(goods.map((good) => [good, Math.floor(heldInYear(good, scale) / 12)]));
  const harvest = harvests(seed);
  const year = (place: Municipality, good: Good): number => years.get(good)?.get(place) ?? 0;
  return {
    year,
    harvest,
    month(place, good, month) {
      const luck = 0.86 + 0.2 * harvest(good, yearOf(month)) + 0.08 * wobble(place, good, month);
      const usual = year(place, good) * outputShare(month, good) * luck;
      const grams = usual * afterCollapse(place, good, month - collapse);
      const { household, farm, organisation } = good.madeBy;
      return {
        household: Math.floor(grams * household),
        farm: Math.floor(grams * farm),
        organisation: Math.floor(grams * organisation),
        held: place.oktmo === STONE ? (held.get(good) ?? 0) : 0,
      };
    },
  };
}

function yearByPlace(good: Good, scale: Scale): ReadonlyMap<Municipality, number> {
  const region = outputInYear(good, scale);
  return new Map(municipalities.map((place) => [place, region * shareOf(place, good)]));
}

const heldInYear = (good: Good, scale: Scale): number =>
  good.product === 'pork' ? HOLDING * eatenInRegion(good, scale) : 0;
