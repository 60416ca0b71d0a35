import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOf, monthsOf, parsePeriod, PeriodError, previousPeriod, rollingYear } from './period.ts';

describe('parsePeriod', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-Q3', '2026-07-01', '2026-09-30'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-09-12..2026-10-15', '2026-09-12', '2026-10-15'],
  ])('%s is %s to %s', (text, first, last) => {
    expect(parsePeriod(text)).toMatchObject({ key: text, first, last });
  });

  it.each([
    '',
    '26',
    '2026-13',
    '0001',
    '1989-12',
    '2100-Q1',
    '0001-01-01..2026-01-01',
    '2026-Q5',
    '2026-02-30..2026-03-01',
    '2026-03-02..2026-03-01',
    "2026'--",
  ])('refuses %j', (text) => {
    expect(() => parsePeriod(text)).toThrow(PeriodError);
  });
});

describe('previousPeriod', () => {
  it.each([
    ['2026-01', '2025-12'],
    ['2026-Q1', '2025-Q4'],
    ['2026-Q3', '2026-Q2'],
    ['2026', '2025'],
    ['2026-09-12..2026-09-13', '2026-09-10..2026-09-11'],
  ])('before %s comes %s', (text, before) => {
    expect(previousPeriod(parsePeriod(text)).key).toBe(before);
  });

  it('touches the period without a gap, and its key reads back to the same days', () => {
    const day = fc.date({ min: new Date('2001-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom('rolling', 'year', 'quarter', 'month', 'range'), (at, kind) => {
        const text = at.toISOString().slice(0, 10);
        const quarter = Math.floor(at.getUTCMonth() / 3) + 1;
        const key = {
          year: text.slice(0, 4),
          quarter: `${text.slice(0, 4)}-Q${quarter}`,
          month: text.slice(0, 7),
          range: `${text}..${text}`,
        };
        const period = kind === 'rolling' ? rollingYear(text) : parsePeriod(key[kind as keyof typeof key]);
        const before = previousPeriod(period);
        expect(Date.parse(before.last) + 86_400_000).toBe(Date.parse(period.first));
        expect(parsePeriod(before.key)).toMatchObject({ first: before.first, last: before.last });
      }),
    );
  });
});

it('the default is twelve months that end with the given month', () => {
  expect(rollingYear('2026-10-03')).toEqual({
    key: '',
    kind: 'rolling',
    first: '2025-11-01',
    last: '2026-10-31',
  });
  expect(monthsOf(rollingYear('2026-10-03'))).toHaveLength(12);
});

it('counts months and days with both ends', () => {
  expect(monthsOf({ first: '2025-12-31', last: '2026-02-01' })).toEqual([
    '2025-12-01',
    '2026-01-01',
    '2026-02-01',
  ]);
  expect(daysOf({ first: '2026-02-27', last: '2026-03-01' })).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
});
