import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { LotAct, LotWay } from '../wire.ts';

/** A lot issued in small parts has more acts than a page wants; the sums are always of all. */
const SHOWN = 100;

const ACTS = `
  select toString(act_id) as act, toString(parent_act) as parent, kind, status, toString(at) as at, toString(lot_id) as lot,
    toString(quantity) as quantity, unit, from_territory as from, from_territory_title as fromTitle, from_point_title as fromPoint,
    to_territory as to, to_territory_title as toTitle, to_point_title as toPoint
  from mart.lot_acts(lot_id = {lot:UInt64})
  order by act_id
  limit {limit:UInt32}`;

const PARTS = ['shipped', 'issued', 'sold', 'processed', 'lost', 'stock'] as const;

/** Everything that entered is in one of the parts. */
const SUMS = `
  select toString(sum(change)) as entered,
    ${PARTS.map((part) => `toString(sumIf(change, part = '${part}')) as ${part}`).join(', ')},
    toUInt32(uniqExact(act_id)) as total
  from mart.lot_part
  where lot_id = {lot:UInt64}`;

/** What became of a lot: its acts, the acts where parts of it went on in other lots, and entered = the sum of the parts. */
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
