import { describe, expect, test } from 'vitest';
import { monthOf } from '../economy/calendar.ts';
import { economyOf } from '../economy/economy.ts';
import { madeIn } from '../economy/cell.ts';
import { DAY_MS, planRegion, type Region, sliceOf } from '../plan.ts';
import { goodOf } from '../reference/goods.ts';
import { isInRegion, STEPPE } from '../reference/territories.ts';
import { assetAmount, gramsOf } from './amounts.ts';
import { regionSteps } from './region-steps.ts';
import type { Step } from './step.ts';
import { stories, type Story } from './stories.ts';

const until = new Date('2026-11-21T00:00:00Z');
const region = planRegion({ seed: 'zarechnaya', until, days: 300, scale: { members: 420, coops: 6 } });
const steps = [...regionSteps(region)];

type Entry = {
  readonly at: number;
  readonly oktmo: string;
  readonly product: string;
  readonly grams: number;
};

/** What was accepted or bought: origin, product, grams. */
function* entries(
  all: readonly Step[],
): Generator<Entry & { readonly point: number; readonly producer: string }> {
  for (const { at, actions } of all) {
    if (actions.some(({ name }) => name === 'reverse')) continue;
    for (const { name, data } of actions) {
      if (name !== 'supply' && name !== 'buy') continue;
      const product = String(data['product']);
      const { oktmo } = data['origin'] as { oktmo: string };
      const grams = gramsOf(assetAmount(String(data['quantity'])), goodOf(product));
      yield {
        at,
        oktmo,
        product,
        grams,
        point: Number(data['point_id']),
        producer: name === 'supply' ? String(data['producer']) : '',
      };
    }
  }
}
const told = (story: Story): readonly Step[] => steps.filter((step) => step.stories.includes(story));
const sum = (all: Iterable<{ grams: number }>): number =>
  [...all].reduce((total, { grams }) => total + grams, 0);

describe('the steps of a region', () => {
  test('are the same for the same seed, and others for another', () => {
    const small = (seed: string) => [
      ...regionSteps(planRegion({ seed, until, days: 20, scale: { members: 40, coops: 2 } })),
    ];
    expect(small('one')).toEqual(small('one'));
    expect(small('one')).not.toEqual(small('other'));
  });

  test('come in order of time, the founding first, none after the end', () => {
    const times = steps.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(until.getTime());
    const firstAct = steps.findIndex(({ at }) => at >= region.firstDay);
    expect(
      steps.slice(firstAct).some(({ actions }) => actions.some(({ name }) => name === 'newaccount')),
    ).toBe(false);
  });

  test('count ids up, never down', () => {
    const fell = steps.filter(({ after }, at) => {
      const before = steps[at - 1]?.after ?? after;
      return Object.entries(after).some(([id, value]) => value < before[id as keyof typeof before]);
    });
    expect(fell).toEqual([]);
  });

  test.each(stories)('tell of: %s', (story) => {
    expect(told(story).length).toBeGreaterThan(0);
  });

  test('never tell of more than the whole economy makes', () => {
    const economy = economyOf(region.reference, { from: region.firstDay, until: until.getTime() });
    const made = new Map<string, number>();
    for (let month = monthOf(region.firstDay); month < monthOf(until.getTime()); month++)
      for (const cell of economy.cells(month))
        made.set(
          `${cell.territory} ${cell.product}`,
          (made.get(`${cell.territory} ${cell.product}`) ?? 0) + madeIn(cell),
        );
    const seen = new Map<string, number>();
    for (const { oktmo, product, grams } of entries(steps.filter(({ stories: its }) => its.length > 0))) {
      const key = `${oktmo} ${product}`;
      if (made.has(key)) seen.set(key, (seen.get(key) ?? 0) + grams);
    }
    const above = [...seen].filter(([key, grams]) => grams > 50_000 && grams > (made.get(key) ?? 0));
    expect(above).toEqual([]);
  });
});

describe('an analyst finds', () => {
  const inDays = (from: number, to: number) => (at: number) =>
    at >= region.firstDay + from * DAY_MS && at < region.firstDay + to * DAY_MS;

  test('the milk of the steppe collapsed in the last third', () => {
    const milk = [...entries(steps)].filter(({ oktmo, product }) => oktmo === STEPPE && product === 'milk');
    const early = sum(milk.filter(({ at }) => inDays(0, 200)(at))) / 200;
    const late = sum(milk.filter(({ at }) => inDays(230, 300)(at))) / 70;
    expect(early).toBeGreaterThan(0);
    expect(late).toBeLessThan(early / 3);
  });

  test('one section was silent for a month', () => {
    const section = 6;
    const points = new Set(
      Array.from({ length: region.reference.points }, (_, at) => region.reference.point(at + 1))
        .filter((point) => point.section === section)
        .map(({ id }) => id),
    );
    const ours = [...entries(steps)].filter(({ point }) => points.has(point));
    expect(ours.filter(({ at }) => inDays(120, 151)(at))).toEqual([]);
    expect(ours.filter(({ at }) => inDays(160, 300)(at)).length).toBeGreaterThan(0);
  });

  test('one producer gives the greater part of the tomatoes', () => {
    const tomatoes = [...entries(steps)].filter(
      ({ product, producer }) => product === 'tomato' && producer !== '',
    );
    const byProducer = Map.groupBy(tomatoes, ({ producer }) => producer);
    const greatest = Math.max(...[...byProducer.values()].map((its) => sum(its)));
    expect(greatest).toBeGreaterThan(sum(tomatoes) / 2);
  });

  test('a section works with points in three districts', () => {
    const dairy = region.reference.sectionsOf(0).find(({ kind }) => kind === 'functional');
    const points = region.reference.pointsOf(0).filter(({ section }) => section === dairy?.id);
    expect(new Set(points.map(({ oktmo }) => oktmo)).size).toBe(3);
    const seen = new Set([...entries(steps)].map(({ point }) => point));
    for (const { id } of points) expect(seen).toContain(id);
  });

  test('the holding brings pork that leaves the region', () => {
    const out = told('sold out of the region').length + told('sold abroad').length;
    const pork = [...entries(steps)].filter(
      ({ oktmo, product }) => oktmo === '02610000' && product === 'pork',
    );
    expect(sum(pork)).toBeGreaterThan(0);
    expect(out).toBeGreaterThan(10);
  });

  test('goods from outside come to a point of one district and go on to another', () => {
    const lots = new Map<number, { oktmo: string; origin: string }>();
    let passed = 0;
    for (const { actions, after } of steps) {
      for (const { name, data } of actions) {
        if (name === 'buy') {
          const { oktmo } = region.reference.point(Number(data['point_id']));
          const origin = data['origin'] as { oktmo: string; country: string };
          lots.set(after.lot, { oktmo, origin: origin.oktmo + origin.country });
        }
        const lot = name === 'ship' ? lots.get(Number(data['lot_id'])) : undefined;
        const to = name === 'ship' ? region.reference.point(Number(data['to_point'])).oktmo : '';
        if (lot !== undefined && !isInRegion(lot.origin) && lot.origin !== '' && to !== lot.oktmo)
          passed += 1;
      }
    }
    expect(passed).toBeGreaterThan(3);
  });
});

test('a slice for a chain without time travel is small and has every kind of action', () => {
  const slice: Region = sliceOf(region, until);
  const kinds = (all: Iterable<Step>) =>
    new Set([...all].flatMap(({ actions }) => actions.map(({ account, name }) => `${account}::${name}`)));
  const whole = kinds(steps);
  const part = [...regionSteps(slice)];
  expect(part.length).toBeLessThan(2000);
  expect([...whole].filter((kind) => !kinds(part).has(kind))).toEqual([]);
});

test('the usual region is two years of at least 60,000 transactions', () => {
  let count = 0;
  for (const step of regionSteps(planRegion({ seed: 'zarechnaya', until, days: 730 })))
    count += Math.sign(step.actions.length);
  expect(count).toBeGreaterThanOrEqual(60_000);
});
