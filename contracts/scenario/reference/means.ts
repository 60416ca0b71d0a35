import type { Random } from '../random.ts';
import { SECTIONS_A_COOP } from './coops.ts';
import { type Good, goods, type Maker } from './goods.ts';
import { kindAt } from './kinds.ts';
import { type CoopPlan, type OrganisationPlan, organisationsOf, type Use } from './layout.ts';
import { LEAST_MEMBERS } from './share-out.ts';
import { CITY, municipalities, municipalityOf } from './territories.ts';

/** Who is asked about. */
export type MemberPlace = {
  readonly seed: string;
  readonly index: number;
  readonly coop: number;
  readonly coops: number;
  readonly place: number;
  /** Members of the cooperative. */
  readonly of: number;
  readonly offset: number;
};

/** Where a member lives, what it brings and whom it feeds. */
export type Means = {
  /** OKTMO of the municipality where the member lives. */
  readonly residence: string;
  /** Section that the member votes in, and brings to. */
  readonly section: number;
  /** Goods that the member brings, if any. */
  readonly makes: readonly string[];
  /** Size of plot, herd or works against a usual one of the maker's kind. */
  readonly scale: number;
  /** What goods issued to the member are for, and how many people they feed. */
  readonly uses: Use;
  readonly people: number;
};

const sectionId = (coop: number, section: number): number => coop * SECTIONS_A_COOP + section + 1;

export function organisation({ coop, place }: MemberPlace, plan: CoopPlan, random: Random): Means {
  const known = organisationsOf(plan);
  const found = known[kindAt(place).number % known.length] as OrganisationPlan;
  const { section, oktmo, uses, makes, people, scale } = found;
  const spread = 0.85 + 0.3 * random.next();
  return { residence: oktmo, section: sectionId(coop, section), uses, makes, people, scale: scale * spread };
}

export function trader({ coop, place }: MemberPlace, plan: CoopPlan, random: Random): Means {
  const section = kindAt(place).number % SECTIONS_A_COOP;
  const residence = residenceIn(plan, section, 0.9, random);
  const makes = makesOf('farm', plan, section, residence, random, 1 + random.int(1, 3));
  const scale = 0.5 + 1.2 * random.next();
  return {
    residence,
    section: sectionId(coop, section),
    makes,
    scale,
    uses: 'own',
    people: random.int(2, 6),
  };
}

export function person({ coop, place }: MemberPlace, plan: CoopPlan, random: Random): Means {
  const isChair = place >= 1 && place <= SECTIONS_A_COOP;
  const section = isChair ? place - 1 : random.int(0, SECTIONS_A_COOP - 1);
  const residence = residenceIn(plan, section, isChair ? 1 : 0.86, random);
  const grows = place >= LEAST_MEMBERS && random.chance(residence === CITY ? 0.2 : 0.6);
  const makes = grows ? makesOf('household', plan, section, residence, random, random.int(1, 3)) : [];
  const scale = 0.6 + 0.8 * random.next();
  return {
    residence,
    section: sectionId(coop, section),
    makes,
    scale,
    uses: 'own',
    people: random.int(1, 5),
  };
}

/** In one of the places where the section has points, or, for the rest, anywhere in the region. */
function residenceIn(plan: CoopPlan, section: number, near: number, random: Random): string {
  const places = plan.points.filter((point) => point.section === section).map(({ oktmo }) => oktmo);
  if (random.chance(near)) return random.pick(places);
  return random.pick(municipalities).oktmo;
}

/** Goods that such a maker grows there and the section takes in, the likelier the more of them the place makes. */
function makesOf(
  maker: Maker,
  { points }: CoopPlan,
  section: number,
  residence: string,
  random: Random,
  count: number,
): string[] {
  const { weights } = municipalityOf(residence);
  const taken = new Set(
    points.filter((point) => point.section === section).flatMap(({ products }) => products),
  );
  const weight = ({ product, basket_group, madeBy, supply, share }: Good): number =>
    taken.has(product)
      ? madeBy[maker] * (weights[basket_group] ?? 0) * Math.sqrt(supply * Math.max(share, 0.1))
      : 0;
  const left = goods.filter((good) => weight(good) > 0);
  const chosen: string[] = [];
  while (chosen.length < count && left.length > 0) {
    const all = left.reduce((sum, good) => sum + weight(good), 0);
    let mark = random.next() * all;
    const at = Math.max(
      0,
      left.findIndex((good) => (mark -= weight(good)) < 0),
    );
    for (const { product } of left.splice(at, 1)) chosen.push(product);
  }
  return chosen;
}
