import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { OriginShare } from '../wire.ts';

/** Where the goods of an act come from, the largest share first. */
export async function readOrigins(warehouse: Warehouse, act: string): Promise<OriginShare[]> {
  return warehouse.query<OriginShare>(
    `select territory, title, toUInt32(evidence) as evidence, ppm
     from mart.act_origin(act_id = {act:UInt64})
     order by ppm desc, territory`,
    { act },
  );
}
