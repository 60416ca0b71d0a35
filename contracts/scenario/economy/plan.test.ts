import { describe, expect, test } from 'vitest';
import { goodOf } from '../reference/goods.ts';
import { type Group, groups } from '../reference/groups.ts';
import { referenceOf } from '../reference/reference.ts';
import { isInRegion, municipalities } from '../reference/territories.ts';
import { eatenIn, madeIn } from './cell.ts';
import { economyOf } from './economy.ts';
import { gramsOfAct } from './loads.ts';
import { type CoopMonth, planOf } from './plan.ts';

const economy = economyOf(referenceOf('zarechnaya'), {
  from: Date.UTC(2024, 10, 21),
  until: Date.UTC(2026, 10, 21),
});
const plan = planOf(economy);
const played = Array.from({ length: 24 }, (_, at) => economy.last - 23 + at);
const months = played.map((month) => ({ month, plan: plan.month(month) }));

const sumOf = (items: readonly { readonly grams: number }[]): number =>
  items.reduce((sum, { grams }) => sum + grams, 0);
/** Grams by place and product. */
function tally(
  items: readonly { readonly territory: string; readonly product: string; readonly grams: number }[],
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { territory, product, grams } of items) {
    const name = `${territory} ${product}`;
    sums.set(name, (sums.get(name) ?? 0) + grams);
  }
  return sums;
}

describe('the plan of what runs through cooperatives', () => {
  test('never takes in, delivers, brings or sends more than there is', () => {
    for (const { month, plan: part } of months) {
      const [taken, delivered] = [tally(part.intakes), tally(part.deliveries)];
      const [brought, sent] = [tally(part.brought), tally(part.outgoes)];
      const broken = economy.cells(month).filter((cell) => {
        const of = (sums: ReadonlyMap<string, number>): number =>
          sums.get(`${cell.territory} ${cell.product}`) ?? 0;
        const isWithin = of(taken) <= madeIn(cell) && of(delivered) <= eatenIn(cell);
        const passed = cell.transit;
        return !isWithin || of(brought) > cell.inflow - passed || of(sent) > cell.outflow - passed;
      });
      expect(broken).toEqual([]);
    }
  });

  test('covers from 5 % to 80 % of what is made and eaten, with districts on both sides of a half', () => {
    const shares = municipalities.map(({ oktmo }) => shareOf(oktmo, 'milk'));
    expect(shares.filter((share) => share > 0.5).length).toBeGreaterThanOrEqual(4);
    expect(shares.filter((share) => share < 0.5).length).toBeGreaterThanOrEqual(4);
    for (const { oktmo } of municipalities) {
      for (const group of groups) {
        const made = shareOf(oktmo, group);
        if (made > 0) expect([made >= 0.049, made <= 0.801]).toEqual([true, true]);
      }
    }
  });

  test('comes near the share that it names', () => {
    for (const { oktmo } of municipalities)
      expect(Math.abs(shareOf(oktmo, 'eggs') - plan.coverage(oktmo, 'eggs').output)).toBeLessThan(0.05);
  });

  test('brings from outside and sends outside', () => {
    const all = (of: (month: CoopMonth) => readonly string[]): string[] =>
      months.flatMap(({ plan: part }) => of(part));
    expect(all(({ brought }) => brought.map(({ from }) => from)).some(isInRegion)).toBe(false);
    expect(all(({ outgoes }) => outgoes.map(({ to }) => to)).some(isInRegion)).toBe(false);
    expect(new Set(all(({ brought }) => brought.map(({ product }) => product)))).toContain('salt');
  });

  test('can be acted out in loads of a usual size: tens of thousands of acts', () => {
    const acts = months.reduce((sum, { plan: part }) => sum + actsOf(part), 0);
    expect(acts).toBeGreaterThan(10_000);
    expect(acts).toBeLessThan(40_000);
  });

  test('takes nothing in where no cooperative is', () => {
    const few = economyOf(referenceOf('few', { members: 40, coops: 1 }), {
      from: Date.UTC(2026, 4, 1),
      until: Date.UTC(2026, 6, 1),
    });
    const places = new Set(
      planOf(few)
        .month(few.last)
        .intakes.map(({ territory }) => territory),
    );
    expect([...places].toSorted()).toEqual(['02614000', '02628000', '02634000', '02640000']);
  });
});

/** Share of what a place makes of a group, or 0 where it makes nothing, over the time played. */
function shareOf(territory: string, group: Group): number {
  const isOf = (row: { territory: string; product: string }): boolean =>
    row.territory === territory && goodOf(row.product).basket_group === group;
  const taken = months.reduce((sum, { plan: part }) => sum + sumOf(part.intakes.filter(isOf)), 0);
  const made = played.reduce(
    (sum, month) =>
      sum +
      economy
        .cells(month)
        .filter(isOf)
        .reduce((all, cell) => all + madeIn(cell), 0),
    0,
  );
  return made === 0 ? 0 : taken / made;
}

function actsOf({ intakes, brought, deliveries, outgoes }: CoopMonth): number {
  const count = <T extends { product: string; grams: number }>(
    items: readonly T[],
    load: (item: T) => Parameters<typeof gramsOfAct>[1],
  ): number =>
    items.reduce((sum, item) => sum + item.grams / gramsOfAct(goodOf(item.product), load(item)), 0);
  return (
    count(intakes, ({ maker }) => (maker === 'household' ? 'round' : maker)) +
    count(brought, () => 'farm') +
    count(deliveries, ({ use }) => (use === 'own' ? 'counter' : 'catering')) +
    count(outgoes, () => 'wholesale')
  );
}
