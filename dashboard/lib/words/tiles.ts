import type { IndicatorRow, IndicatorsAnswer, Measure } from '../../api/wire.ts';
import { recordsOf, TILES, type Indicator, type TileName } from '../filters/indicator.ts';
import type { Messages } from '../messages/index.ts';
import {
  change,
  count,
  DASH,
  decimal,
  inText,
  mass,
  money,
  percent,
  type Figure,
  type Lang,
} from '../numbers/format.ts';
import { goodsTitle, inSentence, type Goods } from './titles.ts';

export type KindRow = { readonly name: string; readonly value: string; readonly change: string };
export type Part = {
  readonly name: 'local' | 'unknown' | 'brought';
  readonly value: string;
  readonly share: string;
  readonly percent: number;
};
export type TileStatus = { readonly kind: 'final' | 'pending' | 'nodata'; readonly text: string };

/** All that a tile shows, as text. */
export type TileView = {
  readonly name: TileName;
  readonly title: string;
  readonly indicator: Indicator;
  readonly status: TileStatus;
  readonly say: string;
  readonly figure: Figure;
  readonly compare: string;
  readonly kinds: readonly KindRow[];
  readonly parts: readonly Part[];
  readonly records: string;
};

type Scope = {
  readonly answer: IndicatorsAnswer;
  readonly goods: Goods;
  readonly m: Messages;
  readonly lang: Lang;
};
const NONE: Figure = { figure: DASH, unit: '' };

/** The row that the tile speaks of: the product, the group, or the whole basket. */
export function subjectRow(
  rows: readonly IndicatorRow[],
  { group, product }: { group: string; product: string },
) {
  const level = product ? 'product' : group ? 'group' : 'total';
  return rows.find(
    (row) => row.level === level && (!product || row.product === product) && (!group || row.group === group),
  );
}

const isOne = ({ filter }: IndicatorsAnswer) => Boolean(filter.group || filter.product);
/** A group or product speaks in kilograms, the whole basket in roubles. */
const figureOf = (m: Measure, one: boolean, lang: Lang): Figure =>
  one && m.kg !== null ? mass(m.kg, lang) : money(m.rub, lang);

function statusOf({ answer, m }: Scope, name: TileName, row: IndicatorRow | undefined): TileStatus {
  const waiting = answer.pending?.[name === 'structure' ? 'consumption' : name] ?? 0;
  if (waiting > 0) return { kind: 'pending', text: m.status.waiting(waiting) };
  if (!row) return { kind: 'nodata', text: m.status.noData };
  return { kind: 'final', text: m.status.final };
}

/** The parts of the filtered whole, the dearest first. */
function parts({ answer }: Scope, rows: readonly IndicatorRow[], indicator: Indicator) {
  const level = isOne(answer) ? 'product' : 'group';
  return rows
    .filter((row) => row.level === level && row[indicator].acts !== '0')
    .sort((a, b) => Number(b[indicator].rub) - Number(a[indicator].rub));
}

function kindRows(scope: Scope, indicator: Indicator): KindRow[] {
  const { answer, goods, lang, m } = scope;
  return parts(scope, answer.rows, indicator)
    .slice(0, 3)
    .map((row) => {
      const before = answer.previous.rows.find(
        (other) => other.level === row.level && other.group === row.group && other.product === row.product,
      );
      const kg = row[indicator].kg ?? '0';
      return {
        name: goodsTitle(goods, row.group, row.product, m),
        value: inText(mass(kg, lang)),
        change: (before && change(kg, before[indicator].kg ?? '0', lang)) ?? '',
      };
    });
}

function heaviest(scope: Scope, indicator: Indicator): string {
  const { answer, goods, m } = scope;
  const rows = parts(scope, answer.rows, indicator);
  if (rows.length < 2) return '';
  const names = rows.slice(0, 2).map((row) => inSentence(goodsTitle(goods, row.group, row.product, m)));
  return names.join(m.lang === 'ru' ? ' и ' : ' and ');
}

/** What was a period of the same kind before: change, zero, or no act at all. */
function compareOf({ answer, m, lang }: Scope, indicator: Indicator, now: Measure): string {
  const { kind } = answer.period;
  const before = subjectRow(answer.previous.rows, answer.filter)?.[indicator];
  const one = isOne(answer);
  const worth = one ? `${m.compareValue(inText(money(now.rub, lang)))}; ` : '';
  if (!before) return worth + m.compareNone(kind);
  const value = (measure: Measure) => (one ? (measure.kg ?? '0') : measure.rub);
  const changed = change(value(now), value(before), lang);
  if (changed) return worth + m.compare(changed, kind);
  const was = Number(value(before));
  if (was === 0) return worth + m.compareZero(kind);
  return worth + m.compareMany(Math.round(Number(value(now)) / was), kind);
}

function quantityTile(
  scope: Scope,
  name: Exclude<TileName, 'structure'>,
  row: IndicatorRow | undefined,
): TileView {
  const { answer, m, lang } = scope;
  const base = { name, title: m.tiles[name], indicator: name, status: statusOf(scope, name, row), parts: [] };
  if (!row) return { ...base, say: m.say.none, figure: NONE, compare: '', kinds: [], records: '0' };
  const now = row[name];
  const say = now.acts === '0' ? m.say.zero[name] : m.say[name](now.acts, heaviest(scope, name));
  return {
    ...base,
    say,
    figure: figureOf(now, isOne(answer), lang),
    compare: compareOf(scope, name, now),
    kinds: kindRows(scope, name),
    records: count(now.acts, lang),
  };
}

/** Local share from below and, with the unknown added, from above: whole percents as text, and equal when all is known. */
export function bounds(row: IndicatorRow, lang: Lang): { low: string; high: string; exact: boolean } | null {
  const { local, unknown } = row.share;
  if (local === null || unknown === null) return null;
  const high = Math.min(100, Number(local) + Number(unknown)).toFixed(1);
  return {
    low: decimal(local, lang, 0),
    high: decimal(high, lang, 0),
    exact: row.unknown_origin.acts === '0',
  };
}

function partRows({ lang }: Scope, row: IndicatorRow): Part[] {
  const shares = { local: row.share.local, unknown: row.share.unknown, brought: row.share.brought };
  const values = { local: row.local, unknown: row.unknown_origin, brought: row.brought };
  return (['local', 'unknown', 'brought'] as const).map((name) => ({
    name,
    value: inText(money(values[name].rub, lang, row.consumption.rub)),
    share: shares[name] === null ? DASH : percent(shares[name], lang, 1),
    percent: Number(shares[name] ?? 0),
  }));
}

function structureTile(scope: Scope, row: IndicatorRow | undefined): TileView {
  const { answer, m, lang } = scope;
  const range = row && bounds(row, lang);
  const base = {
    name: 'structure' as const,
    title: m.tiles.structure,
    indicator: recordsOf('structure'),
    status: statusOf(scope, 'structure', row),
    kinds: [],
  };
  if (!row || !range) {
    const say = row ? m.say.zero.structure : m.say.none;
    return {
      ...base,
      say,
      figure: NONE,
      compare: '',
      parts: [],
      records: row ? count(row.consumption.acts, lang) : '0',
    };
  }
  const sign = (text: string) => percent(text.replace(',', '.'), lang);
  const say = range.exact ? m.say.exact(sign(range.low)) : m.say.bounds(range.low, sign(range.high));
  const before = subjectRow(answer.previous.rows, answer.filter)?.share.local;
  const { kind } = answer.period;
  const moved = before == null ? null : (Number(row.share.local) - Number(before)).toFixed(1);
  const compare =
    moved === null
      ? m.compareNone(kind)
      : m.compareShare(`${Number(moved) > 0 ? '+' : ''}${decimal(moved, lang)}\u00A0${m.points}`, kind);
  const figure = {
    figure: range.exact || range.low === range.high ? range.low : `${range.low}–${range.high}`,
    unit: m.ofValue,
  };
  return {
    ...base,
    say,
    figure,
    compare,
    parts: partRows(scope, row),
    records: count(row.consumption.acts, lang),
  };
}

/** The four tiles in the order that eyes learn. */
export function tiles(answer: IndicatorsAnswer, goods: Goods, m: Messages): TileView[] {
  const lang: Lang = m.lang === 'en' ? 'en' : 'ru';
  const scope = { answer, goods, m, lang };
  const row = subjectRow(answer.rows, answer.filter);
  return TILES.map((name) =>
    name === 'structure' ? structureTile(scope, row) : quantityTile(scope, name, row),
  );
}

/** The page's conclusion: one sentence a person could read aloud, and what it is the sum of. */
export function conclusion(answer: IndicatorsAnswer, m: Messages): { title: string; acts: string | null } {
  const lang: Lang = m.lang === 'en' ? 'en' : 'ru';
  const place = answer.territory.title;
  const row = subjectRow(answer.rows, answer.filter);
  if (!row) return { title: m.lead.none(place), acts: null };
  const acts = String(Number(row.production.acts) + Number(row.outflow.acts) + Number(row.consumption.acts));
  const range = bounds(row, lang);
  const sign = (text: string) => percent(text.replace(',', '.'), lang);
  if (range) {
    const title =
      range.exact || range.low === range.high
        ? m.lead.exact(place, sign(range.low))
        : m.lead.bounds(place, range.low, sign(range.high));
    return { title, acts };
  }
  if (row.production.acts !== '0')
    return { title: m.lead.produced(place, inText(money(row.production.rub, lang))), acts };
  return { title: m.lead.moved(place, acts), acts };
}
