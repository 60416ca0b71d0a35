import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { LotAct, LotWay } from '../wire.ts';

/** A lot issued in small parts has more acts than a page wants; the sums are always of all. */
const SHOWN = 100;

const ACTS = `
  select toString(act_id) as act, kind, toString(at) as at, toString(lot_id) as lot,
    toString(quantity) as quantity, unit, from_territory as from, from_territory_title as fromTitle, from_point_title as fromPoint,
    to_territory as to, to_territory_title as toTitle, to_point_title as toPoint
  from mart.lot_acts(lot_id = {lot:UInt64})
  order by act_id
  limit {limit:UInt32}`;

/** As the contract counts: what a shipment lost on its way moves from shipped to lost. */
const SUMS = `
  select toString(sumIf(quantity, kind in ('accept', 'receive'))) as entered,
    toString(sumIf(quantity, kind = 'ship') - sumIf(quantity, kind = 'loss' and parent_act != 0)) as shipped,
    toString(sumIf(quantity, kind = 'issue')) as issued,
    toString(sumIf(quantity, kind = 'sellout')) as sold,
    toString(sumIf(quantity, kind = 'loss')) as lost,
    toString(sum(change)) as stock,
    toUInt32(count()) as total
  from mart.lot_acts(lot_id = {lot:UInt64})
  where not is_onward`;

/** What became of a lot: its acts, the receipts of what was shipped, and entered = shipped + issued + sold + lost + stock. */
export async function readLot(warehouse: Warehouse, lot: string): Promise<LotWay> {
  const [acts, sums] = await Promise.all([
    warehouse.query<LotAct>(ACTS, { lot, limit: SHOWN }),
    warehouse.query<LotWay['sums'] & { total: number }>(SUMS, { lot }),
  ]);
  const [first] = sums;
  if (!first) throw new Error(`the sums of lot ${lot} are one row, none came`);
  const { total, ...amounts } = first;
  return { acts, more: Math.max(0, total - SHOWN), sums: amounts };
}
