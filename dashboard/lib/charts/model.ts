import type { SeriesAnswer, SpanRow } from '../../api/wire.ts';
import type { TileName } from '../filters/indicator.ts';
import { daysOf, monthsOf } from '../filters/period.ts';
import type { Messages } from '../messages/index.ts';
import { DASH, decimal, inText, mass, money, percent, type Lang } from '../numbers/format.ts';
import { dayLong, dayShort, monthName, monthShort } from '../words/dates.ts';

/** A point of a chart; a value `null` is a gap. `text` is what the reader is told, `p` the period that it opens. */
export type Point = {
  readonly label: string;
  readonly name: string;
  readonly p: string;
  readonly values: readonly (number | null)[];
  readonly text: string;
  readonly cells: readonly string[];
};

/** A picture's data, plain enough to travel: pictures are built from it on the server and again in the browser. */
export type ChartModel = {
  readonly name: TileName;
  readonly title: string;
  readonly unit: string;
  readonly points: readonly Point[];
  readonly summary: string;
  readonly lang: Lang;
};

/** Spans of the period that have begun by `until`, each with its row or none. */
function spans(series: SeriesAnswer, until: string): { from: string; row: SpanRow | undefined }[] {
  const all = series.grain === 'day' ? daysOf(series.period) : monthsOf(series.period);
  const rows = new Map(series.rows.map((row) => [row.from, row]));
  return all.filter((from) => from <= until).map((from) => ({ from, row: rows.get(from) }));
}

const naming = (grain: SeriesAnswer['grain'], from: string, m: Messages) =>
  grain === 'day'
    ? { label: dayShort(from, m), name: dayLong(from, m), p: `${from}..${from}` }
    : { label: monthShort(from, m), name: monthName(from, m), p: from.slice(0, 7) };

type Scope = {
  readonly series: SeriesAnswer;
  readonly m: Messages;
  readonly lang: Lang;
  readonly until: string;
};

function quantity({ series, m, lang, until }: Scope, name: Exclude<TileName, 'structure'>): ChartModel {
  const one = Boolean(series.filter.group || series.filter.product);
  const amount = (row: SpanRow) => (one ? (row[name].kg ?? '0') : row[name].rub);
  const figure = one ? mass : money;
  const top = series.rows.reduce((max, row) => (Number(amount(row)) > Number(max) ? amount(row) : max), '0');
  const low = series.rows.reduce((min, row) => (Number(amount(row)) < Number(min) ? amount(row) : min), top);
  const { unit } = figure(top, lang);
  const factor = scaleOf(top, one);
  const points = spans(series, until).map(({ from, row }) => ({
    ...naming(series.grain, from, m),
    values: [row ? Number(amount(row)) / factor : null],
    text: row ? inText(figure(amount(row), lang, top)) : m.charts.gap,
    cells: row
      ? [
          decimal(row[name].rub, lang, 2),
          row[name].kg === null ? DASH : decimal(row[name].kg, lang, 0),
          decimal(row[name].acts, lang),
        ]
      : [DASH, DASH, DASH],
  }));
  const title = m.tiles[name];
  const summary = series.rows.length
    ? m.charts.summary(title, inText(figure(low, lang, top)), inText(figure(top, lang)), series.rows.length)
    : m.charts.empty(title);
  return { name, title, unit, points, summary, lang };
}

/** By what a value is divided to be in the unit that `money` or `mass` choose for it. */
function scaleOf(value: string, one: boolean): number {
  const size = Number(value);
  if (one) return size >= 1e4 ? 1e3 : 1;
  return size >= 1e9 ? 1e9 : size >= 1e6 ? 1e6 : size >= 1e5 ? 1e3 : 1;
}

function structure({ series, m, lang, until }: Scope): ChartModel {
  const points = spans(series, until).map(({ from, row }) => {
    const shares = row ? [row.share.local, row.share.unknown, row.share.brought] : [null, null, null];
    const known = shares.every((value) => value !== null);
    const cells = shares.map((value) => (value === null ? DASH : percent(value, lang, 1)));
    const names = [m.parts.local, m.parts.unknown, m.parts.brought];
    return {
      ...naming(series.grain, from, m),
      values: shares.map((value) => (value === null ? null : Number(value))),
      text: known ? names.map((name, at) => `${name} ${cells[at] ?? ''}`).join(', ') : m.charts.gap,
      cells,
    };
  });
  const shares = series.rows.flatMap(({ share }) => (share.local === null ? [] : [Number(share.local)]));
  const end = (value: number) => percent(value.toFixed(1), lang, 0);
  const title = m.tiles.structure;
  const summary = shares.length
    ? m.charts.summary(title, end(Math.min(...shares)), end(Math.max(...shares)), shares.length)
    : m.charts.empty(title);
  return { name: 'structure', title, unit: '%', points, summary, lang };
}

/** The pictures of the overview; `until` is the last day that data may have, so that the future is not a gap. */
export function chartModels(series: SeriesAnswer, m: Messages, until: string): ChartModel[] {
  const scope: Scope = { series, m, lang: m.lang === 'en' ? 'en' : 'ru', until };
  return [
    quantity(scope, 'production'),
    quantity(scope, 'outflow'),
    quantity(scope, 'consumption'),
    structure(scope),
  ];
}
