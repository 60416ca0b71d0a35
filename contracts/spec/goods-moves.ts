import { COMING } from './goods-coming.ts';
import { CORRECTING } from './goods-correcting.ts';
import { LEAVING } from './goods-leaving.ts';
import type { Move, Moving, Step } from './goods-step.ts';

const MOVES: Record<Step['kind'], (moving: Moving) => Move> = { ...COMING, ...LEAVING, ...CORRECTING };

/** The move that a step means in this state; a step that finds nothing to act on names what is not there. */
export function moveOf(moving: Moving): Move {
  return MOVES[moving.step.kind](moving);
}
