import type { Good } from '../reference/goods.ts';
import { groupNamed } from '../reference/groups.ts';
import { type Scale, USUAL } from '../reference/reference.ts';
import { numberIn, readTable } from '../reference/table.ts';
import { CITY, type Municipality } from '../reference/territories.ts';

/** Who lives in a municipality. Children to 15, working age, pensioners. */
export type People = { readonly child: number; readonly working: number; readonly pensioner: number };

/** The year whose people territories.csv tells of. */
const COUNTED = 2025;
/** Change of a year: districts lose people, the city gains some of them. */
const IN_CITY = 1.003;
const IN_DISTRICTS = 0.992;

/** People on 1 January. The region grows with its members, so that cooperatives are as much of a large region as of a usual one. */
export function peopleOf(
  { oktmo, people, child, pensioner }: Municipality,
  { members }: Scale,
  year = COUNTED,
): People {
  const change = (oktmo === CITY ? IN_CITY : IN_DISTRICTS) ** (year - COUNTED);
  const all = Math.round((people * change * members) / USUAL.members);
  const children = Math.round(all * child);
  const pensioners = Math.round(all * pensioner);
  return { child: children, working: all - children - pensioners, pensioner: pensioners };
}

export const headsOf = ({ child, working, pensioner }: People): number => child + working + pensioner;

const norms = new Map(
  readTable('norms.csv', import.meta.url).map((row) => [
    groupNamed(row('group')),
    {
      child: numberIn(row, 'child'),
      working: numberIn(row, 'working'),
      pensioner: numberIn(row, 'pensioner'),
      habit: numberIn(row, 'habit'),
    },
  ]),
);

/** What people eat of a product in a year, grams: the norm of their age, the habit of the region, the product's share in its group. */
export function eatenInYear({ child, working, pensioner }: People, good: Good): number {
  const norm = norms.get(good.basket_group);
  if (norm === undefined) throw new RangeError(`norms of ${good.basket_group} expected, got none`);
  const kilograms = child * norm.child + working * norm.working + pensioner * norm.pensioner;
  return (kilograms * 1000 * norm.habit * good.share * 1_000_000) / good.primary_ppm;
}
