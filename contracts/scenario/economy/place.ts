import type { Municipality } from '../reference/territories.ts';
import type { Origins } from './origins.ts';
import type { Output } from './output.ts';

/** A product in a municipality at the start of a month, and what the month asks of it, grams. */
export type Place = {
  readonly municipality: Municipality;
  readonly stock: Origins;
  readonly output: Output;
  readonly wants: {
    readonly own: number;
    readonly catering: number;
    readonly processed: number;
    readonly fed: number;
  };
  /** What shops bring from outside, whatever there is. */
  readonly brought: number;
  /** What is kept back for the months to come. */
  readonly reserve: number;
  /** Share of what is there that spoils. */
  readonly loss: number;
};

export const wanted = ({ wants }: Place): number => wants.own + wants.catering + wants.processed + wants.fed;
