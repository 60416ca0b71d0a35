import type { Warehouse } from '../../../warehouse/warehouse.ts';
import { INDICATORS } from '../../lib/filters/indicator.ts';
import type { SpanRow } from '../wire.ts';
import { FILTER_ARGS, filterParams, MEASURES, SHARES, toRow, type Filter, type Flat } from './indicators.ts';

/** One indicator's acts of a day, in columns named after it; the rest are added by the sum over the union. */
const part = (indicator: string) => `
  select day, ${INDICATORS.map((x) =>
    x === indicator
      ? `sum(kg) as ${x}_kg, sum(value_rub) as ${x}_rub, count() as ${x}_acts`
      : `toDecimal128(0, 3) as ${x}_kg, toDecimal128(0, 2) as ${x}_rub, toUInt64(0) as ${x}_acts`,
  ).join(', ')}
  from mart.acts(${FILTER_ARGS}, indicator = '${indicator}')
  group by day`;

const DAYS = `
  with parts as (${INDICATORS.map(part).join(' union all ')}),
  days as (
    select day, ${INDICATORS.map(
      (x) =>
        `if({one_kind:UInt8} = 1, sum(parts.${x}_kg), null) as ${x}_kg, sum(parts.${x}_rub) as ${x}_rub, sum(parts.${x}_acts) as ${x}_acts`,
    ).join(', ')}
    from parts
    group by day
  )
  select toString(day) as from, '' as basket_group, '' as product, ${MEASURES}, ${SHARES}
  from days
  order by day`;

/** The same sets as the records, by day; days without any act are absent. */
export async function readDays(warehouse: Warehouse, filter: Filter): Promise<SpanRow[]> {
  const rows = await warehouse.query<Flat & { from: string }>(DAYS, {
    ...filterParams(filter),
    one_kind: filter.group || filter.product ? 1 : 0,
  });
  return rows.map((row) => ({ from: row.from, ...toRow(row) }));
}
