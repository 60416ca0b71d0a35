import { expect, it } from 'vitest';
import { parsePeriod, rollingYear } from '../filters/period.ts';
import { catalogue } from '../messages/index.ts';
import { periodPhrase, timestamp, zoned } from './dates.ts';

const plain = (text: string) => text.replaceAll('\u00A0', ' ');

it.each([
  [rollingYear('2026-10-03'), 'с ноября 2025 по октябрь 2026', 'from November 2025 to October 2026'],
  [parsePeriod('2026-10'), 'за октябрь 2026', 'in October 2026'],
  [parsePeriod('2026'), 'за 2026 год', 'in 2026'],
  [parsePeriod('2026-Q3'), 'с июля 2026 по сентябрь 2026', 'from July 2026 to September 2026'],
  [
    parsePeriod('2026-09-12..2026-10-15'),
    'с 12 сентября 2026 по 15 октября 2026',
    'from 12 September 2026 to 15 October 2026',
  ],
  [parsePeriod('2026-09-12..2026-09-12'), 'за 12 сентября 2026', 'on 12 September 2026'],
])('a period inside a sentence: %o', (period, ru, en) => {
  expect(plain(periodPhrase(period, catalogue.ru))).toBe(ru);
  expect(plain(periodPhrase(period, catalogue.en))).toBe(en);
});

it('a time that stands alone names its zone, one in a column does not; no time is a dash', () => {
  const at = '2026-10-03 10:00:05.000';
  expect(plain(zoned(at, catalogue.ru))).toBe('03.10.2026, 10:00 UTC');
  expect(plain(zoned(at, catalogue.en, true))).toBe('03/10/2026, 10:00:05 UTC');
  expect(plain(timestamp(at, catalogue.ru))).toBe('03.10.2026, 10:00');
  expect(zoned(null, catalogue.ru)).toBe('—');
});
