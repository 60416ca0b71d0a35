import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Acts, actsOf, lastIds, quantitiesOf } from '../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import {
  CITY,
  ENDED,
  FOREST,
  FUTURE,
  NOWHERE,
  STEPPE,
  type World,
  ZERO_HASH,
  country,
  furnish,
  hashOf,
  territory,
} from '../spec/world.ts';

let chain: SpecChain;
let world: World;
let acts: Acts;

beforeAll(async () => {
  chain = await openSpecChain();
  world = chain.world;
  acts = actsOf(world);
  await furnish(world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

const lotRow = (lot: number) => world.row('market', 'market', 'lots', String(lot));

/** A fresh lot of 100 kg of potato at point 1. */
async function newLot(over: Record<string, unknown> = {}): Promise<number> {
  await acts.accept(over);
  return (await lastIds(world)).lot;
}

describe('accept', () => {
  it('makes a lot of what was accepted from a member', async () => {
    const lot = await newLot({
      producer: 'ivan',
      producer_kind: 'household',
      rejected: '3.500 KG',
      reject_reason: 'гниль',
    });
    expect(await lotRow(lot)).toEqual({
      lot_id: lot,
      coop: 'forestcoop',
      point_id: 1,
      product: 'potato',
      origin: territory(FOREST),
      evidence: 1,
      producer: 'ivan',
      producer_kind: 'household',
      producer_member: true,
      grade: 1,
      accepted: '100.000 KG',
      issued: '0.000 KG',
      shipped: '0.000 KG',
      sold: '0.000 KG',
      lost: '0.000 KG',
      stock: '100.000 KG',
      parent_lot: 0,
      processed: '0.000 KG',
      origins: [],
    });
  });

  it('takes goods of a non-member, of a country outside, and of unknown origin', async () => {
    const abroad = await newLot({ origin: country('KZ'), evidence: 2, producer_kind: 'trader' });
    const unknown = await newLot({ origin: NOWHERE, evidence: 0, producer_kind: 'unknown' });
    expect(await lotRow(abroad)).toMatchObject({
      origin: country('KZ'),
      producer: '',
      producer_member: false,
    });
    expect(await lotRow(unknown)).toMatchObject({ origin: NOWHERE, evidence: 0 });
  });

  it('takes litres and pieces in their own units', async () => {
    const milk = await newLot({ product: 'milk', quantity: '12.345 LTR', rejected: '0.000 LTR' });
    const eggs = await newLot({ product: 'eggs', quantity: '360 PCS', rejected: '0 PCS' });
    expect([await lotRow(milk), await lotRow(eggs)]).toMatchObject([
      { stock: '12.345 LTR' },
      { stock: '360 PCS' },
    ]);
  });

  it('gives ids that grow and are not lost to a refusal', async () => {
    const before = await lastIds(world);
    await acts.accept();
    await expectRefusal(acts.accept({ evidence: 4 }), 'evidence');
    await acts.accept();
    expect(await lastIds(world)).toEqual({ act: before.act + 2, lot: before.lot + 2 });
  });

  it('is signed by the chair of the point and by the member who brings the goods', async () => {
    await expectRefusal(acts.accept({}, ['boris']), 'anna', MISSING_AUTHORITY);
    await expectRefusal(
      acts.accept({ chair: 'boris' }),
      'chair: anna, chair of section 1, expected, came boris',
    );
    await expectRefusal(acts.accept({ producer: 'ivan' }, ['anna']), 'ivan', MISSING_AUTHORITY);
  });

  it.each([
    ['stranger', 'producer: an active member of forestcoop expected, stranger is none'],
    ['olga', 'producer: an active member of forestcoop expected, olga is none'],
    ['petr', 'producer: an active member of forestcoop expected, petr is applied'],
  ])('refuses %s as a member producer', (producer, reason) =>
    expectRefusal(acts.accept({ producer }), reason),
  );

  it.each([
    ['an unknown product', { product: 'gold' }, 'product: a registered product expected, came gold'],
    ['an unknown point', { point_id: 99 }, 'point_id: a registered point expected, came 99'],
    ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['less than nothing', { quantity: '-0.005 KG' }, 'quantity: more than zero expected, came -0.005 KG'],
    ['a foreign unit', { quantity: '5.000 LTR' }, 'quantity: 3,KG expected, came 3,LTR'],
    ['a unit of another precision', { quantity: '5.00 KG' }, 'quantity: 3,KG expected, came 2,KG'],
    ['no price', { price: '0.00 RUB' }, 'price: more than zero expected, came 0.00 RUB'],
    ['a price below zero', { price: '-1.00 RUB' }, 'price: more than zero expected, came -1.00 RUB'],
    ['foreign money', { price: '1.00 USD' }, 'price: 2,RUB expected, came 2,USD'],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
    [
      'an unknown origin territory',
      { origin: territory('99999999') },
      'origin: a registered territory expected, came 99999999',
    ],
    [
      'an origin that is not yet',
      { origin: territory(FUTURE) },
      `origin: ${FUTURE} is valid from 4102444800 till 0, the block's time is `,
    ],
    [
      'an origin outside its dates',
      { origin: territory(ENDED) },
      `origin: ${ENDED} is valid from 946684800 till 978307200, the block's time is `,
    ],
    [
      'an origin that is no OKTMO',
      { origin: territory('forest') },
      'origin: OKTMO of 8 or 11 digits expected, came 6 characters',
    ],
    [
      'an origin of territory and country',
      { origin: { ...territory(FOREST), country: 'KZ' } },
      `origin: a territory or a country expected, came both ${FOREST} and KZ`,
    ],
    [
      'a point as origin',
      { origin: { ...NOWHERE, point_id: 1 } },
      'origin: a territory or a country expected, came point 1',
    ],
    [
      'a country in words',
      { origin: country('Kazakhstan') },
      'origin: two capital letters of ISO 3166 expected, came Kazakhstan',
    ],
    [
      'a country in small letters',
      { origin: country('kz') },
      'origin: two capital letters of ISO 3166 expected, came kz',
    ],
    ['evidence above 3', { evidence: 4 }, 'evidence: 0 to 3 expected, came 4'],
    [
      'evidence of an unknown origin',
      { origin: NOWHERE, evidence: 2 },
      'evidence: 0 for an unknown origin expected, came 2',
    ],
    [
      'an unknown producer kind',
      { producer_kind: 'alien' },
      'producer_kind: one of household farm trader organisation coop unknown expected, came alien',
    ],
    [
      'no producer kind',
      { producer_kind: '' },
      'producer_kind: one of household farm trader organisation coop unknown expected, came nothing',
    ],
    [
      'a rejection without a reason',
      { rejected: '1.000 KG' },
      'reject_reason: a text expected, came an empty one',
    ],
    [
      'a reason without a rejection',
      { reject_reason: 'гниль' },
      'reject_reason: nothing expected when nothing is rejected, came a text',
    ],
    ['a rejection below zero', { rejected: '-1.000 KG' }, 'rejected: zero or more expected, came -1.000 KG'],
    ['a rejection in a foreign unit', { rejected: '1 PCS' }, 'rejected: 3,KG expected, came 0,PCS'],
    [
      'a reason over 256 bytes',
      { rejected: '1.000 KG', reject_reason: `${'я'.repeat(128)}!` },
      'reject_reason: at most 256 bytes expected, came 257',
    ],
    [
      'a value beyond an asset',
      { quantity: '4611686018427387.903 KG', price: '46116860184273879.03 RUB' },
      'value: at most 4611686018427387903 expected, came 4611686018427387903 x 4611686018427387.903 KG',
    ],
  ])('refuses %s', (_, over, reason) => expectRefusal(acts.accept(over), reason));
});

describe.each(['ship', 'sellout', 'issue'] as const)('%s takes from a lot and', (name) => {
  let lot: number;
  const way = name === 'ship' ? 'shipped' : name === 'sellout' ? 'sold' : 'issued';
  const act = (over: Record<string, unknown> = {}, signers?: string[]) =>
    acts[name]({ lot_id: lot, ...(name === 'sellout' && { to: territory(CITY) }), ...over }, signers);

  beforeEach(async () => {
    lot = await newLot();
  });

  it('moves the quantity out of stock, down to nothing', async () => {
    await act();
    expect(await quantitiesOf(world, lot)).toMatchObject({ [way]: 10_000, stock: 90_000 });
    await act({ quantity: '90.000 KG' });
    expect(await quantitiesOf(world, lot)).toMatchObject({ [way]: 100_000, stock: 0 });
  });

  it.each([
    [
      'more than is in stock',
      { quantity: '100.001 KG' },
      'quantity: at most 100.000 KG expected, came 100.001 KG',
    ],
    ['an unknown lot', { lot_id: 4_000_000 }, 'lot_id: a lot expected, came 4000000'],
    ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['less than nothing', { quantity: '-1.000 KG' }, 'quantity: more than zero expected, came -1.000 KG'],
    ['a foreign unit', { quantity: '1 PCS' }, 'quantity: 3,KG expected, came 0,PCS'],
    ['no price', { price: '0.00 RUB' }, 'price: more than zero expected, came 0.00 RUB'],
    ['foreign money', { price: '1.00 VRE' }, 'price: 2,RUB expected, came 2,VRE'],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
    ["another section's chair", { chair: 'boris' }, 'chair: anna, chair of section 1, expected, came boris'],
  ])('refuses %s', async (_, over, reason) => {
    await expectRefusal(act(over), reason);
    expect(await quantitiesOf(world, lot)).toMatchObject({ [way]: 0, stock: 100_000 });
  });

  it('is signed by the chair', () => expectRefusal(act({}, ['boris', 'ivan']), 'anna', MISSING_AUTHORITY));
});

describe('ship and receive', () => {
  async function newShipment(quantity = '10.000 KG'): Promise<{ lot: number; shipment: number }> {
    const lot = await newLot({
      origin: territory(STEPPE),
      evidence: 3,
      producer: 'ivan',
      producer_kind: 'household',
    });
    await acts.ship({ lot_id: lot, quantity });
    return { lot, shipment: (await lastIds(world)).act };
  }
  const shipmentRow = (id: number) => world.row('market', 'market', 'shipments', String(id));

  it('a shipment is on the way under the id of its act', async () => {
    const { lot, shipment } = await newShipment();
    expect(await shipmentRow(shipment)).toMatchObject({
      lot_id: lot,
      coop: 'forestcoop',
      quantity: '10.000 KG',
      price: '30.00 RUB',
      from_point: 1,
      to_point: 2,
    });
  });

  it('becomes a lot of the receiving cooperative that keeps origin, evidence and producer', async () => {
    const { lot, shipment } = await newShipment();
    await acts.receive({ shipment_id: shipment });
    const received = (await lastIds(world)).lot;
    expect(await lotRow(received)).toMatchObject({
      coop: 'rivercoop',
      point_id: 2,
      origin: territory(STEPPE),
      evidence: 3,
      producer: 'ivan',
      producer_kind: 'household',
      producer_member: true,
      accepted: '10.000 KG',
      stock: '10.000 KG',
      parent_lot: lot,
    });
    expect(await quantitiesOf(world, lot)).toMatchObject({ shipped: 10_000, lost: 0, stock: 90_000 });
    expect(await shipmentRow(shipment)).toBeUndefined();
  });

  it('what is missing is lost by the sending lot, in an act of its own', async () => {
    const { lot, shipment } = await newShipment();
    const before = await lastIds(world);
    await acts.receive({ shipment_id: shipment, quantity: '9.250 KG' });
    expect(await lastIds(world)).toEqual({ act: before.act + 2, lot: before.lot + 1 });
    expect(await quantitiesOf(world, lot)).toEqual({
      accepted: 100_000,
      issued: 0,
      shipped: 9_250,
      sold: 0,
      lost: 750,
      stock: 90_000,
    });
  });

  it('cannot be received twice', async () => {
    const { shipment } = await newShipment();
    await acts.receive({ shipment_id: shipment, quantity: '4.000 KG' });
    await expectRefusal(
      acts.receive({ shipment_id: shipment, quantity: '6.000 KG' }),
      `shipment_id: a shipment on the way expected, ${shipment} is unknown or received`,
    );
  });

  it.each([
    [
      'more than was shipped',
      { quantity: '10.001 KG' },
      'quantity: at most 10.000 KG expected, came 10.001 KG',
    ],
    ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['a foreign unit', { quantity: '1.000 LTR' }, 'quantity: 3,KG expected, came 3,LTR'],
    [
      'an unknown shipment',
      { shipment_id: 4_000_000 },
      'shipment_id: a shipment on the way expected, 4000000 is unknown or received',
    ],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
    [
      "the sending section's chair",
      { chair: 'anna' },
      'chair: boris, chair of section 2, expected, came anna',
    ],
  ])('refuses to receive %s', async (_, over, reason) => {
    const { shipment } = await newShipment();
    await expectRefusal(acts.receive({ shipment_id: shipment, ...over }), reason);
    expect(await shipmentRow(shipment)).toMatchObject({ quantity: '10.000 KG' });
  });

  it('refuses to ship to where the lot stands, or to an unknown point', async () => {
    const lot = await newLot();
    await expectRefusal(
      acts.ship({ lot_id: lot, to_point: 1 }),
      `to_point: another point expected, lot ${lot} stands at 1`,
    );
    await expectRefusal(
      acts.ship({ lot_id: lot, to_point: 99 }),
      'to_point: a registered point expected, came 99',
    );
  });
});

describe('sellout', () => {
  it.each([
    [
      'an unknown recipient kind',
      { recipient_kind: 'gift' },
      'recipient_kind: one of ownuse catering trade processing expected, came gift',
    ],
    ['no place', { to: NOWHERE }, "to: the buyer's territory or country expected, came nothing"],
    [
      'an unknown territory',
      { to: territory('99999999') },
      'to: a registered territory expected, came 99999999',
    ],
    ['a territory outside its dates', { to: territory(ENDED) }, `to: ${ENDED} is valid from`],
    [
      'territory and country',
      { to: { ...territory(CITY), country: 'KZ' } },
      `to: a territory or a country expected, came both ${CITY} and KZ`,
    ],
    [
      'a point of the network',
      { to: { ...NOWHERE, point_id: 2 } },
      'to: a territory or a country expected, came point 2',
    ],
  ])('refuses %s', async (_, over, reason) => {
    const lot_id = await newLot();
    await expectRefusal(acts.sellout({ lot_id, to: territory(CITY), ...over }), reason);
  });

  it('sells to a country outside', async () => {
    const lot_id = await newLot();
    await acts.sellout({ lot_id, recipient_kind: 'trade', to: country('KZ') });
    expect(await quantitiesOf(world, lot_id)).toMatchObject({ sold: 10_000, stock: 90_000 });
  });
});

describe('issue', () => {
  it('is signed by the member too', async () => {
    const lot_id = await newLot();
    await expectRefusal(acts.issue({ lot_id }, ['anna']), 'ivan', MISSING_AUTHORITY);
  });

  it.each([
    ['stranger', 'member: an active member of forestcoop expected, stranger is none'],
    ['olga', 'member: an active member of forestcoop expected, olga is none'],
    ['petr', 'member: an active member of forestcoop expected, petr is applied'],
  ])('refuses %s, no active member', async (member, reason) => {
    const lot_id = await newLot();
    await expectRefusal(acts.issue({ lot_id, member }), reason);
  });
});

describe('logs', () => {
  const body = {
    act_id: 1,
    parent_act: 0,
    coop: 'forestcoop',
    programme: 1,
    decision_id: 0,
    robot: '',
    document_hash: hashOf('act'),
    lot_id: 1,
    product: 'potato',
    quantity: '1.000 KG',
    grams: 1000,
    price: '1.00 RUB',
    value: '1.00 RUB',
    origin: territory(FOREST),
    from: territory(FOREST),
    to: territory(CITY),
    evidence: 1,
    producer: '',
    producer_kind: 'farm',
    producer_member: false,
    recipient: '',
    recipient_kind: '',
    residence: '',
    grade: 1,
    rejected: '0.000 KG',
    reject_reason: '',
    status: 'instock',
    parent_lot: 0,
    order_id: 0,
    chair: 'anna',
    reason: '',
    origins: [],
  };
  it.each([
    'logintent',
    'logaccept',
    'logship',
    'logreceive',
    'logloss',
    'logsellout',
    'logissue',
    'logreturn',
    'logprocess',
    'logcount',
    'logreverse',
  ])('%s is written by the contract alone', (name) =>
    expectRefusal(world.act('market', name, ['anna'], { body }), 'market', MISSING_AUTHORITY),
  );
});
