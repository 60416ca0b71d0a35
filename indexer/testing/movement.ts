/** A body of the market's logs, as a real act fills it. */
export const movement = {
  ...{ act_id: '1284', parent_act: '0', coop: 'forestcoop', programme: '1', decision_id: '0', robot: '' },
  ...{
    document_hash: '5e'.repeat(32),
    lot_id: '642',
    product: 'potato',
    quantity: '1250.000 KG',
    grams: '1250000',
  },
  ...{ price: '25.00 RUB', value: '31250.00 RUB', origin: { point_id: '0', oktmo: '02614000', country: '' } },
  from: { point_id: '0', oktmo: '02614000', country: '' },
  to: { point_id: '1', oktmo: '02614000', country: '' },
  ...{
    evidence: 2,
    producer: 'ivan',
    producer_kind: 'farm',
    producer_member: true,
    recipient: '',
    recipient_kind: '',
  },
  ...{ residence: '', grade: 1, rejected: '0.000 KG', reject_reason: '', status: 'stored' },
  ...{ parent_lot: '0', order_id: '0', chair: '', reason: '' },
  origins: [{ origin: { point_id: '0', oktmo: '02614000', country: '' }, evidence: 2, ppm: 1_000_000 }],
};
