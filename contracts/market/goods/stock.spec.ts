import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastIds, quantitiesOf } from '../../spec/acts.ts';
import { decide } from '../../spec/decisions.ts';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { CITY, FOREST, NOWHERE, STEPPE, ZERO_HASH, country, territory } from '../../spec/world.ts';

let goods: GoodsWorld;

beforeAll(async () => {
  goods = await openGoodsWorld();
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

type Data = Record<string, unknown>;

const REASON: [string, Data, string] = [
  'no reason',
  { reason: '' },
  'reason: a text expected, came an empty one',
];
const ZEROS: [string, Data, string] = [
  'a document hash of zeros',
  { document_hash: ZERO_HASH },
  'document_hash: sha256 of a document expected, came all zeros',
];
const OTHER_CHAIR: [string, Data, string] = [
  "another section's chair",
  { chair: 'boris' },
  'chair: anna, chair of section 1, expected, came boris',
];
const UNKNOWN_LOT: [string, Data, string] = [
  'an unknown lot',
  { lot_id: 4_000_000 },
  'lot_id: a lot expected, came 4000000',
];

describe('writeoff', () => {
  /** A decision by votes to write off a lot's potato for at most this much. */
  const decided = async (lot: number, amount = '25.00 RUB') => {
    const document_hash = goods.document();
    const matter = { subject: lot, amount, document_hash };
    const decision_id = await decide(goods.world, 'forestcoop', 'writeoff', matter);
    return { lot_id: lot, decision_id, document_hash };
  };

  it('R22: loses stock under a decision of the council, once', async () => {
    const { lot } = await goods.buy();
    const terms = await decided(lot);
    await goods.acts.writeoff(terms);
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ lost: 1_000, stock: 99_000 });
    await expectRefusal(goods.acts.writeoff(terms), `${terms.decision_id}`);
  });

  it('R22: is bound to what the council decided', async () => {
    const { lot } = await goods.buy();
    const other = await goods.buy();
    const terms = await decided(lot);
    await expectRefusal(goods.acts.writeoff({ ...terms, quantity: '1.001 KG' }), 'amount');
    await expectRefusal(goods.acts.writeoff({ ...terms, lot_id: other.lot }), 'subject');
    await expectRefusal(goods.acts.writeoff({ ...terms, document_hash: goods.document() }), 'document_hash');
    await expectRefusal(goods.acts.count({ ...terms, counted: '99.000 KG' }), 'kind');
  });

  it.each([
    ['a robot', {}, 'decision_id: a decision of the council expected, came 0'],
    [
      'more than is in stock',
      { decision_id: 1, quantity: '100.001 KG' },
      'quantity: at most 100.000 KG expected, came 100.001 KG',
    ],
    ['nothing', { decision_id: 1, quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ...[REASON, ZEROS, OTHER_CHAIR, UNKNOWN_LOT].map(
      ([name, over, reason]) => [name, { decision_id: 1, ...over }, reason] as [string, Data, string],
    ),
  ] as [string, Data, string][])('refuses %s', async (_, over, reason) => {
    const { lot } = await goods.buy();
    await expectRefusal(goods.acts.writeoff({ lot_id: lot, ...over }), reason);
  });

  it('is signed by the chair', () =>
    expectRefusal(goods.acts.writeoff({ lot_id: 1 }, ['boris']), 'anna', MISSING_AUTHORITY));
});

describe('count', () => {
  const count = (lot: number, counted: string, over: Data = {}) =>
    goods.acts.count({ lot_id: lot, counted, document_hash: goods.document(), ...over });

  it('finds a shortage, a surplus, and an empty shelf', async () => {
    const { lot } = await goods.buy();
    await count(lot, '98.500 KG');
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({
      accepted: 100_000,
      lost: 1_500,
      stock: 98_500,
    });
    await count(lot, '99.000 KG');
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({
      accepted: 100_500,
      lost: 1_500,
      stock: 99_000,
    });
    await count(lot, '0.000 KG');
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({
      accepted: 100_500,
      lost: 100_500,
      stock: 0,
    });
    expect(await goods.ledgerSums()).toEqual([0, 0]);
  });

  it('holds no more than an asset', async () => {
    const document_hash = goods.document();
    const matter = { amount: '46116860184273.88 RUB', document_hash };
    const decision_id = await decide(goods.world, 'forestcoop', 'buy', matter);
    const much = { quantity: '4611686018427387.900 KG', price: '0.01 RUB' };
    const { lot } = await goods.buy({ ...much, decision_id, document_hash });
    await goods.issued({ lot_id: lot, quantity: '1.000 KG' });
    await expectRefusal(
      count(lot, '4611686018427387.903 KG'),
      'quantity: at most 0.003 KG expected, came 1.003 KG',
    );
  });

  it.each([
    ['what is in stock', {}, 'counted: other than the stock expected, lot '],
    ['less than nothing', { counted: '-1.000 KG' }, 'counted: zero or more expected, came -1.000 KG'],
    ['a foreign unit', { counted: '1 PCS' }, 'counted: 3,KG expected, came 0,PCS'],
    ['a decision that is not (R22)', { counted: '1.000 KG', decision_id: 4_000_000 }, 'decision_id'],
    ...[REASON, ZEROS, OTHER_CHAIR, UNKNOWN_LOT].map(
      ([name, over, reason]) => [name, { counted: '1.000 KG', ...over }, reason] as [string, Data, string],
    ),
  ] as [string, Data, string][])('refuses %s', async (_, over, reason) => {
    const { lot } = await goods.buy();
    await expectRefusal(count(lot, '100.000 KG', over), reason);
  });

  it('is signed by the chair', () =>
    expectRefusal(
      goods.acts.count({ lot_id: 1, counted: '1.000 KG' }, ['boris']),
      'anna',
      MISSING_AUTHORITY,
    ));
});

describe('process', () => {
  const process = (inputs: [number, string][], over: Data = {}) =>
    goods.acts.process({
      inputs: inputs.map(([lot_id, quantity]) => ({ lot_id, quantity })),
      document_hash: goods.document(),
      ...over,
    });

  it('uses up inputs and makes a lot whose producer is the cooperative', async () => {
    const one = await goods.buy();
    const two = await goods.buy({ evidence: 3 });
    await process([
      [one.lot, '10.000 KG'],
      [two.lot, '5.000 KG'],
    ]);
    const made = (await lastIds(goods.world)).lot;
    expect(await quantitiesOf(goods.world, one.lot)).toMatchObject({ processed: 10_000, stock: 90_000 });
    expect(await quantitiesOf(goods.world, two.lot)).toMatchObject({ processed: 5_000, stock: 95_000 });
    expect(await goods.lotRow(made)).toMatchObject({
      product: 'starch',
      producer: 'forestcoop',
      producer_kind: 'coop',
      producer_member: false,
      accepted: '2.000 KG',
      stock: '2.000 KG',
      origin: territory(FOREST),
      evidence: 1,
      origins: [],
    });
  });

  it('carries several origins by their mass, also through a second processing', async () => {
    const forest = await goods.buy({ evidence: 3 });
    const milk = { product: 'milk', rejected: '0.000 LTR' };
    const steppe = await goods.buy({ ...milk, quantity: '10.000 LTR', origin: territory(STEPPE) });
    await process([
      [forest.lot, '30.900 KG'],
      [steppe.lot, '10.000 LTR'],
    ]);
    const mixed = (await lastIds(goods.world)).lot;
    expect(await goods.lotRow(mixed)).toMatchObject({
      origin: NOWHERE,
      evidence: 0,
      origins: [
        { origin: territory(FOREST), evidence: 3, ppm: 750_000 },
        { origin: territory(STEPPE), evidence: 1, ppm: 250_000 },
      ],
    });
    const abroad = await goods.buy({ origin: country('KZ'), evidence: 2 });
    await process([
      [mixed, '1.000 KG'],
      [abroad.lot, '3.000 KG'],
    ]);
    expect(await goods.lotRow((await lastIds(goods.world)).lot)).toMatchObject({
      origins: [
        { origin: territory(FOREST), evidence: 3, ppm: 187_500 },
        { origin: territory(STEPPE), evidence: 1, ppm: 62_500 },
        { origin: country('KZ'), evidence: 2, ppm: 750_000 },
      ],
    });
  });

  it.each([
    [
      'more than is in stock',
      { quantity: '100.001 KG' },
      {},
      'inputs: at most 100.000 KG expected, came 100.001 KG',
    ],
    ['nothing of an input', { quantity: '0.000 KG' }, {}, 'inputs: more than zero expected, came 0.000 KG'],
    ['an unknown lot', { lot_id: 4_000_000 }, {}, 'lot_id: a lot expected, came 4000000'],
    ['a lot elsewhere', {}, { point_id: 3 }, 'inputs: lots at point 3 expected, lot '],
    ['a service', {}, { product: 'haircut' }, 'product: goods expected, haircut is a service'],
    ['a product outside its dates', {}, { product: 'oldbread' }, 'product: oldbread is valid from'],
    ['an unknown point', {}, { point_id: 99 }, 'point_id: a registered point expected, came 99'],
    ['to make nothing', {}, { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['no price', {}, { price: '0.00 RUB' }, 'price: more than zero expected, came 0.00 RUB'],
    ['an unknown programme (R64)', {}, { programme: 9 }, 'programme: a known one expected, came 9'],
    ['a decision that is not (R22)', {}, { decision_id: 4_000_000 }, 'decision_id'],
    ['no input', {}, { inputs: [] }, 'inputs: 1 to 16 expected, came 0'],
    [
      'too many inputs',
      {},
      { inputs: Array.from({ length: 17 }, () => ({ lot_id: 1, quantity: '0.001 KG' })) },
      'inputs: 1 to 16 expected, came 17',
    ],
    ...[ZEROS, OTHER_CHAIR].map(
      ([name, over, reason]) => [name, {}, over, reason] as [string, Data, Data, string],
    ),
  ] as [string, Data, Data, string][])('refuses %s', async (_, input, over, reason) => {
    const { lot } = await goods.buy();
    const inputs = [{ lot_id: lot, quantity: '1.000 KG', ...input }];
    await expectRefusal(goods.acts.process({ inputs, document_hash: goods.document(), ...over }), reason);
    expect(await quantitiesOf(goods.world, lot)).toMatchObject({ processed: 0, stock: 100_000 });
  });

  it('is signed by the chair', () =>
    expectRefusal(goods.acts.process({ inputs: [] }, ['boris']), 'anna', MISSING_AUTHORITY));

  it('the city point takes in what is processed there', async () => {
    const { lot } = await goods.buy({ point_id: 3 });
    await process([[lot, '1.000 KG']], { point_id: 3 });
    expect(await goods.actRow((await lastIds(goods.world)).act - 1)).toMatchObject({
      body: {
        from: { point_id: 3, oktmo: CITY, country: '' },
        to: { point_id: 3, oktmo: CITY, country: '' },
      },
    });
  });
});
