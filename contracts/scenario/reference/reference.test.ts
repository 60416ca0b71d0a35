import { describe, expect, test } from 'vitest';
import { goods, madeFrom, products, services } from './goods.ts';
import { groups } from './groups.ts';
import { coopPlans } from './layout.ts';
import { referenceOf } from './reference.ts';
import { municipalities, REGION, territories } from './territories.ts';

const region = referenceOf('zarechnaya');
const indexes = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);
const members = indexes(0, region.members).map((index) => region.member(index));

describe('the demo region', () => {
  test('has 13 territories under an unassigned prefix, 6 cooperatives, 24 sections and 1,500 members', () => {
    expect(municipalities.map(({ oktmo }) => oktmo.slice(0, 2))).toEqual(
      Array.from({ length: 13 }, () => '02'),
    );
    expect(territories.find(({ oktmo }) => oktmo === REGION)?.title).toContain('вымышленная');
    expect([region.coops, region.sections, members.length]).toEqual([6, 24, 1500]);
  });

  test('names parents before their children and every code once', () => {
    const seen = new Set(['']);
    for (const { oktmo, parent } of territories) {
      expect(seen).toContain(parent);
      expect(seen).not.toContain(oktmo);
      seen.add(oktmo);
    }
  });

  test('gives every member a name of the chain of its own, and the same one each time', () => {
    const names = members.map(({ account }) => account);
    expect(names.filter((name) => !/^[a-z1-5]{12}$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    const again = referenceOf('zarechnaya');
    expect(
      indexes(0, 1500)
        .toReversed()
        .map((index) => again.member(index)),
    ).toEqual(members.toReversed());
    expect(referenceOf('another').member(0).account).not.toBe(names[0]);
  });

  test('has a council of five, four chairs of sections and a cashier in every cooperative, all founders and people', () => {
    for (const coop of indexes(0, region.coops)) {
      const { from } = region.coop(coop);
      const founders = members.slice(from, from + 10);
      expect(
        founders.every(({ kind, joins, leaves }) => kind === 'person' && joins === 0 && leaves === undefined),
      ).toBe(true);
      const names = founders.map(({ account }) => account);
      expect(region.council(coop)).toEqual(names.slice(0, 5));
      expect(region.sectionsOf(coop).map(({ id }) => region.chair(id))).toEqual(names.slice(1, 5));
      expect(region.cashier(coop)).toBe(names[5]);
    }
  });

  test('lets only people who joined before, and stay, represent organisations and traders (R2)', () => {
    const represented = members.filter(({ kind }) => kind !== 'person');
    expect(represented.length).toBeGreaterThan(100);
    for (const { index, representative, coop, joins } of represented) {
      const person = region.member(index - 1);
      expect(person).toMatchObject({ account: representative, kind: 'person', coop });
      expect(person.joins).toBeLessThanOrEqual(joins);
      expect(person.leaves).toBeUndefined();
    }
  });

  test('lets members bring only what a point of their section takes in and the region makes', () => {
    for (const { section, coop, makes, maker } of members) {
      const taken = region
        .pointsOf(coop)
        .filter((point) => point.section === section)
        .flatMap((point) => point.products);
      for (const product of makes) {
        expect(taken).toContain(product);
        const good = goods.find((each) => each.product === product);
        expect(good?.madeBy[maker]).toBeGreaterThan(0);
      }
    }
  });

  test('has sections and points numbered as the chain will number them', () => {
    const sections = indexes(0, region.coops).flatMap((coop) => region.sectionsOf(coop).map(({ id }) => id));
    const points = indexes(0, region.coops).flatMap((coop) => region.pointsOf(coop).map(({ id }) => id));
    expect(sections).toEqual(indexes(1, region.sections + 1));
    expect(points).toEqual(indexes(1, region.points + 1));
    for (const id of points) {
      const { section, coop, sendsTo, oktmo } = region.point(id);
      expect(region.section(section).coop).toBe(coop);
      expect(municipalities.map((place) => place.oktmo)).toContain(oktmo);
      for (const to of sendsTo) expect(region.point(to).id).not.toBe(id);
    }
    const programmes = indexes(0, region.coops).flatMap((coop) =>
      region.programmesOf(coop).map(({ id }) => id),
    );
    expect(programmes).toEqual(indexes(1, region.programmes + 1));
  });

  test('has a functional section with points in three districts', () => {
    const places = region
      .pointsOf(0)
      .filter(({ section }) => region.section(section).title === 'Молочный')
      .map(({ oktmo }) => oktmo);
    expect(new Set(places).size).toBe(3);
  });

  test('takes in goods in every municipality, and members live in all of them, some away from their section', () => {
    const places = indexes(1, region.points + 1).map((id) => region.point(id).oktmo);
    expect(new Set(places).size).toBe(13);
    expect(new Set(members.map(({ residence }) => residence)).size).toBe(13);
    const away = members.filter(({ residence, section, coop }) =>
      region.pointsOf(coop).every((point) => point.section !== section || point.oktmo !== residence),
    );
    expect(away.length).toBeGreaterThan(50);
  });
});

describe('goods', () => {
  test('are 60 in all groups of the basket, and a few services', () => {
    expect(goods).toHaveLength(60);
    expect(new Set(goods.map(({ basket_group }) => basket_group))).toEqual(new Set(groups));
    expect(
      services.every(
        ({ basket_group, grams_per_unit }) => basket_group === 'service' && grams_per_unit === 0,
      ),
    ).toBe(true);
    expect(products.every(({ product }) => /^[a-z1-5]{1,12}$/.test(product))).toBe(true);
    expect(goods.every(({ okpd2 }) => /^\d\d\.\d\d\.\d\d$/.test(okpd2))).toBe(true);
  });

  test.each(groups)('of the group %s are eaten whole', (group) => {
    const all = goods
      .filter(({ basket_group }) => basket_group === group)
      .reduce((sum, { share }) => sum + share, 0);
    expect(all).toBeCloseTo(1, 9);
  });

  test('are made by someone where they are made at all, and after what they are made of', () => {
    for (const [at, { madeBy, supply, recipe }] of goods.entries()) {
      const all = madeBy.household + madeBy.farm + madeBy.organisation;
      expect(all).toBeCloseTo(supply > 0 ? 1 : 0, 9);
      if (recipe === undefined) continue;
      expect(goods.slice(0, at).map(({ product }) => product)).toContain(recipe.input);
    }
    expect(madeFrom('milk').map(({ product }) => product)).toContain('cheese');
  });
});

describe('a region of another size', () => {
  const large = referenceOf('zarechnaya', { members: 250_000, coops: 5000 });

  test('answers for any member of 5,000 cooperatives without a list of them', () => {
    const names = new Set<string>();
    for (let index = 0; index < large.members; index += 997) {
      const member = large.member(index);
      const { from, to } = large.coop(member.coop);
      expect(index >= from && index < to && member.place === index - from).toBe(true);
      expect(large.section(member.section).coop).toBe(member.coop);
      names.add(member.account);
    }
    expect(names.size).toBe(Math.ceil(large.members / 997));
    expect(large.point(large.points).coop).toBe(4999);
    expect(large.coop(4999).coop).toMatch(/^koop[a-z]{8}$/);
  });

  test('gives every cooperative at least ten members and the last one the last', () => {
    for (let coop = 0; coop < large.coops; coop += 501) {
      const { from, to } = large.coop(coop);
      expect(to - from).toBeGreaterThanOrEqual(10);
    }
    expect(large.coop(4999).to).toBe(large.members);
  });

  test('sends goods only to points that are there', () => {
    const small = referenceOf('zarechnaya', { members: 40, coops: 2 });
    expect(small.points).toBe((coopPlans[0]?.points.length ?? 0) + (coopPlans[1]?.points.length ?? 0));
    const targets = indexes(1, small.points + 1).flatMap((id) => small.point(id).sendsTo);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.every((id) => id <= small.points)).toBe(true);
  });

  test.each([
    [
      'too few members',
      { members: 39, coops: 4 },
      'members: at least 40 (10 a cooperative) expected, got 39',
    ],
    ['no cooperative', { members: 40, coops: 0 }, 'coops: a whole number from 1 expected, got 0'],
  ])('is refused with %s', (_, scale, reason) => {
    expect(() => referenceOf('zarechnaya', scale)).toThrow(new RangeError(reason));
  });

  test('refuses numbers that nothing has', () => {
    expect(() => region.member(1500)).toThrow('a member from 0 to 1499 expected, got 1500');
    expect(() => region.section(25)).toThrow('a section from 1 to 24 expected, got 25');
    expect(() => region.point(0)).toThrow('a point from 1 to 40 expected, got 0');
    expect(() => region.coop(6)).toThrow('a cooperative from 0 to 5 expected, got 6');
  });
});
