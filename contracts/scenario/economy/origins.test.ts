import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gramsOf, type Origins, put, take } from './origins.ts';

const origins = fc
  .array(
    fc.tuple(
      fc.constantFrom('02614000', '02628000', '01000000', 'KZ', 'UZ'),
      fc.integer({ min: 1, max: 2 ** 42 }),
    ),
    { maxLength: 5 },
  )
  .map((pairs): Origins => new Map(pairs));

test('what is taken and what is left add up to what was there, for every origin', () => {
  fc.assert(
    fc.property(origins, fc.double({ min: 0, max: 1, noNaN: true }), (there, share) => {
      const before = new Map(there);
      const grams = Math.floor(gramsOf(there) * share);
      const taken = take(there, grams);
      expect(gramsOf(taken)).toBe(grams);
      for (const [origin, was] of before) {
        const part = taken.get(origin) ?? 0;
        expect(part).toBeGreaterThanOrEqual(0);
        expect((there.get(origin) ?? 0) + part).toBe(was);
      }
    }),
  );
});

test('every origin gives its share, to a gram for each', () => {
  fc.assert(
    fc.property(origins, fc.double({ min: 0, max: 1, noNaN: true }), (there, share) => {
      const before = new Map(there);
      const all = gramsOf(there);
      const taken = take(there, Math.floor(all * share));
      for (const [origin, was] of before) {
        expect(Math.abs((taken.get(origin) ?? 0) - (was / all) * gramsOf(taken))).toBeLessThanOrEqual(
          before.size + 1,
        );
      }
    }),
  );
});

test('more than there is cannot be taken', () => {
  const there: Origins = new Map();
  put(
    there,
    new Map([
      ['KZ', 10],
      ['UZ', 0],
    ]),
  );
  expect([...there]).toEqual([['KZ', 10]]);
  expect(() => take(there, 11)).toThrow(new RangeError('at most 10 g expected, got 11'));
});
