import { expect, test } from 'vitest';
import { referenceOf } from '../reference/reference.ts';
import { isInRegion, municipalities, REGION, STEPPE } from '../reference/territories.ts';
import { january } from './calendar.ts';
import { eatenIn, madeIn } from './cell.ts';
import { economyOf } from './economy.ts';
import { type Observed, truthOf } from './truth.ts';

const economy = economyOf(referenceOf('zarechnaya'), {
  from: Date.UTC(2024, 10, 21),
  until: Date.UTC(2026, 10, 21),
});
const [from, to] = [january(2025), january(2025) + 11];
const months = Array.from({ length: 12 }, (_, at) => from + at);

/** What acts would tell of a third of everything. */
const observed = months.flatMap((month) =>
  economy.cells(month).flatMap((cell): Observed[] => {
    const { territory, product, origins } = cell;
    const local = origins.get(territory) ?? 0;
    const row = { territory, product, month };
    return [
      { ...row, what: 'made', grams: Math.floor(madeIn(cell) / 3) },
      { ...row, what: 'local', grams: Math.floor(local / 3) },
      { ...row, what: 'brought', grams: Math.floor((eatenIn(cell) - local) / 3) },
    ];
  }),
);
const truth = truthOf(economy, observed);

test('coverage is what was observed of the whole', () => {
  const { seen, whole, coverage } = truth({ territory: STEPPE, of: { group: 'milk' }, from, to });
  expect(coverage.made).toBeCloseTo(1 / 3, 6);
  expect(coverage.eaten).toBeCloseTo(1 / 3, 6);
  expect(seen.made).toBeLessThanOrEqual(whole.made);
});

test.each(municipalities.map(({ oktmo, title }) => [title, oktmo]))(
  'the bounds of the local share hold the true one: %s',
  (_, territory) => {
    for (const group of ['bread', 'milk', 'vegetables', 'fruit'] as const) {
      const { least, most, truth: share } = truth({ territory, of: { group }, from, to }).localShare;
      expect(share).toBeGreaterThanOrEqual(least);
      expect(share).toBeLessThanOrEqual(most);
    }
  },
);

test('the region makes and eats what its municipalities do, and exchanges less than they', () => {
  const of = { product: 'potato' } as const;
  const region = truth({ territory: REGION, of, from, to }).whole;
  const parts = municipalities.map(({ oktmo }) => truth({ territory: oktmo, of, from, to }).whole);
  const sum = (field: 'made' | 'eaten' | 'inflow' | 'local'): number =>
    parts.reduce((all, part) => all + part[field], 0);
  expect([region.made, region.eaten]).toEqual([sum('made'), sum('eaten')]);
  expect(region.inflow).toBeLessThan(sum('inflow'));
  expect(region.local).toBeGreaterThan(sum('local'));
});

test('of what leaves, own goods are told from those in transit', () => {
  const { outflow, sent } = truth({ territory: STEPPE, of: { product: 'watermelon' }, from, to }).whole;
  expect(outflow).toBeGreaterThan(sent);
  expect(
    months.some((month) =>
      economy.flows(month).some((flow) => flow.product === 'watermelon' && !isInRegion(flow.from)),
    ),
  ).toBe(true);
});

test('nothing made or eaten is nothing covered', () => {
  const { coverage, localShare } = truthOf(
    economy,
    [],
  )({ territory: STEPPE, of: { product: 'bananas' }, from, to });
  expect(coverage).toEqual({ made: 0, eaten: 0 });
  expect(localShare).toEqual({ least: 0, most: 1, truth: 0 });
});
