import { describe, expect, test } from 'vitest';
import { namedSeeds } from './named-seeds.ts';
import { planOf } from './plan.ts';
import { simulate } from './simulate.ts';

const seeds = Array.from({ length: 30 }, (_, i) => String(i + 1));

describe('the tables equal the model of the canonical chain', () => {
  test.each(seeds)('after the run that seed %s draws', async (seed) => {
    await simulate(planOf(seed));
  });

  test.each(namedSeeds)('after the run of seed $seed: $cause', async ({ seed, isHuge }) => {
    await simulate(planOf(seed, isHuge));
  });
});

test('the seeds hold what they are there for', () => {
  const plans = seeds.map((seed) => planOf(seed));
  const stories = plans.flatMap(({ life }) => life.story).join(', ');
  for (const word of ['fork 1', 'fork 12', 'to LIB', 'while away', 'back', 'lost', 'behind', 'lib'])
    expect(stories).toContain(word);
  for (const name of [
    'fragments',
    'slow',
    'resets',
    'repeats',
    'nulls',
    'stale',
    'early',
    'moves',
    'silenceMs',
  ] as const)
    expect(
      plans.some(({ manners }) => manners[name] > 0),
      name,
    ).toBe(true);
  expect(new Set(plans.map(({ manners }) => manners.skips)).size).toBe(3);
  expect(new Set(plans.flatMap(({ crashes }) => crashes.map(({ act }) => act))).size).toBe(8);
  const tables = plans.flatMap(({ model }) => [...model.tables.keys()]);
  expect(tables.some((name) => name.endsWith('_v2'))).toBe(true);
  expect(plans.some(({ model }) => model.counts.undecoded > 0)).toBe(true);
  expect(plans.some(({ model }) => model.counts.undecodedRows > 0)).toBe(true);
});

test('the same seed draws the same run', () => {
  const [one, other] = [planOf('twice'), planOf('twice')];
  expect(one.life.end.head.blockId).toBe(other.life.end.head.blockId);
  expect({ ...one.manners, stops: one.crashes }).toEqual({ ...other.manners, stops: other.crashes });
});
