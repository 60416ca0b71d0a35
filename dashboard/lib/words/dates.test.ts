import { expect, it } from 'vitest';
import { parsePeriod, rollingYear } from '../filters/period.ts';
import { catalogue } from '../messages/index.ts';
import { periodPhrase } from './dates.ts';

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
