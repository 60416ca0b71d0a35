import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { differenceOf } from '../../indexer/simulation/compare.ts';
import { startEndpoint } from '../../indexer/simulation/endpoint.ts';
import { runLives } from '../../indexer/simulation/lives.ts';
import { planOf } from '../../indexer/simulation/plan.ts';
import { randomOf } from '../../indexer/simulation/random.ts';
import { openWarehouse } from '../open.ts';
import { Cut, cutAt } from '../testing/faults.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { foundIn } from '../testing/found-rows.ts';
import type { Warehouse } from '../warehouse.ts';
import { createChainSink } from './sink.ts';

describe('the tables of the real engine equal the model of the canonical chain', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let warehouse: Warehouse;
  beforeEach(async () => {
    folder = await temporaryFolder();
    warehouse = await openWarehouse({ path: folder.path });
  });
  afterEach(async () => {
    await warehouse.close();
    await folder.remove();
  });

  /** The warehouse for one life: its n-th write is its last, for all but the lives that go to the end. */
  function mortal(seed: string, life: number): Warehouse {
    const random = randomOf(seed, 'cut', life);
    return life < 6
      ? cutAt(warehouse, random.below(14), random.pick(['before', 'after'] as const))
      : warehouse;
  }

  test.each(['w1', 'w2', 'w3', 'w4'])('after the run that seed %s draws, cut six times', async (seed) => {
    const plan = planOf(seed);
    const endpoint = await startEndpoint(seed, plan.life, plan.manners);
    try {
      const { lives } = await runLives({
        ...{ url: endpoint.url, isOver: endpoint.isOver, end: plan.life.end, timeoutMs: 60_000 },
        // Batches of some size: what many small ones do is seen in memory.
        limits: (life) => ({ ...plan.limits(life), rows: 200, blocks: 30 }),
        isStop: (error) => error instanceof Cut,
        sinkOf: (life) => createChainSink(mortal(seed, life)),
      });
      expect(lives).toBeGreaterThan(3);
      expect(differenceOf(plan.model, await foundIn(warehouse))).toBeNull();
    } finally {
      await endpoint.close();
    }
  });
});
