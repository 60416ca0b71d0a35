import type { Params, Warehouse } from '../../../warehouse/warehouse.ts';
import type { Cursor, Records } from '../params.ts';
import type { ActRow, Measure } from '../wire.ts';
import { FILTER_ARGS, filterParams, type Filter } from './indicators.ts';

/** Newest first; `after` is the last row seen. */
export type Page = {
  readonly after: Cursor;
  readonly limit: number;
};

/** The acts behind an indicator, or those of a kind. */
const rowsOf = ({ kind }: Records): string =>
  kind === ''
    ? `mart.acts(${FILTER_ARGS}, indicator = {indicator:String})`
    : `mart.kind_acts(${FILTER_ARGS}, kind = {kind:String})`;

/** A country or an empty code has no title of ours: the page names it. */
const pageOf = (records: Records): string => `
  select toString(acts.act_id) as act, acts.kind as kind, acts.status as status, toString(acts.parent_act) as parent,
    toString(acts.at) as at,
    acts.product as product, p.title as productTitle,
    toString(acts.quantity) as quantity, toString(acts.act_quantity) as actQuantity, acts.unit as unit, toString(acts.kg) as kg, toString(acts.value_rub) as rub,
    acts.from_territory as from, f.title as fromTitle, acts.to_territory as to, t.title as toTitle,
    acts.origin_territory as origin, o.title as originTitle, toUInt32(length(acts.origins)) as origins, toUInt32(acts.evidence) as evidence,
    acts.block_num as block, toString(acts.global_sequence) as sequence
  from ${rowsOf(records)} as acts
  left join mart.product as p on p.product = acts.product
  left join mart.territory as f on f.oktmo = acts.from_territory
  left join mart.territory as t on t.oktmo = acts.to_territory
  left join mart.territory as o on o.oktmo = acts.origin_territory
  where acts.block_num <= {through:UInt32}
    and (acts.block_num, acts.global_sequence) < ({after_block:UInt32}, {after_sequence:UInt64})
  order by acts.block_num desc, acts.global_sequence desc
  limit {limit:UInt32}`;

/** A page of records, up to block `through`, and the cursor of the next one. */
export async function readActs(
  warehouse: Warehouse,
  filter: Filter,
  records: Records,
  page: Page,
  through: number,
) {
  const params: Params = {
    ...filterParams(filter),
    ...records,
    through,
    after_block: page.after.block,
    after_sequence: page.after.sequence,
    limit: page.limit + 1,
  };
  const rows = await warehouse.query<ActRow>(pageOf(records), params);
  const acts = rows.slice(0, page.limit);
  const last = acts.at(-1);
  return { acts, next: rows.length > page.limit && last ? `${last.block}.${last.sequence}` : null };
}

/** What all the records add up to: of an indicator, the tile's own figure. Kilograms only within one group or product. */
export async function totalActs(warehouse: Warehouse, filter: Filter, records: Records): Promise<Measure> {
  const rows = await warehouse.query<Measure>(
    `select if({one_kind:UInt8} = 1, toString(sum(kg)), null) as kg, toString(sum(value_rub)) as rub,
       toString(count()) as acts
     from ${rowsOf(records)}`,
    { ...filterParams(filter), ...records, one_kind: filter.group || filter.product ? 1 : 0 },
  );
  return rows[0] ?? { kg: null, rub: '0', acts: '0' };
}
