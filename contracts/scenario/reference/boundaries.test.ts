import { expect, test } from 'vitest';
import { mapOf, type Position, type Ring } from './boundaries.ts';
import { CITY, municipalities, RIVERSIDE } from './territories.ts';

const map = mapOf('zarechnaya');
const { features } = map.municipalities;

/** Twice the area, positive against the clock; in square degrees. */
const twiceArea = (ring: Ring): number =>
  ring.slice(1).reduce((sum, [x, y], at) => {
    const [px, py] = ring[at] ?? [0, 0];
    return sum + px * y - x * py;
  }, 0);

const ringAround = (ring: Ring, [x, y]: Position): boolean =>
  ring.slice(1).reduce((inside, [bx, by], at) => {
    const [ax, ay] = ring[at] ?? [0, 0];
    return ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax) ? !inside : inside;
  }, false);

const holds = (rings: readonly Ring[], at: Position): boolean =>
  rings.reduce((inside, ring) => (ringAround(ring, at) ? !inside : inside), false);

test('every municipality is on the map once', () => {
  const codes = features.map(({ properties }) => properties['oktmo']);
  expect(codes).toEqual(municipalities.map(({ oktmo }) => oktmo).toSorted());
});

test('rings are closed; outer ones run against the clock, holes with it (RFC 7946)', () => {
  for (const { geometry } of features) {
    for (const [at, ring] of geometry.coordinates.entries()) {
      expect(ring.length).toBeGreaterThanOrEqual(4);
      expect(ring[0]).toEqual(ring.at(-1));
      expect(Math.sign(twiceArea(ring))).toBe(at === 0 ? 1 : -1);
    }
  }
});

test.each(['zarechnaya', 'another'])(
  'the municipalities of %s tile the region: no gap, no overlap',
  (seed) => {
    const { municipalities: all, outline } = mapOf(seed);
    const sum = all.features
      .flatMap(({ geometry }) => geometry.coordinates)
      .reduce((area, ring) => area + twiceArea(ring), 0);
    expect(sum).toBeCloseTo(twiceArea(outline), 9);
    const grid = Array.from({ length: 40 * 40 }, (_, at): Position => [
      76 + (3.2 * (at % 40)) / 40 + 0.0137,
      53.6 + (1.7 * Math.floor(at / 40)) / 40 + 0.0119,
    ]);
    const wrong = grid.filter((position) => {
      const around = all.features.filter(({ geometry }) => holds(geometry.coordinates, position));
      return around.length !== (ringAround(outline, position) ? 1 : 0);
    });
    expect(wrong).toEqual([]);
  },
);

test('the city lies in a hole of the riverside district', () => {
  const ringsOf = (oktmo: string) =>
    features.find(({ properties }) => properties['oktmo'] === oktmo)?.geometry.coordinates;
  const [city] = ringsOf(CITY) ?? [];
  expect(ringsOf(RIVERSIDE)?.[1]).toEqual(city?.toReversed());
});

test('one seed draws one map, the river along borders', () => {
  expect(mapOf('zarechnaya')).toEqual(map);
  expect(mapOf('another').outline).not.toEqual(map.outline);
  const corners = new Set(
    features
      .flatMap(({ geometry }) => geometry.coordinates)
      .flat()
      .map(String),
  );
  for (const { geometry } of map.river.features) {
    expect(geometry.coordinates.every((position) => corners.has(String(position)))).toBe(true);
  }
});
