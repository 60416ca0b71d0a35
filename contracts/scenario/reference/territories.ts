import { numberIn, readTable } from './table.ts';
import { groups, type Group } from './groups.ts';

/** The fictional region and the real places outside it, between which goods come and go. OKTMO codes; prefix 02 is not assigned. */
export const REGION = '02000000';
export const FOREST = '02614000';
export const STEPPE = '02628000';
export const FIELD = '02631000';
export const RIVERSIDE = '02634000';
export const MEADOW = '02617000';
export const STONE = '02610000';
export const CITY = '02701000';
export const ALTAI = '01000000';
export const NOVOSIBIRSK = '50000000';
export const OMSK = '52000000';
export const KEMEROVO = '32000000';
export const PRIMORYE = '05000000';
/** Countries outside, ISO 3166 alpha-2. */
export const COUNTRIES = ['KZ', 'UZ', 'EC', 'IN'] as const;

/** As the registry keeps it. */
export type Territory = { readonly oktmo: string; readonly parent: string; readonly title: string };

/** A municipality of the region: who lives there and what it is good at. */
export type Municipality = Territory & {
  /** People in a region of the usual size. */
  readonly people: number;
  /** Shares of children and pensioners among them. */
  readonly child: number;
  readonly pensioner: number;
  /** Weight of the municipality in the region's production of a basket group. */
  readonly weights: Readonly<Partial<Record<Group, number>>>;
  /** Share of production that the plan lets run through cooperatives. */
  readonly cover: number;
};

const PERCENT = 100;

export const municipalities: readonly Municipality[] = readTable('territories.csv', import.meta.url).map(
  (row) => ({
    oktmo: row('oktmo'),
    parent: REGION,
    title: row('title'),
    people: numberIn(row, 'people'),
    child: numberIn(row, 'child') / PERCENT,
    pensioner: numberIn(row, 'pensioner') / PERCENT,
    weights: Object.fromEntries(
      groups.filter((group) => group !== 'other').map((group) => [group, numberIn(row, group)]),
    ),
    cover: numberIn(row, 'cover') / PERCENT,
  }),
);

/** Every territory for the registry: parents before their children. */
export const territories: readonly Territory[] = [
  { oktmo: REGION, parent: '', title: 'Заречная область (вымышленная)' },
  ...municipalities.map(({ oktmo, parent, title }) => ({ oktmo, parent, title })),
  { oktmo: ALTAI, parent: '', title: 'Алтайский край' },
  { oktmo: NOVOSIBIRSK, parent: '', title: 'Новосибирская область' },
  { oktmo: OMSK, parent: '', title: 'Омская область' },
  { oktmo: KEMEROVO, parent: '', title: 'Кемеровская область – Кузбасс' },
  { oktmo: PRIMORYE, parent: '', title: 'Приморский край' },
];

const inside = new Set([REGION, ...municipalities.map(({ oktmo }) => oktmo)]);

/** Whether an OKTMO code belongs to the fictional region. */
export const isInRegion = (oktmo: string): boolean => inside.has(oktmo);

export function municipalityOf(oktmo: string): Municipality {
  const found = municipalities.find((row) => row.oktmo === oktmo);
  if (found === undefined) throw new RangeError(`a municipality of the region expected, got ${oktmo}`);
  return found;
}
