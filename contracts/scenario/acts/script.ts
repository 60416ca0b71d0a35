import type { Day } from './day.ts';
import type { Draft } from './step.ts';

/** A pause of so many days between two acts of one story. */
export type Pause = { readonly days: number };
export const after = (days: number): Pause => ({ days });

/** Something that happens but rarely, over one or more days. One that finds nothing to happen to ends without an act. */
export type Script = {
  /** How often it begins, in a region of the usual size: times a day; 0 for once in all. */
  readonly rate: number;
  readonly play: (day: Day) => Generator<Draft | Pause>;
};
