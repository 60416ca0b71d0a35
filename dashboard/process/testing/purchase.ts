import type { Action, ChainDriver } from '../../../contracts/chain/driver.ts';
import { createWorld } from '../../../contracts/scenario/acts/world.ts';
import type { Region } from '../../../contracts/scenario/region.ts';

export type Purchase = { readonly chair: string; readonly action: Action };

/**
 * The first point of a region buys 12 kg of potato at 20 roubles, 240 roubles in all, grown in its own district: the one who chairs its
 * section by now alone signs.
 */
export async function purchaseIn(region: Region, driver: ChainDriver): Promise<Purchase> {
  const world = createWorld(region);
  const { id: point_id, oktmo, section } = world.point(1);
  const key = String(section);
  const at = { code: 'registry', scope: 'registry', table: 'sections', lowerBound: key, upperBound: key };
  const [found] = await driver.rows(at);
  if (found === undefined) throw new Error(`section ${key} expected on the chain, found none`);
  const chair = String(found['chair']);
  const data = {
    chair,
    producer_kind: 'farm',
    point_id,
    product: 'potato',
    quantity: '12.000 KG',
    price: '20.00 RUB',
    origin: { point_id: 0, oktmo, country: '' },
    evidence: 1,
    grade: 1,
    rejected: '0.000 KG',
    reject_reason: '',
    programme: world.programmeAt(point_id),
    decision_id: 0,
    document_hash: 'ab'.repeat(32),
  };
  const authorization = [{ actor: chair, permission: 'active' }];
  return { chair, action: { account: 'market', name: 'buy', authorization, data } };
}
