import { createHash } from 'node:crypto';
import type { Member } from './people.ts';
import type { Random } from './random.ts';
import { pointOf, products, sectionOf } from './reference.ts';
import type { Place, Shelf } from './shelf.ts';

/** What an act shows to who looks for it; one act may tell several stories. */
export const stories = [
  'from a member',
  'bought from a non-member',
  'unknown origin',
  'brought from another region',
  'brought from another country',
  'rejected in part',
  'shipped',
  'shipped between cooperatives',
  'shipped to another district',
  'received',
  'received short',
  'sold in the district',
  'delivered to a school',
  'sold out of the region',
  'sold abroad',
  'sold to processing',
  'issued',
  'collected away from home',
] as const;
export type Story = (typeof stories)[number];

/** One act of the market, ready to be signed: one action, its signers, and the market's counters after it. */
export type Act = {
  /** ms since 1970. */
  readonly at: number;
  readonly name: 'accept' | 'ship' | 'receive' | 'sellout' | 'issue';
  readonly data: Readonly<Record<string, unknown>>;
  readonly signers: readonly string[];
  readonly stories: readonly Story[];
  readonly after: { readonly acts: number; readonly lots: number };
};

/** What an act is composed from. `shelf` changes with every act composed. */
export type Moment = {
  readonly at: number;
  readonly random: Random;
  readonly shelf: Shelf;
  readonly members: readonly Member[];
  /** Makes document hashes of one region unlike those of another. */
  readonly seed: string;
};

/** The programme under which the demo region's members and cooperatives deal; decisions come with the council. */
export const terms = { programme: 1, decision_id: 0 } as const;

export const nowhere: Place = { point_id: 0, oktmo: '', country: '' };
export const territory = (oktmo: string): Place => ({ ...nowhere, oktmo });
export const country = (code: string): Place => ({ ...nowhere, country: code });

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The hash of the paper that goes with the next act. */
export const documentHash = ({ seed, shelf }: Moment): string =>
  hashOf(`zakroma ${seed} paper of act ${shelf.acts + 1}`);

export const chairOf = (point: number): string => sectionOf(pointOf(point).section).chair;
export const coopOf = (point: number): string => sectionOf(pointOf(point).section).coop;

export function unitOf(product: string): string {
  const found = products.find((row) => row.product === product);
  if (found === undefined) throw new RangeError(`a product of the region expected, got ${product}`);
  return found.unit;
}

/** Counts `acts` more acts and closes the composition with the counters that the market will show. */
export function finished(moment: Moment, act: Omit<Act, 'at' | 'after'>, acts = 1): Act {
  const { shelf, at } = moment;
  shelf.acts += acts;
  return { ...act, at, after: { acts: shelf.acts, lots: shelf.lots } };
}
