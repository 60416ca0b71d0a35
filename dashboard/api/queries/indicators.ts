import type { Params, Warehouse } from '../../../warehouse/warehouse.ts';
import { INDICATORS, SERIES, type Indicator } from '../../lib/filters/indicator.ts';
import type { Period } from '../../lib/filters/period.ts';
import type { IndicatorRow, Measure, SpanRow } from '../wire.ts';

/** What every mart of figures is asked by; '' = all. */
export type Filter = {
  readonly territory: string;
  readonly period: Pick<Period, 'first' | 'last'>;
  readonly group: string;
  readonly product: string;
};

type Flat = Readonly<Record<string, string | null>>;

/** The first day that the warehouse can count; a span before a long one may reach below it. */
const FIRST_DAY = '1970-01-01';
const day = (text: string) => (text < FIRST_DAY ? FIRST_DAY : text);

export const filterParams = ({ territory, period, group, product }: Filter): Params => ({
  territory,
  first_day: day(period.first),
  last_day: day(period.last),
  basket_group: group,
  product,
});
export const FILTER_ARGS =
  'territory = {territory:String}, first_day = {first_day:Date}, last_day = {last_day:Date}, ' +
  'basket_group = {basket_group:String}, product = {product:String}';

const measuresOf = (names: readonly Indicator[]) =>
  names.map((x) => `${x}_kg, ${x}_rub, ${x}_acts`).join(', ');
const SHARES = ['local', 'brought', 'unknown_origin']
  .map(
    (x) =>
      `toString(round(100 * toFloat64(${x}_rub) / nullIf(toFloat64(consumption_rub), 0), 1)) as ${x}_share`,
  )
  .join(', ');

const measure = (row: Flat, name: Indicator): Measure => ({
  kg: row[`${name}_kg`] ?? null,
  rub: row[`${name}_rub`] ?? '0',
  acts: row[`${name}_acts`] ?? '0',
});

const measures = <T extends Indicator>(row: Flat, names: readonly T[]) =>
  Object.fromEntries(names.map((name) => [name, measure(row, name)])) as Record<T, Measure>;

const share = (row: Flat) => ({
  local: row['local_share'] ?? null,
  brought: row['brought_share'] ?? null,
  unknown: row['unknown_origin_share'] ?? null,
});

const toSpan = (row: Flat & { from: string }): SpanRow => ({
  from: row.from,
  ...measures(row, SERIES),
  share: share(row),
});

type Head = { level: IndicatorRow['level']; basket_group: string; product: string };

/** Totals, groups and products of a territory and a period. A level without a single act has no row. */
export async function readIndicators(warehouse: Warehouse, filter: Filter): Promise<IndicatorRow[]> {
  const rows = await warehouse.query<Flat & Head>(
    `select level, basket_group, product, ${measuresOf(INDICATORS)}, ${SHARES}
     from mart.indicators(${FILTER_ARGS})
     order by level, consumption_rub + production_rub desc, basket_group, product`,
    filterParams(filter),
  );
  return rows.map((row) => ({
    level: row.level,
    group: row.basket_group,
    product: row.product,
    ...measures(row, INDICATORS),
    share: share(row),
  }));
}

export async function readMonths(warehouse: Warehouse, filter: Filter): Promise<SpanRow[]> {
  const rows = await warehouse.query<Flat & { from: string }>(
    `select toString(month) as from, ${measuresOf(SERIES)}, ${SHARES}
     from mart.indicators_monthly(${FILTER_ARGS})
     order by month`,
    filterParams(filter),
  );
  return rows.map(toSpan);
}

/** The same by day; days without any act are absent. */
export async function readDays(warehouse: Warehouse, filter: Filter): Promise<SpanRow[]> {
  const rows = await warehouse.query<Flat & { from: string }>(
    `select toString(day) as from, ${measuresOf(SERIES)}, ${SHARES}
     from mart.indicators_daily(${FILTER_ARGS})
     order by day`,
    filterParams(filter),
  );
  return rows.map(toSpan);
}

export type Pending = { readonly production: number; readonly outflow: number; readonly consumption: number };

/** Acts in reversible blocks, by the indicator that they will enter. They are in no figure yet. */
export async function countPending(
  warehouse: Warehouse,
  { territory, group, product }: Pick<Filter, 'territory' | 'group' | 'product'>,
): Promise<Pending> {
  const rows = await warehouse.query<{ indicator: Indicator; acts: string }>(
    `select indicator, acts
     from mart.pending_indicators(territory = {territory:String}, basket_group = {basket_group:String}, product = {product:String})`,
    { territory, basket_group: group, product },
  );
  const acts = (name: Indicator) => Number(rows.find(({ indicator }) => indicator === name)?.acts ?? 0);
  return { production: acts('production'), outflow: acts('outflow'), consumption: acts('consumption') };
}
