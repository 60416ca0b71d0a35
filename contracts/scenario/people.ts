import type { Random } from './random.ts';
import { CITY, CITY_COOP, FOREST, FOREST_COOP, sections, STEPPE } from './reference.ts';

export type Member = {
  readonly account: string;
  readonly kind: 'person' | 'trader' | 'organisation';
  /** OKTMO of the municipality where the member lives. */
  readonly residence: string;
  readonly coop: string;
  readonly section: number;
  /** What the member brings, if anything. */
  readonly makes: readonly string[];
  /** Size of the member's plot, herd or family against a usual one. */
  readonly scale: number;
};

type Group = Omit<Member, 'account' | 'scale'> & { readonly count: number };

const of = (
  coop: string,
  section: number,
  kind: Member['kind'],
  residence: string,
  count: number,
  ...makes: string[]
): Group => ({
  coop,
  section,
  kind,
  residence,
  count,
  makes,
});

/** Who lives where and brings what; some live in another district than the section they joined. */
const groups: readonly Group[] = [
  of(FOREST_COOP, 1, 'person', FOREST, 6, 'potato', 'cabbage', 'eggs'),
  of(FOREST_COOP, 2, 'person', STEPPE, 5, 'potato', 'cabbage', 'beef'),
  of(FOREST_COOP, 1, 'person', CITY, 2),
  of(FOREST_COOP, 3, 'trader', STEPPE, 2, 'milk', 'beef'),
  of(FOREST_COOP, 3, 'trader', FOREST, 2, 'milk'),
  of(FOREST_COOP, 2, 'organisation', STEPPE, 1, 'potato', 'cabbage'),
  of(FOREST_COOP, 1, 'organisation', FOREST, 1, 'potato', 'beef'),
  of(CITY_COOP, 4, 'person', CITY, 4, 'potato', 'cabbage'),
  of(CITY_COOP, 5, 'person', CITY, 5),
  of(CITY_COOP, 5, 'person', FOREST, 2),
  of(CITY_COOP, 4, 'person', STEPPE, 1),
  of(CITY_COOP, 6, 'organisation', CITY, 1, 'bread'),
  of(CITY_COOP, 6, 'trader', STEPPE, 1, 'eggs'),
  of(CITY_COOP, 6, 'organisation', STEPPE, 1, 'eggs'),
];

const words = { person: 'pai', trader: 'trd', organisation: 'org' };
const usual = { person: 1, trader: 3, organisation: 6 };

/** Antelope names have the digits 1–5 alone: 1 → 11, 5 → 15, 6 → 21. */
const number = (index: number): string => `${Math.floor(index / 5) + 1}${(index % 5) + 1}`;

/** The region's 40 members: each section's chair first, then producers and eaters. */
export function makeMembers(random: Random): readonly Member[] {
  const chairs = sections.map(({ id, coop, chair }, at): Member => {
    const residence = [FOREST, STEPPE, FOREST, CITY, CITY, CITY][at] ?? CITY;
    return { account: chair, kind: 'person', residence, coop, section: id, makes: [], scale: 1 };
  });
  const counts = new Map<string, number>();
  const others = groups.flatMap(({ count, ...group }) =>
    Array.from({ length: count }, (): Member => {
      const stem = `${group.coop.slice(0, 3)}${words[group.kind]}`;
      const index = counts.get(stem) ?? 0;
      counts.set(stem, index + 1);
      const scale = usual[group.kind] * (0.6 + 0.8 * random.next());
      return { ...group, account: `${stem}${number(index)}`, scale };
    }),
  );
  return [...chairs, ...others];
}
