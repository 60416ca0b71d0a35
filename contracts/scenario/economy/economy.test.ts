import { describe, expect, test } from 'vitest';
import { goodOf, goods } from '../reference/goods.ts';
import { referenceOf } from '../reference/reference.ts';
import { FIELD, isInRegion, municipalities, RIVERSIDE, STEPPE, STONE } from '../reference/territories.ts';
import { january, type Month, monthOf, monthText } from './calendar.ts';
import { type Cell, eatenIn, type Flow, madeIn } from './cell.ts';
import { type Economy, economyOf } from './economy.ts';
import { gramsOf } from './origins.ts';

const span = { from: Date.UTC(2024, 10, 21), until: Date.UTC(2026, 10, 21) };
const economy = economyOf(referenceOf('zarechnaya'), span);
const monthsOf = ({ first, last }: Economy): Month[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);
const year = (from: number): Month[] => Array.from({ length: 12 }, (_, at) => january(from) + at);
const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((all, item) => all + of(item), 0);

/** Grams that a cell has too much or too little. */
const error = (cell: Cell): number =>
  cell.opening +
  madeIn(cell) +
  cell.inflow -
  eatenIn(cell) -
  cell.processed -
  cell.fed -
  cell.lost -
  cell.outflow -
  cell.closing;

const summer = { from: Date.UTC(2026, 4, 3), until: Date.UTC(2026, 6, 1) };

describe.each([
  ['the usual region', economy],
  ['a small region', economyOf(referenceOf('small', { members: 40, coops: 2 }), summer)],
  ['a region of millions', economyOf(referenceOf('large', { members: 250_000, coops: 5000 }), summer)],
])('the economy of %s', (_, lived) => {
  const months = monthsOf(lived);

  test('closes its balance to the gram, in every place, product and month', () => {
    expect(months.flatMap((month) => lived.cells(month)).filter((cell) => error(cell) !== 0)).toEqual([]);
  });

  test('begins each month with what the last one left, and never holds less than nothing', () => {
    const isBroken = (cell: Cell, before: Cell | undefined): boolean =>
      cell.opening !== before?.closing ||
      Math.min(cell.closing, cell.lost, cell.inflow, cell.outflow, cell.processed, cell.fed) < 0 ||
      cell.transit > Math.min(cell.inflow, cell.outflow);
    const broken = months.slice(1).flatMap((month) => {
      const before = lived.cells(month - 1);
      return lived.cells(month).filter((cell, at) => isBroken(cell, before[at]));
    });
    expect(broken).toEqual([]);
  });

  test('has flows that make each place’s inflow and outflow, and origins that make what is eaten', () => {
    for (const month of months) {
      const flows = lived.flows(month);
      const [to, from] = [tally(flows, 'to'), tally(flows, 'from')];
      const broken = lived.cells(month).filter((cell) => {
        const name = `${cell.territory} ${cell.product}`;
        const isOfFlows = cell.inflow === (to.get(name) ?? 0) && cell.outflow === (from.get(name) ?? 0);
        return !isOfFlows || gramsOf(cell.origins) !== eatenIn(cell);
      });
      expect(broken).toEqual([]);
      expect(flows.filter((flow) => gramsOf(flow.origins) !== flow.grams)).toEqual([]);
    }
  });

  test('knows each cell by its name', () => {
    const month = lived.last;
    const found = lived.cells(month).map(({ territory, product }) => lived.cell(territory, product, month));
    expect(found).toEqual(lived.cells(month));
    expect(lived.cells(month)).toHaveLength(goods.length * municipalities.length);
  });
});

function tally(flows: readonly Flow[], end: 'from' | 'to'): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const flow of flows) {
    const name = `${flow[end]} ${flow.product}`;
    sums.set(name, (sums.get(name) ?? 0) + flow.grams);
  }
  return sums;
}

describe('what the region lives through', () => {
  const cellsOf = (months: readonly Month[], isMeant: (cell: Cell) => boolean): Cell[] =>
    months.flatMap((month) => economy.cells(month)).filter(isMeant);
  const flowsOf = (months: readonly Month[], isMeant: (flow: Flow) => boolean): Flow[] =>
    months.flatMap((month) => economy.flows(month)).filter(isMeant);

  test('the milk of the steppe collapses in the last third of the play, and no other', () => {
    const milk = (territory: string, month: Month): number => madeIn(economy.cell(territory, 'milk', month));
    expect(monthText(economy.collapse)).toBe('2026-03');
    for (const { oktmo } of municipalities.filter((place) => (place.weights.milk ?? 0) > 0)) {
      const fall = milk(oktmo, economy.last - 1) / milk(oktmo, economy.last - 13);
      if (oktmo === STEPPE) expect(fall).toBeLessThan(0.1);
      else expect(fall).toBeGreaterThan(0.7);
    }
  });

  test('most vegetables grow in one district, and there in organisations', () => {
    const grown = cellsOf(year(2025), ({ product }) => goodOf(product).basket_group === 'vegetables');
    const there = grown.filter(({ territory }) => territory === RIVERSIDE);
    expect(sum(there, madeIn) / sum(grown, madeIn)).toBeGreaterThan(0.5);
    expect(sum(there, ({ output }) => output.organisation) / sum(there, madeIn)).toBeGreaterThan(0.4);
  });

  test('most of the wheat of the fields leaves the region', () => {
    const isWheat = ({ product }: { product: string }): boolean => product === 'wheat';
    const made = sum(
      cellsOf(year(2025), (cell) => isWheat(cell) && cell.territory === FIELD),
      madeIn,
    );
    const left = sum(
      flowsOf(year(2025), (flow) => isWheat(flow) && !isInRegion(flow.to)),
      ({ origins }) => origins.get(FIELD) ?? 0,
    );
    expect(left / made).toBeGreaterThan(0.5);
  });

  test('the holding makes more pork than the region eats, and all of that leaves', () => {
    const pork = cellsOf(year(2025), ({ product }) => product === 'pork');
    const held = sum(pork, (cell) => cell.held);
    expect(held).toBeGreaterThan(sum(pork, eatenIn));
    const sent = flowsOf(
      year(2025),
      ({ product, from, to }) => product === 'pork' && from === STONE && !isInRegion(to),
    );
    expect(sum(sent, ({ grams }) => grams)).toBeGreaterThanOrEqual(held);
  });

  test('goods from and for Kazakhstan and Uzbekistan pass through the steppe', () => {
    const passing = cellsOf(year(2025), ({ transit }) => transit > 0);
    expect(new Set(passing.map(({ territory }) => territory))).toEqual(new Set([STEPPE]));
    const halves = flowsOf(year(2025), ({ leg }) => leg === 'first').length;
    expect(flowsOf(year(2025), ({ leg }) => leg === 'second')).toHaveLength(halves);
    expect(sum(passing, ({ transit }) => transit)).toBeGreaterThan(1e9);
  });

  test('potatoes are dug in autumn and eaten all the year', () => {
    const [spring, autumn] = [january(2025) + 3, january(2025) + 8];
    const potato = (month: Month): Cell => economy.cell(STEPPE, 'potato', month);
    expect(madeIn(potato(autumn))).toBeGreaterThan(100 * madeIn(potato(spring)));
    expect(eatenIn(potato(spring))).toBeGreaterThan(0.9 * eatenIn(potato(autumn)));
    expect(potato(autumn).closing).toBeGreaterThan(potato(spring).closing);
  });

  test('what nobody makes here is brought', () => {
    for (const cell of cellsOf(year(2025), ({ product }) => goodOf(product).supply === 0)) {
      expect(madeIn(cell)).toBe(0);
      expect([...cell.origins.keys()].some(isInRegion)).toBe(false);
    }
  });
});

test('one seed lives one life, another seed another', () => {
  const short = { from: Date.UTC(2026, 0, 1), until: Date.UTC(2026, 1, 1) };
  const [one, again, other] = ['one', 'one', 'other'].map((seed) => economyOf(referenceOf(seed), short));
  const last = (lived: Economy | undefined): readonly Cell[] => lived?.cells(lived.last) ?? [];
  expect(last(one)).toEqual(last(again));
  expect(last(one)).not.toEqual(last(other));
});

test('nothing is told of months and places that are not there', () => {
  expect(() => economy.cells(monthOf(span.until) + 1)).toThrow(
    new RangeError('a month of the economy expected, got 2026-12'),
  );
  expect(() => economy.cell('01000000', 'milk', economy.last)).toThrow(
    "a cell of the region's economy expected",
  );
});
