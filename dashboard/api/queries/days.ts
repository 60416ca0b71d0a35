import type { Warehouse } from '../../../warehouse/warehouse.ts';
import { SERIES } from '../../lib/filters/indicator.ts';
import type { SpanRow } from '../wire.ts';
import {
  FILTER_ARGS,
  filterParams,
  measuresOf,
  SHARES,
  toSpan,
  type Filter,
  type Flat,
} from './indicators.ts';

const acts = (indicator: string) => `mart.acts(${FILTER_ARGS}, indicator = '${indicator}')`;
const sums = (indicator: string, when: string) =>
  `if({one_kind:UInt8} = 1, sumIf(kg, ${when}), null) as ${indicator}_kg, ` +
  `sumIf(value_rub, ${when}) as ${indicator}_rub, countIf(${when}) as ${indicator}_acts`;

/** The rows behind the figures by day: the three sets, the structure of consumption being parts of one. */
const DAYS = `
  with records as (
    select day, kg, value_rub, 'production' as indicator from ${acts('production')}
    union all
    select day, kg, value_rub, 'outflow' as indicator from ${acts('outflow')}
    union all
    select day, kg, value_rub, structure as indicator from ${acts('consumption')}
  ),
  days as (
    select day, ${SERIES.map((name) =>
      sums(
        name,
        name === 'consumption'
          ? `indicator in ('local', 'brought', 'unknown_origin')`
          : `indicator = '${name}'`,
      ),
    ).join(', ')}
    from records
    group by day
  )
  select toString(day) as from, ${measuresOf(SERIES)}, ${SHARES}
  from days
  order by day`;

/** The same sets as the records, by day; days without any act are absent. */
export async function readDays(warehouse: Warehouse, filter: Filter): Promise<SpanRow[]> {
  const params = { ...filterParams(filter), one_kind: filter.group || filter.product ? 1 : 0 };
  return (await warehouse.query<Flat & { from: string }>(DAYS, params)).map(toSpan);
}
