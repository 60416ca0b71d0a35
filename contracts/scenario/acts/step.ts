import { createHash } from 'node:crypto';
import type { Action } from '../../chain/driver.ts';
import type { Ids } from './ids.ts';
import type { Story } from './stories.ts';

/** One transaction of a region's life, signed by every actor that its actions name. */
export type Step = {
  /** ms since 1970. */
  readonly at: number;
  readonly actions: readonly Action[];
  /** What it shows to who looks for it; most show nothing but themselves. */
  readonly stories: readonly Story[];
  /** The contracts' counters once the chain has taken it. */
  readonly after: Ids;
};

/** A step before it is given its hour of the day. */
export type Draft = Omit<Step, 'at'>;

type Data = Action['data'];

/** An action under the active permissions of its signers, each named once. */
export const signed = (
  account: string,
  name: string,
  signers: string | readonly string[],
  data: Data,
): Action => ({
  account,
  name,
  authorization: [...new Set(typeof signers === 'string' ? [signers] : signers)].map((actor) => ({
    actor,
    permission: 'active',
  })),
  data,
});

/** The accounts that sign a transaction, each once, in order of appearance. */
export const signersOf = (actions: readonly Action[]): readonly string[] => [
  ...new Set(actions.flatMap(({ authorization }) => authorization.map(({ actor }) => actor))),
];

/** The sha256 of a paper that does not exist: of its name, which is different in every region. */
export const paper = (seed: string, ...name: readonly (string | number)[]): string =>
  createHash('sha256')
    .update(`zakroma ${seed} ${name.join(' ')}`)
    .digest('hex');

/** Time of the chain's tables: seconds, ISO 8601 without a zone. */
export const timeText = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
