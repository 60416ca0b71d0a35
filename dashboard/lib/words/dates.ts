import type { Period } from '../filters/period.ts';
import type { Messages } from '../messages/index.ts';

/** Dates of the pages are days and minutes in UTC, as recorded in blocks. */
const tag = (m: Messages) => (m.lang === 'ru' ? 'ru-RU' : 'en-GB');
const at = (day: string) => new Date(`${day.slice(0, 10)}T00:00:00Z`);
const form = (m: Messages, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(tag(m), { timeZone: 'UTC', ...options });

const clean = (text: string) => text.replace(/\s+г\.$/, '').replaceAll('\u00A0', ' ');

export const monthName = (day: string, m: Messages) =>
  clean(form(m, { month: 'long', year: 'numeric' }).format(at(day)));
export const monthShort = (day: string, m: Messages) =>
  clean(form(m, { month: 'short' }).format(at(day))).replace('.', '');
export const dayShort = (day: string, m: Messages) =>
  form(m, { day: 'numeric', month: 'short' }).format(at(day)).replace('.', '');
export const dayLong = (day: string, m: Messages) =>
  clean(form(m, { day: 'numeric', month: 'long', year: 'numeric' }).format(at(day)));

/** `2026-10-03T10:00:05.000Z` or ClickHouse's `2026-10-03 10:00:05.000` as «03.10.2026, 10:00». */
export function timestamp(text: string | null, m: Messages, seconds = false): string {
  if (text === null) return '—';
  const date = new Date(/[zZ]$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  const options = {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return form(m, seconds ? { ...options, second: '2-digit' } : options).format(date);
}

/** A time that stands alone names its zone; in a table the head of the column does. */
export const zoned = (text: string | null, m: Messages, seconds = false): string =>
  text === null ? timestamp(text, m) : `${timestamp(text, m, seconds)}\u00A0UTC`;

/** The period as the strip shows it: «12 мес. по окт. 2026», «октябрь 2026», «3-й квартал 2026». */
export function periodName(period: Pick<Period, 'kind' | 'first' | 'last'>, m: Messages): string {
  const year = period.first.slice(0, 4);
  if (period.kind === 'rolling')
    return m.strip.rollingTo(
      `${monthShort(period.last, m)}${m.lang === 'ru' ? '.' : ''} ${period.last.slice(0, 4)}`,
    );
  if (period.kind === 'year') return m.strip.yearOf(year);
  if (period.kind === 'month') return monthName(period.first, m);
  if (period.kind === 'quarter')
    return m.strip.quarter(Math.floor(Number(period.first.slice(5, 7)) / 3) + 1, year);
  return `${timestamp(period.first + 'T00:00:00Z', m).slice(0, 10)}–${timestamp(period.last + 'T00:00:00Z', m).slice(0, 10)}`;
}

/** The same as months from and to: «ноябрь 2025 — октябрь 2026». */
export function periodSpan(period: Pick<Period, 'kind' | 'first' | 'last'>, m: Messages): string {
  if (period.kind === 'month') return monthName(period.first, m);
  if (period.kind === 'range') return `${dayLong(period.first, m)}\u00A0— ${dayLong(period.last, m)}`;
  return `${monthName(period.first, m)}\u00A0— ${monthName(period.last, m)}`;
}

const monthIn = (day: string, m: Messages) => {
  const parts = form(m, { day: 'numeric', month: 'long' }).formatToParts(at(day));
  return `${parts.find(({ type }) => type === 'month')?.value ?? ''} ${day.slice(0, 4)}`;
};

/** The period inside a sentence: «за октябрь 2026», «с ноября 2025 по октябрь 2026», «с 12 сентября по 15 октября 2026». */
export function periodPhrase(period: Pick<Period, 'kind' | 'first' | 'last'>, m: Messages): string {
  const { kind, first, last } = period;
  if (first === last) return m.period.on(dayLong(first, m));
  if (kind === 'month') return m.period.during(monthName(first, m));
  if (kind === 'year') return m.period.during(m.strip.yearOf(first.slice(0, 4)));
  if (kind === 'range') return m.period.fromTo(dayLong(first, m), dayLong(last, m));
  return m.period.fromTo(monthIn(first, m), monthName(last, m));
}

/** How long ago, in one unit: «14 минут». */
export function age(ms: number, m: Messages): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return m.ago.seconds(seconds);
  if (seconds < 5400) return m.ago.minutes(Math.round(seconds / 60));
  if (seconds < 129_600) return m.ago.hours(Math.round(seconds / 3600));
  return m.ago.days(Math.round(seconds / 86_400));
}
