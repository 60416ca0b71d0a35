import { seededRandom, type Random } from '../random.ts';
import { planOf, SECTIONS_A_COOP } from './coops.ts';
import { type Good, goods, type Maker } from './goods.ts';
import { type CoopPlan, type OrganisationPlan, organisationsOf, type Use } from './layout.ts';
import { syllables } from './names.ts';
import { LEAST_MEMBERS } from './share-out.ts';
import { CITY, municipalities, municipalityOf } from './territories.ts';

export type MemberKind = 'person' | 'trader' | 'organisation';

export type Member = {
  /** From 0, cooperative after cooperative. */
  readonly index: number;
  readonly account: string;
  readonly kind: MemberKind;
  /** OKTMO of the municipality where the member lives. */
  readonly residence: string;
  /** Place of the cooperative, from 0, and place of the member in it: 0 is the council's chair, 1–4 its other seats. */
  readonly coop: number;
  readonly place: number;
  /** Section that the member votes in, and brings to. */
  readonly section: number;
  /** Account of the person who signs for an organisation or a trader; empty for a person. */
  readonly representative: string;
  /** Goods that the member brings, if any. */
  readonly makes: readonly string[];
  readonly maker: Maker;
  /** Size of plot, herd or works against a usual one of the maker's kind. */
  readonly scale: number;
  /** What goods issued to the member are for, and how many people they feed. */
  readonly uses: Use;
  readonly people: number;
  /** When the member joins and leaves, as a share of the time played; founders join at 0. */
  readonly joins: number;
  readonly leaves?: number;
  /** Another cooperative that the member joins too, later. */
  readonly alsoIn?: number;
};

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

const makerOf = { person: 'household', trader: 'farm', organisation: 'organisation' } as const;
const stem = { person: 'paya', trader: 'ferm', organisation: 'orga' } as const;

/** Who stands at a place: in the second ten two organisations and two farms, then one of either in every eight; the person before represents it. */
export function kindAt(place: number): { readonly kind: MemberKind; readonly number: number } {
  if (place < LEAST_MEMBERS) return { kind: 'person', number: place };
  if (place < 2 * LEAST_MEMBERS) {
    const odd = (place - 11) / 2;
    if (!Number.isInteger(odd) || odd > 3) return { kind: 'person', number: place };
    return { kind: odd % 2 === 0 ? 'organisation' : 'trader', number: Math.floor(odd / 2) };
  }
  const eighth = (place - 23) / 8;
  if (!Number.isInteger(eighth)) return { kind: 'person', number: place };
  const third = Math.floor(eighth / 3);
  return eighth % 3 === 2
    ? { kind: 'organisation', number: 2 + third }
    : { kind: 'trader', number: 2 + 2 * third + (eighth % 3) };
}

export const accountAt = (index: number, place: number, offset: number): string =>
  `${stem[kindAt(place).kind]}${syllables(index, offset)}`;

/** The member at a place; the same for the same seed and scale, whoever else was asked for. */
export function memberAt(at: MemberPlace): Member {
  const { kind } = kindAt(at.place);
  const random = seededRandom(`member ${at.index} of ${at.seed}`);
  const plan = planOf(at.coop);
  const common = {
    index: at.index,
    account: accountAt(at.index, at.place, at.offset),
    kind,
    coop: at.coop,
    place: at.place,
    maker: makerOf[kind],
    representative: kind === 'person' ? '' : accountAt(at.index - 1, at.place - 1, at.offset),
  };
  const life = lifeOf(at, random);
  if (kind === 'organisation') return { ...common, ...organisation(at, plan, random), ...life };
  return { ...common, ...(kind === 'trader' ? trader(at, plan, random) : person(at, plan, random)), ...life };
}

type Means = Pick<Member, 'residence' | 'section' | 'makes' | 'scale' | 'uses' | 'people'>;

const sectionId = (coop: number, section: number): number => coop * SECTIONS_A_COOP + section + 1;

function organisation({ coop, place }: MemberPlace, plan: CoopPlan, random: Random): Means {
  const known = organisationsOf(plan);
  const found = known[kindAt(place).number % known.length] as OrganisationPlan;
  const { section, oktmo, uses, makes, people, scale } = found;
  const spread = 0.85 + 0.3 * random.next();
  return { residence: oktmo, section: sectionId(coop, section), uses, makes, people, scale: scale * spread };
}

function trader({ coop, place }: MemberPlace, plan: CoopPlan, random: Random): Means {
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

function person({ coop, place }: MemberPlace, plan: CoopPlan, random: Random): Means {
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

/** Founders and the organisations of the second ten are there from the start; who represents another never leaves. */
function lifeOf(at: MemberPlace, random: Random): Pick<Member, 'joins' | 'leaves' | 'alsoIn'> {
  const joins = joinsAt(at);
  const { kind } = kindAt(at.place);
  if (at.place < LEAST_MEMBERS || kind !== 'person' || kindAt(at.place + 1).kind !== 'person')
    return { joins };
  const luck = random.next();
  if (luck < 0.03) return { joins, leaves: joins + (1 - joins) * (0.3 + 0.6 * random.next()) };
  if (luck < 0.05 && at.coops > 1)
    return { joins, alsoIn: (at.coop + random.int(1, at.coops - 1)) % at.coops };
  return { joins };
}

/** Nearly half from the start, the rest over time in the order of their places. */
function joinsAt({ place, of }: MemberPlace): number {
  const early = Math.max(2 * LEAST_MEMBERS, Math.ceil(of * 0.45));
  return place < early ? 0 : (0.95 * (place - early + 1)) / (of - early);
}
