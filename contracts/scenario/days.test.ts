import { describe, expect, test } from 'vitest';
import { type Act, stories } from './act.ts';
import { assetAmount, assetText, weighed } from './amounts.ts';
import { DAY_MS, regionActs } from './days.ts';
import { planRegion } from './plan.ts';
import { coops, isInRegion, pointOf, products, sections } from './reference.ts';

const until = new Date('2026-11-21T00:00:00Z');
const region = planRegion({ seed: 'zarechnaya', until, days: 61 });
const acts = [...regionActs(region)];

/** What a market does with the plan, kept apart from the generator's own bookkeeping. */
function replay(all: readonly Act[]) {
  const lots = new Map<number, { point: number; stock: number; accepted: number; out: number }>();
  const shipments = new Map<number, { lot: number; to: number; quantity: number }>();
  const counters = { acts: 0, lots: 0 };
  const take = (lot_id: unknown, quantity: number): void => {
    const lot = lots.get(Number(lot_id));
    if (lot === undefined) throw new Error(`lot ${String(lot_id)} is not there`);
    lot.stock -= quantity;
    lot.out += quantity;
    expect(lot.stock).toBeGreaterThanOrEqual(0);
  };
  const newLot = (point: number, stock: number): void => {
    lots.set(++counters.lots, { point, stock, accepted: stock, out: 0 });
  };
  for (const { name, data, after } of all) {
    const quantity = assetAmount(String(data['quantity']));
    expect(quantity).toBeGreaterThan(0);
    counters.acts += 1;
    if (name === 'accept') newLot(Number(data['point_id']), quantity);
    else if (name === 'receive') {
      const id = Number(data['shipment_id']);
      const shipment = shipments.get(id);
      if (shipment === undefined) throw new Error(`shipment ${id} is not on the way`);
      shipments.delete(id);
      expect(quantity).toBeLessThanOrEqual(shipment.quantity);
      if (quantity < shipment.quantity) counters.acts += 1;
      newLot(shipment.to, quantity);
    } else take(data['lot_id'], quantity);
    if (name === 'ship')
      shipments.set(counters.acts, { lot: Number(data['lot_id']), to: Number(data['to_point']), quantity });
    expect(after).toEqual(counters);
  }
  return { lots, shipments };
}

describe('the acts of a region', () => {
  test('are the same for the same seed, and others for another', () => {
    expect([...regionActs(planRegion({ seed: 'zarechnaya', until, days: 61 }))]).toEqual(acts);
    expect([...regionActs(planRegion({ seed: 'other', until, days: 61 }))]).not.toEqual(acts);
  });

  test('fill two months: a few thousand, in order of time, none after the end', () => {
    expect(acts.length).toBeGreaterThan(2000);
    expect(acts.length).toBeLessThan(3500);
    const times = acts.map(({ at }) => at);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(region.firstDay);
    expect(Math.max(...times)).toBeLessThan(until.getTime());
    const days = new Set(times.map((at) => Math.floor((at - region.firstDay) / DAY_MS)));
    expect(days.size).toBe(61);
  });

  test('never take from a lot what it does not hold, and foretell every id', () => {
    const { lots } = replay(acts);
    for (const { accepted, out, stock } of lots.values()) expect(accepted).toBe(out + stock);
  });

  test('stay within their own day at any length and seed, so that ids and times agree', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const plan = planRegion({ seed, until, days: 100 });
      let previous = 0;
      for (const { at } of regionActs(plan)) {
        expect(at).toBeGreaterThan(previous);
        previous = at;
      }
      expect(previous).toBeLessThan(until.getTime());
    }
  });

  test('tell every story, each more than once', () => {
    const told = acts.flatMap((act) => act.stories);
    for (const story of stories) expect(told.filter((one) => one === story).length, story).toBeGreaterThan(5);
  });

  test('leave a gap at one section and end the milk of one district', () => {
    const ofSection5 = acts.filter(({ signers }) => signers[0] === 'nabchair12');
    const days = new Set(ofSection5.map(({ at }) => Math.floor((at - region.firstDay) / DAY_MS)));
    const quiet = Array.from({ length: 61 }, (_, day) => day).filter((day) => !days.has(day));
    expect(quiet.length).toBeGreaterThan(12);
    const steppeMilk = acts.filter(
      ({ name, data }) =>
        name === 'accept' &&
        data['product'] === 'milk' &&
        data['producer'] !== '' &&
        (data['origin'] as { oktmo: string }).oktmo === '02628000',
    );
    const late = steppeMilk.filter(({ at }) => at >= region.firstDay + 41 * DAY_MS).length;
    expect(late / 20).toBeLessThan((steppeMilk.length - late) / 41 / 3);
  });

  test('are signed by the chair of the point and, where a member takes part, by the member', () => {
    const { lots } = replay(acts);
    for (const { name, data, signers } of acts) {
      if (name === 'receive') continue;
      const point = name === 'accept' ? Number(data['point_id']) : lots.get(Number(data['lot_id']))?.point;
      const chair = sections.find(({ id }) => id === pointOf(point ?? 0).section)?.chair;
      expect(signers[0]).toBe(chair);
      for (const member of [data['producer'], data['member']])
        if (member !== undefined && member !== '') expect(signers).toContain(member);
    }
  });
});

describe('the people of a region', () => {
  test('are 40 with names of their own that Antelope takes; some live elsewhere than their section works', () => {
    const names = region.members.map(({ account }) => account);
    expect(new Set(names).size).toBe(40);
    for (const name of names) expect(name).toMatch(/^[a-z1-5]{1,12}$/);
    expect(new Set(region.members.map(({ coop }) => coop))).toEqual(new Set(coops.map(({ coop }) => coop)));
    expect(region.members.every(({ residence }) => isInRegion(residence))).toBe(true);
    expect(new Set(region.members.map(({ kind }) => kind))).toEqual(
      new Set(['person', 'trader', 'organisation']),
    );
  });

  test('the plan says what it cannot be made of', () => {
    expect(() => planRegion({ seed: 's', until, days: 0 })).toThrow('from 1 expected, got 0');
    expect(() => planRegion({ seed: 's', until: new Date('no'), days: 1 })).toThrow('a date expected');
  });
});

describe('amounts', () => {
  test('read and write as assets of the product', () => {
    expect(assetText(1500, '3,KG')).toBe('1.500 KG');
    expect(assetText(5, '3,LTR')).toBe('0.005 LTR');
    expect(assetText(30, '0,PCS')).toBe('30 PCS');
    for (const { unit } of products) expect(assetAmount(assetText(12_345, unit))).toBe(12_345);
  });

  test('come as a scale or a count gives them, never zero', () => {
    expect(weighed(12.34, '3,KG')).toBe(12_300);
    expect(weighed(0.001, '3,KG')).toBe(100);
    expect(weighed(87, '0,PCS')).toBe(90);
    expect(weighed(0.2, '0,PCS')).toBe(1);
  });
});
