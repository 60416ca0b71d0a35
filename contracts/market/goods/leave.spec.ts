import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lastIds, quantitiesOf } from '../../spec/acts.ts';
import { shareOf } from '../../spec/funds-world.ts';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { CITY, ENDED, NOWHERE, ZERO_HASH, country, territory } from '../../spec/world.ts';

let goods: GoodsWorld;

beforeAll(async () => {
  goods = await openGoodsWorld();
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

type Data = Record<string, unknown>;

describe.each(['ship', 'sellout', 'claim'] as const)('%s takes from a lot and', (name) => {
  let lot: number;
  const way = name === 'ship' ? 'shipped' : name === 'sellout' ? 'sold' : 'issued';
  const data = (over: Data): Data => ({
    lot_id: lot,
    ...(name === 'sellout' && { to: territory(CITY) }),
    ...over,
  });
  const act = (over: Data = {}) => goods.acts[name](data({ document_hash: goods.document(), ...over }));
  const whole = (over: Data = {}) => (name === 'claim' ? goods.issued(data(over)) : act(over));

  beforeEach(async () => {
    ({ lot } = await goods.buy());
  });

  it('moves the quantity out of stock, down to nothing', async () => {
    await whole();
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ [way]: 10_000, stock: 90_000 });
    await whole({ quantity: '90.000 KG' });
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ [way]: 100_000, stock: 0 });
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
      'a price beyond all goods',
      { price: '1000000000.01 RUB' },
      'price: at most 1000000000.00 RUB expected, came 1000000000.01 RUB',
    ],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
    ['an unknown programme (R64)', { programme: 9 }, 'programme: a known one expected, came 9'],
    [
      "another cooperative's programme (R64)",
      { programme: 2 },
      'programme: one of forestcoop expected, 2 is of rivercoop',
    ],
  ])('refuses %s', async (_, over, reason) => {
    await expectRefusal(act(over), reason);
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ [way]: 0, stock: 100_000 });
  });
});

describe.each(['ship', 'sellout'] as const)('%s', (name) => {
  const act = async (over: Data, signers?: string[]) => {
    const { lot } = await goods.buy();
    const to = name === 'sellout' && { to: territory(CITY) };
    return goods.acts[name]({ lot_id: lot, ...to, document_hash: goods.document(), ...over }, signers);
  };
  it('is signed by the chair', async () => {
    await expectRefusal(act({}, ['boris', 'ivan']), 'anna', MISSING_AUTHORITY);
    await expectRefusal(act({ chair: 'boris' }), 'chair: anna, chair of section 1, expected, came boris');
  });

  it('R22: refuses a decision that the council did not take', () =>
    expectRefusal(act({ decision_id: 4_000_000 }), 'decision_id'));
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
    ['a country that there is not', { to: country('ZZ') }, 'to: a country of ISO 3166 expected, came ZZ'],
  ])('refuses %s', async (_, over, reason) => {
    const { lot } = await goods.buy();
    await expectRefusal(goods.acts.sellout({ lot_id: lot, to: territory(CITY), ...over }), reason);
  });

  it('sells to a country outside', async () => {
    const { lot } = await goods.buy();
    const to = country('KZ');
    await goods.acts.sellout({ lot_id: lot, recipient_kind: 'trade', to, document_hash: goods.document() });
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ sold: 10_000, stock: 90_000 });
  });
});

describe('claim and issue', () => {
  it('each is signed by its own side', async () => {
    const { lot } = await goods.buy();
    const document_hash = goods.document();
    await expectRefusal(goods.acts.claim({ lot_id: lot }, ['anna']), 'ivan', MISSING_AUTHORITY);
    await goods.acts.claim({ lot_id: lot, document_hash });
    await expectRefusal(goods.acts.issue({ document_hash }, ['ivan']), 'anna', MISSING_AUTHORITY);
    const boris = goods.acts.issue({ document_hash, chair: 'boris' });
    await expectRefusal(boris, 'chair: anna, chair of section 1, expected, came boris');
    await goods.acts.issue({ document_hash });
    await expectRefusal(
      goods.acts.issue({ document_hash }),
      `document_hash: a document that the other side has signed expected, came ${document_hash}`,
    );
  });

  it.each([
    ['stranger', 'member: an active member of forestcoop expected, stranger is none'],
    ['olga', 'member: an active member of forestcoop expected, olga is none'],
    ['petr', 'member: an active member of forestcoop expected, petr is applied'],
    ['faina', 'member: a participant of programme 1 expected, faina is none'],
  ])('R64: refuses %s, no active member who joined the programme', async (member, reason) => {
    const { lot } = await goods.buy();
    await expectRefusal(goods.acts.claim({ lot_id: lot, member }), reason);
  });

  it('sets nothing aside: what left meanwhile cannot be issued', async () => {
    const { lot } = await goods.buy();
    const document_hash = goods.document();
    await goods.acts.claim({ lot_id: lot, quantity: '60.000 KG', document_hash });
    const sale = { lot_id: lot, quantity: '50.000 KG', to: territory(CITY), document_hash: goods.document() };
    await goods.acts.sellout(sale);
    const reason = 'quantity: at most 50.000 KG expected, came 60.000 KG';
    await expectRefusal(goods.acts.issue({ document_hash }), reason);
  });

  it("an issue is a return: the member's share account pays for it, and must cover it", async () => {
    const { lot } = await goods.buy();
    const before = await shareOf(goods.world, 'forestcoop', 'ivan');
    await goods.issued({ lot_id: lot, quantity: '2.000 KG', price: '150.00 RUB' });
    const after = await shareOf(goods.world, 'forestcoop', 'ivan');
    expect(kopecks(before?.['balance']) - kopecks(after?.['balance'])).toBe(30_000);
    await expectRefusal(
      goods.issued({ lot_id: lot, quantity: '50.000 KG', price: '1000000.00 RUB' }),
      'share account: at least 50000000.00 RUB expected, ivan has ',
    );
  });

  it('R22: refuses a decision that the council did not take', async () => {
    const { lot } = await goods.buy();
    await expectRefusal(goods.issued({ lot_id: lot }, { decision_id: 4_000_000 }), 'decision_id');
  });
});

describe('ship and receive', () => {
  const shipmentRow = (id: number) => goods.world.row('market', 'market', 'shipments', String(id));
  async function newShipment(over: Data = {}): Promise<{ lot: number; shipment: number }> {
    const { lot } = await goods.supplied();
    await goods.acts.ship({ lot_id: lot, document_hash: goods.document(), ...over });
    return { lot, shipment: (await lastIds(goods.world)).act };
  }

  it('a shipment is on the way under the id of its act', async () => {
    const { lot, shipment } = await newShipment();
    expect(await shipmentRow(shipment)).toMatchObject({
      lot_id: lot,
      coop: 'forestcoop',
      quantity: '10.000 KG',
      price: '30.00 RUB',
      from_point: 1,
      to_point: 2,
      robot: 'market',
    });
  });

  it('becomes a lot of the receiving cooperative that keeps origin, evidence and producer', async () => {
    const { lot, shipment } = await newShipment();
    await goods.acts.receive({ shipment_id: shipment });
    const received = (await lastIds(goods.world)).lot;
    const { origin, evidence, producer, grade } = (await goods.lotRow(lot)) ?? {};
    expect(await goods.lotRow(received)).toMatchObject({
      coop: 'rivercoop',
      point_id: 2,
      ...{ origin, evidence, producer, grade },
      producer_kind: 'household',
      producer_member: true,
      accepted: '10.000 KG',
      stock: '10.000 KG',
      price: '30.00 RUB',
      parent_lot: lot,
    });
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ shipped: 10_000, lost: 0, stock: 90_000 });
    expect(await shipmentRow(shipment)).toBeUndefined();
  });

  it('what is missing is lost by the sending lot, in an act of its own', async () => {
    const { lot, shipment } = await newShipment();
    const before = await lastIds(goods.world);
    await goods.acts.receive({ shipment_id: shipment, quantity: '9.250 KG' });
    expect(await lastIds(goods.world)).toMatchObject({ act: before.act + 2, lot: before.lot + 1 });
    const held = { issued: 0, shipped: 9_250, sold: 0, processed: 0, lost: 750, stock: 90_000 };
    expect(await quantitiesOf(goods.world, lot)).toEqual({ accepted: 100_000, ...held });
  });

  it('when nothing arrives there is a loss and no lot', async () => {
    const { lot, shipment } = await newShipment();
    const before = await lastIds(goods.world);
    await goods.acts.receive({ shipment_id: shipment, quantity: '0.000 KG' });
    expect(await lastIds(goods.world)).toEqual({ ...before, act: before.act + 1 });
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ shipped: 0, lost: 10_000, stock: 90_000 });
    expect(await shipmentRow(shipment)).toBeUndefined();
  });

  it('cannot be received twice', async () => {
    const { shipment } = await newShipment();
    await goods.acts.receive({ shipment_id: shipment, quantity: '4.000 KG' });
    await expectRefusal(
      goods.acts.receive({ shipment_id: shipment, quantity: '6.000 KG' }),
      `shipment_id: a shipment on the way expected, ${shipment} is unknown or received`,
    );
  });

  it.each([
    [
      'more than was shipped',
      { quantity: '10.001 KG' },
      'quantity: at most 10.000 KG expected, came 10.001 KG',
    ],
    ['less than nothing', { quantity: '-0.001 KG' }, 'quantity: zero or more expected, came -0.001 KG'],
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
    await expectRefusal(goods.acts.receive({ shipment_id: shipment, ...over }), reason);
    expect(await shipmentRow(shipment)).toMatchObject({ quantity: '10.000 KG' });
  });

  it('refuses to ship to where the lot stands, to an unknown point, or to a closed one', async () => {
    const { lot } = await goods.buy();
    const ship = (to_point: number) => goods.acts.ship({ lot_id: lot, to_point });
    await expectRefusal(ship(1), `to_point: another point expected, lot ${lot} stands at 1`);
    await expectRefusal(ship(99), 'to_point: a registered point expected, came 99');
    const { shipment } = await newShipment({ to_point: 3 });
    await goods.world.act('registry', 'closepoint', ['forestcoop'], { coop: 'forestcoop', point_id: 3 });
    await expectRefusal(ship(3), 'to_point: an open point expected, 3 is closed');
    await goods.acts.receive({ shipment_id: shipment, chair: 'anna' });
  });

  it('R64: ships to another cooperative only when it joined the programme', async () => {
    const { lot } = await goods.buy();
    const data = { account: 'rivercoop', programme_id: 1 };
    await goods.world.act('funds', 'quit', ['rivercoop'], data);
    const reason = 'to_point: a participant of programme 1 expected, rivercoop is none';
    await expectRefusal(goods.acts.ship({ lot_id: lot }), reason);
  });

  it('the ledgers of both cooperatives sum to zero', async () => {
    expect(await goods.ledgerSums()).toEqual([0, 0]);
  });
});

const kopecks = (asset: unknown): number => Number(String(asset).replace(/[^0-9]/g, ''));
