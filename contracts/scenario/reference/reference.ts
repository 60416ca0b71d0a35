import { createHash } from 'node:crypto';
import {
  coopAccount,
  coopOfPoint,
  coopTitle,
  planOf,
  type Point,
  pointCount,
  pointsOf,
  type Section,
  SECTIONS_A_COOP,
  sectionsOf,
} from './coops.ts';
import { coopPlans } from './layout.ts';
import { accountAt } from './kinds.ts';
import { type Member, memberAt } from './members.ts';
import { programmesBefore, type Programme, programmesOf } from './programmes.ts';
import { shareOut } from './share-out.ts';

export type Scale = { readonly members: number; readonly coops: number };
export const USUAL: Scale = { members: 1500, coops: 6 };

export type Coop = {
  /** Place in the region, from 0. */
  readonly index: number;
  readonly coop: string;
  readonly title: string;
  readonly legal_form: string;
  readonly union: string;
  readonly oktmo: string;
  /** Its members are those from `from`, before `to`. */
  readonly from: number;
  readonly to: number;
};

/** Who is where in a demo region. Nothing is kept: each answer is worked out from the seed, the scale and the number asked for. */
export type Reference = Scale & {
  readonly seed: string;
  readonly sections: number;
  readonly points: number;
  readonly programmes: number;
  coop(index: number): Coop;
  section(id: number): Section;
  point(id: number): Point;
  member(index: number): Member;
  sectionsOf(coop: number): readonly Section[];
  pointsOf(coop: number): readonly Point[];
  programmesOf(coop: number): readonly Programme[];
  /** Accounts of the council's five seats, its chair first; then of who leads a section, and of the cashier. */
  council(coop: number): readonly string[];
  chair(section: number): string;
  cashier(coop: number): string;
};

const SEATS = 5;
const CASHIER = 5;

/** Throws `RangeError` where there are fewer than ten members for a cooperative. */
export function referenceOf(seed: string, scale: Scale = USUAL): Reference {
  const { members, coops } = scale;
  const shared = shareOut(
    members,
    coops,
    coopPlans.map(({ weight }) => weight),
  );
  const offset = createHash('sha256').update(`names of ${seed}`).digest().readUInt32LE(0);
  const has = (what: string, number: number, from: number, to: number): number => {
    if (!Number.isInteger(number) || number < from || number > to)
      throw new RangeError(`${what} from ${from} to ${to} expected, got ${number}`);
    return number;
  };
  const ofCoop = (index: number): number => has('a cooperative', index, 0, coops - 1);
  const accountIn = (coop: number, place: number): string =>
    accountAt(shared.start(ofCoop(coop)) + place, place, offset);
  const sections = coops * SECTIONS_A_COOP;
  const points = pointCount(coops);
  return {
    seed,
    members,
    coops,
    sections,
    points,
    programmes: programmesBefore(coops),
    coop(index) {
      const { legal_form, oktmo } = planOf(ofCoop(index));
      const common = { index, coop: coopAccount(index, offset), title: coopTitle(index), union: '' };
      return { ...common, legal_form, oktmo, from: shared.start(index), to: shared.start(index + 1) };
    },
    section(id) {
      const coop = Math.floor((has('a section', id, 1, sections) - 1) / SECTIONS_A_COOP);
      return sectionsOf(coop)[(id - 1) % SECTIONS_A_COOP] as Section;
    },
    point(id) {
      const all = pointsOf(coopOfPoint(has('a point', id, 1, points)), coops);
      return all.find((point) => point.id === id) as Point;
    },
    member(index) {
      const coop = shared.coopOf(index);
      const start = shared.start(coop);
      const of = shared.start(coop + 1) - start;
      return memberAt({ seed, index, coop, coops, place: index - start, of, offset });
    },
    sectionsOf: (coop) => sectionsOf(ofCoop(coop)),
    pointsOf: (coop) => pointsOf(ofCoop(coop), coops),
    programmesOf: (coop) => programmesOf(ofCoop(coop)),
    council: (coop) => Array.from({ length: SEATS }, (_, place) => accountIn(coop, place)),
    chair: (section) =>
      accountIn(
        Math.floor((has('a section', section, 1, sections) - 1) / SECTIONS_A_COOP),
        ((section - 1) % SECTIONS_A_COOP) + 1,
      ),
    cashier: (coop) => accountIn(coop, CASHIER),
  };
}
