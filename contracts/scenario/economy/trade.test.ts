import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meet, spread } from './trade.ts';

const heaps = fc
  .array(fc.integer({ min: 0, max: 2 ** 40 }), { maxLength: 13 })
  .map((all) => all.map((grams, at) => ({ place: String(at), grams })));
const sum = (all: readonly { readonly grams: number }[]): number =>
  all.reduce((total, { grams }) => total + grams, 0);

test('as much moves as there is of the lesser of plenty and wants, and nobody gives or gets more than theirs', () => {
  fc.assert(
    fc.property(heaps, heaps, (plenty, wants) => {
      const moves = meet(plenty, wants);
      expect(sum(moves)).toBe(Math.min(sum(plenty), sum(wants)));
      for (const { place, grams } of plenty)
        expect(sum(moves.filter(({ from }) => from === place))).toBeLessThanOrEqual(grams);
      for (const { place, grams } of wants)
        expect(sum(moves.filter(({ to }) => to === place))).toBeLessThanOrEqual(grams);
      expect(moves.every(({ grams }) => grams > 0)).toBe(true);
    }),
  );
});

test('what is spread over places sums to the gram', () => {
  const shares = [
    { place: 'KZ', share: 0.35 },
    { place: 'UZ', share: 0.25 },
    { place: '50000000', share: 0.4 },
  ];
  fc.assert(fc.property(fc.nat({ max: 2 ** 31 - 1 }), (grams) => sum(spread(grams, shares)) === grams));
});
