import { coopPlans, type CoopPlan, type PointRole } from './layout.ts';
import { syllables } from './names.ts';

export const ROUND = coopPlans.length;
export const SECTIONS_A_COOP = 4;

/** Points before each plan's own within a round, and in a whole round. */
const pointsBefore = coopPlans.map((_, at) =>
  coopPlans.slice(0, at).reduce((sum, { points }) => sum + points.length, 0),
);
const POINTS_A_ROUND = coopPlans.reduce((sum, { points }) => sum + points.length, 0);

export type Section = {
  /** The chain's: sections are numbered from 1, cooperative after cooperative. */
  readonly id: number;
  /** Place of the cooperative in the region, from 0. */
  readonly coop: number;
  readonly kind: 'geographic' | 'functional';
  readonly title: string;
  /** Its home, where most of its members live. */
  readonly oktmo: string;
};

export type Point = {
  /** The chain's: points are numbered from 1, cooperative after cooperative. */
  readonly id: number;
  readonly section: number;
  readonly coop: number;
  readonly oktmo: string;
  readonly title: string;
  readonly role: PointRole;
  readonly products: readonly string[];
  /** Points that this one sends to, in its own and in other cooperatives. */
  readonly sendsTo: readonly number[];
};

export const planOf = (coop: number): CoopPlan => {
  const plan = coopPlans[coop % ROUND];
  if (plan === undefined) throw new RangeError(`a cooperative from 0 expected, got ${coop}`);
  return plan;
};

const pointsStart = (coop: number): number =>
  Math.floor(coop / ROUND) * POINTS_A_ROUND + (pointsBefore[coop % ROUND] ?? 0);

/** Account of a cooperative: of the first six its own, of the rest `koop` and eight letters. */
export const coopAccount = (coop: number, offset: number): string =>
  coop < ROUND ? planOf(coop).coop : `koop${syllables(coop, offset)}`;

export function coopTitle(coop: number): string {
  const { title } = planOf(coop);
  return coop < ROUND ? title : title.replace('»', `-${Math.floor(coop / ROUND) + 1}»`);
}

export function sectionsOf(coop: number): Section[] {
  return planOf(coop).sections.map((section, at) => ({
    id: coop * SECTIONS_A_COOP + at + 1,
    coop,
    ...section,
  }));
}

/** Points of a cooperative in a region of `coops` of them: what would be sent to one that is not there stays. */
export function pointsOf(coop: number, coops: number): Point[] {
  const first = coop - (coop % ROUND);
  return planOf(coop).points.map(({ section, oktmo, title, role, products, sends }, at) => ({
    id: pointsStart(coop) + at + 1,
    section: coop * SECTIONS_A_COOP + section + 1,
    coop,
    oktmo,
    title,
    role,
    products,
    sendsTo: sends.flatMap((key) => pointsNamed(key, first, coops)),
  }));
}

function pointsNamed(key: string, first: number, coops: number): number[] {
  for (const [at, { points }] of coopPlans.entries()) {
    const place = points.findIndex((point) => point.key === key);
    if (place >= 0) return first + at < coops ? [pointsStart(first + at) + place + 1] : [];
  }
  throw new RangeError(`a point of the region expected, got ${key}`);
}

/** The cooperative that a point belongs to. */
export function coopOfPoint(point: number): number {
  const round = Math.floor((point - 1) / POINTS_A_ROUND);
  const within = (point - 1) % POINTS_A_ROUND;
  return round * ROUND + pointsBefore.findLastIndex((before) => before <= within);
}

export const pointCount = (coops: number): number => pointsStart(coops);
