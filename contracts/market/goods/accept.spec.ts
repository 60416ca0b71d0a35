import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentKey } from '../../chain/system.ts';
import { lastIds } from '../../spec/acts.ts';
import { newCoop } from '../../spec/councils.ts';
import { shareOf } from '../../spec/funds-world.ts';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import {
  CITY,
  ENDED,
  FOREST,
  FUTURE,
  NOWHERE,
  STEPPE,
  ZERO_HASH,
  country,
  hashOf,
  territory,
} from '../../spec/world.ts';

let goods: GoodsWorld;

beforeAll(async () => {
  goods = await openGoodsWorld();
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

const WORDS = 'household farm trader organisation coop unknown';

/** What comes in badly, by buying or by supplying. */
const BAD_GOODS: [string, Record<string, unknown>, string][] = [
  ['an unknown product', { product: 'gold' }, 'product: a registered product expected, came gold'],
  ['a service', { product: 'haircut' }, 'product: goods expected, haircut is a service'],
  [
    'a product outside its dates',
    { product: 'oldbread' },
    "product: oldbread is valid from 946684800 till 978307200, the block's time is ",
  ],
  ['an unknown point', { point_id: 99 }, 'point_id: a registered point expected, came 99'],
  ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
  ['less than nothing', { quantity: '-0.005 KG' }, 'quantity: more than zero expected, came -0.005 KG'],
  ['a foreign unit', { quantity: '5.000 LTR' }, 'quantity: 3,KG expected, came 3,LTR'],
  ['a unit of another precision', { quantity: '5.00 KG' }, 'quantity: 3,KG expected, came 2,KG'],
  ['no price', { price: '0.00 RUB' }, 'price: more than zero expected, came 0.00 RUB'],
  ['a price below zero', { price: '-1.00 RUB' }, 'price: more than zero expected, came -1.00 RUB'],
  ['foreign money', { price: '1.00 USD' }, 'price: 2,RUB expected, came 2,USD'],
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
    'origin: a country of ISO 3166 expected, came Kazakhstan',
  ],
  [
    'a country in small letters',
    { origin: country('kz') },
    'origin: a country of ISO 3166 expected, came kz',
  ],
  [
    'a country that there is not',
    { origin: country('XX') },
    'origin: a country of ISO 3166 expected, came XX',
  ],
  [
    'letters of two neighbours in the list',
    { origin: country('D ') },
    'origin: a country of ISO 3166 expected, came D ',
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
    `producer_kind: one of ${WORDS} expected, came alien`,
  ],
  ['no producer kind', { producer_kind: '' }, `producer_kind: one of ${WORDS} expected, came nothing`],
  ['R64: an unknown programme', { programme: 9 }, 'programme: a known one expected, came 9'],
  [
    'R64: a programme of another cooperative',
    { programme: 2 },
    'programme: one of forestcoop expected, 2 is of rivercoop',
  ],
  [
    'a value beyond an asset',
    { quantity: '4611686018427387.903 KG', price: '1000000000.00 RUB' },
    'value: at most 4611686018427387903 expected, came 100000000000 x 4611686018427387.903 KG',
  ],
];

const BAD_REJECTIONS: [string, Record<string, unknown>, string][] = [
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
];

describe('buy', () => {
  it('makes a lot of goods of one who is no member, with no producer named', async () => {
    const { lot } = await goods.buy({ rejected: '3.500 KG', reject_reason: 'гниль' });
    expect(await goods.lotRow(lot)).toEqual({
      lot_id: lot,
      coop: 'forestcoop',
      point_id: 1,
      product: 'potato',
      origin: territory(FOREST),
      evidence: 1,
      producer: '',
      producer_kind: 'farm',
      producer_member: false,
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
      price: '25.00 RUB',
      programme: 1,
    });
  });

  it('takes goods of a country outside, and of unknown origin', async () => {
    const abroad = await goods.buy({ origin: country('KZ'), evidence: 2, producer_kind: 'trader' });
    const unknown = await goods.buy({ origin: NOWHERE, evidence: 0, producer_kind: 'unknown' });
    expect(await goods.lotRow(abroad.lot)).toMatchObject({ origin: country('KZ'), evidence: 2 });
    expect(await goods.lotRow(unknown.lot)).toMatchObject({ origin: NOWHERE, evidence: 0 });
  });

  it('takes litres and pieces in their own units', async () => {
    const milk = await goods.buy({ product: 'milk', quantity: '12.345 LTR', rejected: '0.000 LTR' });
    const eggs = await goods.buy({ product: 'eggs', quantity: '360 PCS', rejected: '0 PCS' });
    expect([await goods.lotRow(milk.lot), await goods.lotRow(eggs.lot)]).toMatchObject([
      { stock: '12.345 LTR' },
      { stock: '360 PCS' },
    ]);
  });

  it('gives ids that grow and are not lost to a refusal', async () => {
    const before = await lastIds(goods.world);
    await goods.buy();
    await expectRefusal(goods.buy({ evidence: 4 }), 'evidence');
    await goods.buy();
    expect(await lastIds(goods.world)).toMatchObject({ act: before.act + 2, lot: before.lot + 2 });
  });

  it("is signed by the chair of the point's section", async () => {
    await expectRefusal(goods.acts.buy({}, ['boris']), 'anna', MISSING_AUTHORITY);
    const reason = 'chair: anna, chair of section 1, expected, came boris';
    await expectRefusal(goods.acts.buy({ chair: 'boris' }), reason);
  });

  it('refuses a chair named at the founding who never joined', async () => {
    const coop = 'youngcoop';
    await newCoop(goods.world, coop, []);
    const counters = await goods.world.row('registry', 'registry', 'counters', 'counters');
    const section_id = Number(counters?.['section_id']);
    const point = { coop, section_id, oktmo: CITY, title: 'Пункт', address_hash: hashOf('young') };
    await goods.world.act('registry', 'addpoint', [coop], point);
    await expectRefusal(
      goods.acts.buy({ point_id: Number(counters?.['point_id']) + 1 }),
      'chair: an active member of youngcoop expected, anna is none',
    );
  });

  it.each([...BAD_GOODS, ...BAD_REJECTIONS])('refuses %s', (_, over, reason) =>
    expectRefusal(goods.acts.buy(over), reason),
  );

  it('R22: refuses a decision that the council did not take', () =>
    expectRefusal(goods.acts.buy({ decision_id: 4_000_000 }), 'decision_id'));
});

describe('supply and accept', () => {
  it('make a lot of what a member brought, as the chair found it', async () => {
    const document_hash = goods.document();
    await goods.acts.supply({ document_hash, origin: territory(STEPPE), evidence: 2 });
    const found = { quantity: '90.000 KG', price: '24.00 RUB', evidence: 1, grade: 2 };
    await goods.acts.accept({ document_hash, ...found, rejected: '10.000 KG', reject_reason: 'гниль' });
    const { lot } = await lastIds(goods.world);
    expect(await goods.lotRow(lot)).toMatchObject({
      origin: territory(STEPPE),
      evidence: 1,
      producer: 'ivan',
      producer_kind: 'household',
      producer_member: true,
      grade: 2,
      accepted: '90.000 KG',
      price: '24.00 RUB',
    });
  });

  it('travel in one transaction at a counter', async () => {
    const document_hash = goods.document();
    const supply = { producer: 'ivan', producer_kind: 'farm', point_id: 1, product: 'potato' };
    const amounts = { quantity: '5.000 KG', price: '20.00 RUB', evidence: 1 };
    const data = { ...supply, ...amounts, origin: territory(FOREST), programme: 1, document_hash };
    const rest = { grade: 1, rejected: '0.000 KG', reject_reason: '', decision_id: 0 };
    const action = (name: string, actor: string, over: Record<string, unknown>) => ({
      account: 'market',
      name,
      authorization: [{ actor, permission: 'active' }],
      data: over,
    });
    const before = await lastIds(goods.world);
    const accept = { chair: 'anna', document_hash, ...amounts, ...rest };
    await goods.world.driver.transact(
      [action('supply', 'ivan', data), action('accept', 'anna', accept)],
      [developmentKey],
    );
    expect(await lastIds(goods.world)).toMatchObject({ act: before.act + 1, lot: before.lot + 1 });
  });

  it("are a contribution: the producer's share account grows by the share part", async () => {
    const before = await balanceOf('ivan');
    await goods.supplied({ quantity: '1.001 KG', price: '33.33 RUB' });
    // 33.36 roubles at 900,000 ppm, rounded down.
    expect((await balanceOf('ivan')) - before).toBe(3002);
  });

  it('one half waits for the other under the document', async () => {
    const document_hash = goods.document();
    await goods.acts.supply({ document_hash });
    const again = goods.acts.supply({ document_hash });
    await expectRefusal(again, 'document_hash: a document of its own expected, another half waits under it');
    await goods.acts.accept({ document_hash });
    await expectRefusal(
      goods.acts.accept({ document_hash }),
      `document_hash: a document that the other side has signed expected, came ${document_hash}`,
    );
  });

  it('each is signed by its own side', async () => {
    await expectRefusal(goods.acts.supply({}, ['anna']), 'ivan', MISSING_AUTHORITY);
    const document_hash = goods.document();
    await goods.acts.supply({ document_hash });
    await expectRefusal(goods.acts.accept({ document_hash }, ['ivan']), 'anna', MISSING_AUTHORITY);
    await expectRefusal(
      goods.acts.accept({ document_hash, chair: 'boris' }),
      'chair: anna, chair of section 1, expected, came boris',
    );
  });

  it.each(BAD_GOODS)('supply refuses %s', (_, over, reason) =>
    expectRefusal(goods.acts.supply({ document_hash: goods.document(), ...over }), reason),
  );

  it.each([
    ['stranger', 'producer: an active member of forestcoop expected, stranger is none'],
    ['olga', 'producer: an active member of forestcoop expected, olga is none'],
    ['petr', 'producer: an active member of forestcoop expected, petr is applied'],
    ['faina', 'producer: a participant of programme 1 expected, faina is none'],
  ])('R64: supply refuses %s as a member producer', (producer, reason) =>
    expectRefusal(goods.acts.supply({ producer, document_hash: goods.document() }), reason),
  );

  it.each([
    ...BAD_REJECTIONS,
    [
      'more than was supplied',
      { quantity: '100.001 KG' },
      'quantity: at most 100.000 KG expected, came 100.001 KG',
    ],
    [
      'with what it rejects more than was supplied',
      { quantity: '99.000 KG', rejected: '1.001 KG', reject_reason: 'гниль' },
      'rejected: at most 1.000 KG expected, came 1.001 KG',
    ],
    [
      'a higher price than the member asked',
      { price: '25.01 RUB' },
      'price: at most 25.00 RUB expected, came 25.01 RUB',
    ],
    [
      'more evidence than the member brought',
      { evidence: 2 },
      'evidence: at most 1, as supplied, expected, came 2',
    ],
    ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['no price', { price: '0.00 RUB' }, 'price: more than zero expected, came 0.00 RUB'],
    ['evidence above 3', { evidence: 4 }, 'evidence: 0 to 3 expected, came 4'],
    ['a decision that is not (R22)', { decision_id: 4_000_000 }, 'decision_id'],
  ] as [string, Record<string, unknown>, string][])('accept refuses %s', async (_, over, reason) => {
    const document_hash = goods.document();
    await goods.acts.supply({ document_hash });
    await expectRefusal(goods.acts.accept({ document_hash, ...over }), reason);
  });

  it('accept refuses a document that waits for another act', async () => {
    const { lot } = await goods.buy();
    const document_hash = goods.document();
    await goods.acts.claim({ lot_id: lot, document_hash });
    const reason = 'document_hash: a document supplied expected, this one is claimed';
    await expectRefusal(goods.acts.accept({ document_hash }), reason);
  });

  it('accept tells documents apart that begin alike', async () => {
    const document_hash = goods.document();
    await goods.acts.supply({ document_hash });
    const alike = document_hash.slice(0, 16) + hashOf('other').slice(16);
    await expectRefusal(
      goods.acts.accept({ document_hash: alike }),
      `document_hash: a document that the other side has signed expected, came ${alike}`,
    );
  });

  it('nothing new comes to a closed point', async () => {
    const document_hash = goods.document();
    const point_id = await openPoint();
    await goods.acts.supply({ document_hash, point_id });
    await goods.world.act('registry', 'closepoint', ['forestcoop'], { coop: 'forestcoop', point_id });
    const reason = `point_id: an open point expected, ${point_id} is closed`;
    await expectRefusal(goods.acts.accept({ document_hash }), reason);
    await expectRefusal(goods.acts.supply({ document_hash: goods.document(), point_id }), reason);
    await expectRefusal(goods.acts.buy({ point_id }), reason);
  });
});

async function balanceOf(member: string): Promise<number> {
  const row = await shareOf(goods.world, 'forestcoop', member);
  return Number(String(row?.['balance']).replace(/[^0-9]/g, ''));
}

async function openPoint(): Promise<number> {
  const data = {
    coop: 'forestcoop',
    section_id: 1,
    oktmo: CITY,
    title: 'Пункт',
    address_hash: hashOf('gate'),
  };
  await goods.world.act('registry', 'addpoint', ['forestcoop'], data);
  const row = await goods.world.row('registry', 'registry', 'counters', 'counters');
  return Number(row?.['point_id']);
}
