import type { Action } from '../../chain/driver.ts';
import type { Random } from '../random.ts';
import { type Ids, noIds } from './ids.ts';
import { createPurses, type Purses } from './purses.ts';
import { createShelf, type Shelf, type Shipment } from './shelf.ts';
import { type Draft, paper } from './step.ts';
import type { Story } from './stories.ts';
import type { World } from './world.ts';

/** What lives while acts are composed: open lots, goods on the way, balances and counters; never the acts themselves. */
export type Life = {
  readonly world: World;
  readonly random: Random;
  readonly ids: Ids;
  readonly shelf: Shelf;
  readonly purses: Purses;
  readonly onTheWay: Set<Shipment>;
  /** Start of the present day, ms since 1970. */
  now: number;
  /** Papers signed so far: each has a hash of its own. */
  papers: number;
};

export const newLife = (world: World, random: Random): Life => ({
  world,
  random,
  ids: noIds(),
  shelf: createShelf(),
  purses: createPurses(),
  onTheWay: new Set(),
  now: world.region.firstDay,
  papers: 0,
});

/** The hash of the next paper. */
export const newPaper = (life: Life): string => paper(life.world.seed, 'paper', ++life.papers);

/** Closes a composition: the counters are as the chain's will be after it. */
export const drafted = (life: Life, actions: readonly Action[], stories: readonly Story[] = []): Draft => ({
  actions,
  stories,
  after: { ...life.ids },
});
