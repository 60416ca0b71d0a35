import type { Params, Warehouse } from '../../../warehouse/warehouse.ts';
import type { Indicator } from '../../lib/filters/indicator.ts';
import type { Cursor } from '../params.ts';
import type { ActRow, Measure } from '../wire.ts';
import { FILTER_ARGS, filterParams, type Filter } from './indicators.ts';

/** Newest first; `after` is the last row seen. */
export type Page = {
  readonly indicator: Indicator;
  readonly after: Cursor;
  readonly limit: number;
};

const ACTS = `mart.acts(${FILTER_ARGS}, indicator = {indicator:String})`;

/** A country or an empty code has no title of ours: the page names it. */
const PAGE = `
  select toString(acts.act_id) as act, acts.kind as kind, toString(acts.at) as at,
    acts.product as product, p.title as productTitle,
    toString(acts.quantity) as quantity, acts.unit as unit, toString(acts.kg) as kg, toString(acts.value_rub) as rub,
    acts.from_territory as from, f.title as fromTitle, acts.to_territory as to, t.title as toTitle,
    acts.origin_territory as origin, o.title as originTitle, toUInt32(acts.evidence) as evidence,
    acts.block_num as block, toString(acts.global_sequence) as sequence
  from ${ACTS} as acts
  left join mart.product as p on p.product = acts.product
  left join mart.territory as f on f.oktmo = acts.from_territory
  left join mart.territory as t on t.oktmo = acts.to_territory
  left join mart.territory as o on o.oktmo = acts.origin_territory
  where acts.block_num <= {through:UInt32}
    and (acts.block_num, acts.global_sequence) < ({after_block:UInt32}, {after_sequence:UInt64})
  order by acts.block_num desc, acts.global_sequence desc
  limit {limit:UInt32}`;

/** Rows behind an indicator, up to block `through`, and the cursor of the next page. */
export async function readActs(warehouse: Warehouse, filter: Filter, page: Page, through: number) {
  const params: Params = {
    ...filterParams(filter),
    indicator: page.indicator,
    through,
    after_block: page.after.block,
    after_sequence: page.after.sequence,
    limit: page.limit + 1,
  };
  const rows = await warehouse.query<ActRow>(PAGE, params);
  const acts = rows.slice(0, page.limit);
  const last = acts.at(-1);
  return { acts, next: rows.length > page.limit && last ? `${last.block}.${last.sequence}` : null };
}

/** What all the rows add up to: the tile's own figure. Kilograms only within one group or product. */
export async function totalActs(
  warehouse: Warehouse,
  filter: Filter,
  indicator: Indicator,
): Promise<Measure> {
  const rows = await warehouse.query<Measure>(
    `select if({one_kind:UInt8} = 1, toString(sum(kg)), null) as kg, toString(sum(value_rub)) as rub,
       toString(count()) as acts
     from ${ACTS}`,
    { ...filterParams(filter), indicator, one_kind: filter.group || filter.product ? 1 : 0 },
  );
  return rows[0] ?? { kg: null, rub: '0', acts: '0' };
}
