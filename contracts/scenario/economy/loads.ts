import type { Good } from '../reference/goods.ts';
import type { Group } from '../reference/groups.ts';

/** Kilograms of a usual act, of goods that weigh on the market as milk does. */
const USUAL = {
  /** A household brings what it grew; a buyer goes from yard to yard; a farm's van; an organisation's lorry. */
  household: 60,
  round: 5000,
  farm: 3400,
  organisation: 16_000,
  /** A member collects; a counter's sales to others over days; a kitchen's order; a lorry to a buyer outside or inside the region. */
  issue: 15,
  counter: 12_000,
  catering: 900,
  wholesale: 16_000,
} as const;
export type Load = keyof typeof USUAL;

const AGAINST_MILK: Readonly<Record<Group, number>> = {
  bread: 0.7,
  potato: 1.5,
  vegetables: 0.7,
  fruit: 0.35,
  sugar: 0.25,
  meat: 0.4,
  fish: 0.22,
  milk: 1,
  eggs: 0.25,
  oils: 0.25,
  other: 0.08,
};

/** Grams of a usual act: what is made of much of another thing, like butter of milk, is carried in less. */
export function gramsOfAct({ basket_group, primary_ppm }: Good, load: Load): number {
  const density = Math.sqrt(Math.max(1, primary_ppm / 1_000_000));
  return Math.round((USUAL[load] * 1000 * AGAINST_MILK[basket_group]) / density);
}
