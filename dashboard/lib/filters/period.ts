/** A span of whole days, both ends included, as `YYYY-MM-DD`. `key` is its text in the URL, '' for the default. */
export type Period = {
  readonly key: string;
  readonly kind: 'rolling' | 'year' | 'quarter' | 'month' | 'range';
  readonly first: string;
  readonly last: string;
};

/** The text was not a period; `message` is empty of user input, so it may be shown as it is. */
export class PeriodError extends Error {
  override readonly name = 'PeriodError';
}

export const PERIOD_FORMS = '2026, 2026-Q3, 2026-10, 2026-09-12..2026-10-15';

/** No act is older than the chains it could be on, and days of the warehouse end in 2149. */
const YEARS = { first: 1990, last: 2099 } as const;

const DAY_MS = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const months = (key: string, kind: Period['kind'], year: number, month: number, count: number): Period => ({
  key,
  kind,
  first: iso(Date.UTC(year, month, 1)),
  last: iso(Date.UTC(year, month + count, 0)),
});

function realDay(text: string): string {
  realYear(text);
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms) || iso(ms) !== text) throw new PeriodError(`no such day: ${text}`);
  return text;
}

function realYear(text: string): number {
  const year = Number(text.slice(0, 4));
  if (year < YEARS.first || year > YEARS.last)
    throw new PeriodError(`expected a year from ${YEARS.first} to ${YEARS.last}`);
  return year;
}

/** Reads `2026`, `2026-Q3`, `2026-10` or `2026-09-12..2026-10-15`. Throws PeriodError. */
export function parsePeriod(text: string): Period {
  const year = /^(\d{4})$/.exec(text);
  if (year) return months(text, 'year', realYear(text), 0, 12);
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter) return months(text, 'quarter', realYear(text), (Number(quarter[2]) - 1) * 3, 3);
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (month) return months(text, 'month', realYear(text), Number(month[2]) - 1, 1);
  const range = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(text);
  if (!range?.[1] || !range[2]) throw new PeriodError(`expected one of ${PERIOD_FORMS}`);
  const first = realDay(range[1]);
  const last = realDay(range[2]);
  if (first > last) throw new PeriodError('the first day comes after the last');
  return { key: text, kind: 'range', first, last };
}

/** The default: twelve calendar months, the month of `day` being the last. */
export function rollingYear(day: string): Period {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
  return months('', 'rolling', year, month - 11, 12);
}

/** The span of the same kind just before: the month before a month, as many days before a range. */
export function previousPeriod(period: Period): Period {
  const year = Number(period.first.slice(0, 4));
  const month = Number(period.first.slice(5, 7)) - 1;
  if (period.kind === 'range') {
    const [first, last] = [Date.parse(period.first), Date.parse(period.last)];
    const [from, to] = [iso(first - (last - first) - DAY_MS), iso(first - DAY_MS)];
    return { key: `${from}..${to}`, kind: 'range', first: from, last: to };
  }
  const count = { rolling: 12, year: 12, quarter: 3, month: 1 }[period.kind];
  const before = months('', period.kind, year, month - count, count);
  return { ...before, key: keyOf(before) };
}

function keyOf({ kind, first, last }: Period): string {
  if (kind === 'year') return first.slice(0, 4);
  if (kind === 'month') return first.slice(0, 7);
  if (kind === 'quarter') return `${first.slice(0, 4)}-Q${Math.floor(Number(first.slice(5, 7)) / 3) + 1}`;
  return `${first}..${last}`;
}

/** First days of the months that the period touches, in order. */
export function monthsOf({ first, last }: Pick<Period, 'first' | 'last'>): string[] {
  const all: string[] = [];
  for (let at = `${first.slice(0, 7)}-01`; at <= last;) {
    all.push(at);
    at = iso(Date.UTC(Number(at.slice(0, 4)), Number(at.slice(5, 7)), 1));
  }
  return all;
}

/** Days of the period, in order. */
export function daysOf({ first, last }: Pick<Period, 'first' | 'last'>): string[] {
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, at) => iso(Date.parse(first) + at * DAY_MS));
}
