import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { ActLink } from '../wire.ts';

/** A shipment, a receipt and a reversal are few; an issue can be brought back in parts. More are not shown. */
const SHOWN = 50;

/** The acts that an act names or that name it: what it completes, returns, takes back; what was made of what. */
export async function readLinks(warehouse: Warehouse, act: string): Promise<ActLink[]> {
  return warehouse.query<ActLink>(
    `select toString(link.act_id) as act, toString(link.parent_act) as parent, link.kind as kind, link.status as status,
       toString(link.at) as at, if(product.title = '', link.product, product.title) as product,
       toString(link.quantity) as quantity, link.unit as unit, link.is_after as isAfter
     from mart.act_link(act_id = {act:UInt64}) as link
     left join mart.product as product on product.product = link.product
     order by link.act_id
     limit {limit:UInt32}`,
    { act, limit: SHOWN },
  );
}
