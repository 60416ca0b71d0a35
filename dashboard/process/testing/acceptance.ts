import type { Action } from '../../../contracts/chain/driver.ts';

/** The chair of the demo region's first section: the only signer of `acceptance`. */
export const chair = 'leschair11';

/** 12 kg of potato at 20 roubles, 240 roubles in all, grown in the point's own district. */
export const acceptance: Action = {
  account: 'market',
  name: 'accept',
  authorization: [{ actor: chair, permission: 'active' }],
  data: {
    chair,
    producer: '',
    producer_kind: 'farm',
    point_id: 1,
    product: 'potato',
    quantity: '12.000 KG',
    price: '20.00 RUB',
    origin: { point_id: 0, oktmo: '02614000', country: '' },
    evidence: 1,
    grade: 1,
    rejected: '0.000 KG',
    reject_reason: '',
    programme: 1,
    decision_id: 0,
    document_hash: 'ab'.repeat(32),
  },
};
