import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastIds } from '../../spec/acts.ts';
import { decide, lastDecision } from '../../spec/decisions.ts';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { CITY, FOREST, NOWHERE, STEPPE, country, hashOf, territory } from '../../spec/world.ts';

let goods: GoodsWorld;

beforeAll(async () => {
  goods = await openGoodsWorld();
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

const last = () => lastIds(goods.world);
const forest = { point_id: 1, oktmo: FOREST, country: '' };
const city = { point_id: 2, oktmo: CITY, country: '' };
const brought = { origin: territory(STEPPE), evidence: 2, grade: 1 };

/** What every movement of ivan's potato has in common; the robot decided it. */
const common = async () => ({
  parent_act: 0,
  coop: 'forestcoop',
  programme: 1,
  decision_id: await lastDecision(goods.world),
  robot: 'market',
  document_hash: hashOf('fact'),
  product: 'potato',
  origin: territory(STEPPE),
  evidence: 2,
  producer: 'ivan',
  producer_kind: 'household',
  producer_member: true,
  recipient: '',
  recipient_kind: '',
  residence: '',
  grade: 1,
  rejected: '0.000 KG',
  reject_reason: '',
  parent_lot: 0,
  order_id: 0,
  chair: 'anna',
  reason: '',
  origins: [],
});

/** What 10 kg at 30 roubles are. */
const ten = { quantity: '10.000 KG', grams: 10_000, price: '30.00 RUB', value: '300.00 RUB' };
const document = { document_hash: hashOf('fact') };
const toMember = {
  to: territory(STEPPE),
  recipient: 'ivan',
  recipient_kind: 'ownuse',
  residence: STEPPE,
};

const supplied = async () => (await goods.supplied({ ...brought, document_hash: goods.document() })).lot;

describe('every act ends in a log with the whole fact', () => {
  it('supply and accept: from the origin to the point', async () => {
    const offer = { origin: territory(STEPPE), evidence: 3, ...document };
    const supply = await goods.acts.supply(offer);
    const hundred = { quantity: '100.000 KG', grams: 100_000, price: '25.00 RUB', value: '2500.00 RUB' };
    const way = { from: territory(STEPPE), to: forest };
    const waiting = {
      ...(await common()),
      ...hundred,
      ...way,
      act_id: 0,
      lot_id: 0,
      decision_id: 0,
      robot: '',
      chair: '',
      evidence: 3,
      grade: 0,
      status: 'supplied',
    };
    expect(await goods.logsOf(supply)).toEqual([['logintent', waiting]]);
    const found = { quantity: '98.750 KG', evidence: 2, rejected: '1.250 KG', reject_reason: 'гниль' };
    const receipt = await goods.acts.accept({ ...document, ...found });
    const { act, lot } = await last();
    const amounts = { quantity: '98.750 KG', grams: 98_750, price: '25.00 RUB', value: '2468.75 RUB' };
    const body = { ...(await common()), ...amounts, ...way, act_id: act, lot_id: lot };
    const rejected = { rejected: '1.250 KG', reject_reason: 'гниль', status: 'instock' };
    expect(await goods.logsOf(receipt)).toEqual([['logaccept', { ...body, ...rejected }]]);
  });

  it('buy: with no producer named', async () => {
    const { act, lot, receipt } = await goods.buy({ ...brought, ...document });
    const producer = { producer: '', producer_kind: 'farm', producer_member: false };
    const amounts = { quantity: '100.000 KG', grams: 100_000, price: '25.00 RUB', value: '2500.00 RUB' };
    const way = { from: territory(STEPPE), to: forest, status: 'instock' };
    const body = { ...(await common()), ...producer, ...amounts, ...way, act_id: act, lot_id: lot };
    expect(await goods.logsOf(receipt)).toEqual([['logaccept', body]]);
  });

  it('ship, receive and loss: from point to point, the rest is lost on the way', async () => {
    const lot = await supplied();
    const shipped = await goods.acts.ship({ lot_id: lot, ...document });
    const { act: shipment } = await last();
    const body = { ...(await common()), lot_id: lot, from: forest, to: city };
    const sent = { ...body, ...ten, act_id: shipment, status: 'intransit' };
    expect(await goods.logsOf(shipped)).toEqual([['logship', sent]]);
    const receipt = await goods.acts.receive({ shipment_id: shipment, quantity: '9.999 KG' });
    const completed = {
      ...body,
      parent_act: shipment,
      document_hash: hashOf('waybill'),
      chair: 'boris',
      price: '30.00 RUB',
    };
    const arrived = { quantity: '9.999 KG', grams: 9_999, value: '299.97 RUB', status: 'received' };
    const ids = { act_id: shipment + 1, coop: 'rivercoop', lot_id: lot + 1, parent_lot: lot };
    const missing = { quantity: '0.001 KG', grams: 1, value: '0.03 RUB', to: NOWHERE, status: 'lost' };
    expect(await goods.logsOf(receipt)).toEqual([
      ['logreceive', { ...completed, ...arrived, ...ids }],
      ['logloss', { ...completed, ...missing, act_id: shipment + 2 }],
    ]);
  });

  it('sellout: to the buyer, whose residence is not known', async () => {
    const lot_id = await supplied();
    const to = country('KZ');
    const receipt = await goods.acts.sellout({ lot_id, recipient_kind: 'processing', to, ...document });
    const fate = { from: forest, to, recipient_kind: 'processing', status: 'instock' };
    const body = { ...(await common()), ...ten, ...fate, act_id: (await last()).act, lot_id };
    expect(await goods.logsOf(receipt)).toEqual([['logsellout', body]]);
  });

  it('claim and issue: to where the member lives, for own use', async () => {
    const lot_id = await supplied();
    const claim = await goods.acts.claim({ lot_id, ...document });
    const body = { ...(await common()), ...ten, ...toMember, from: forest, lot_id };
    const open = { act_id: 0, decision_id: 0, robot: '', chair: '', status: 'claimed' };
    expect(await goods.logsOf(claim)).toEqual([['logintent', { ...body, ...open }]]);
    const receipt = await goods.acts.issue(document);
    const { act } = await last();
    const { decision_id } = await common();
    const done = { act_id: act, decision_id, status: 'instock' };
    expect(await goods.logsOf(receipt)).toEqual([['logissue', { ...body, ...done }]]);
  });

  it.each([
    [true, 'returned'],
    [false, 'spoiled'],
  ] as const)('giveback and takeback (fit: %s): from the member to the point', async (fit, status) => {
    const lot_id = await supplied();
    const issue = await goods.issued({ lot_id });
    const data = { act_id: issue.act, quantity: '1.000 KG', reason: 'не подошло', ...document };
    const giveback = await goods.acts.giveback(data);
    const one = { quantity: '1.000 KG', grams: 1_000, price: '30.00 RUB', value: '30.00 RUB' };
    const way = { ...toMember, from: territory(STEPPE), to: forest, reason: 'не подошло' };
    const body = { ...(await common()), ...one, ...way, parent_act: issue.act, lot_id };
    const open = { act_id: 0, decision_id: 0, robot: '', chair: '', status: 'givenback' };
    expect(await goods.logsOf(giveback)).toEqual([['logintent', { ...body, ...open }]]);
    const receipt = await goods.acts.takeback({ fit, ...document });
    const { decision_id } = await common();
    const done = { act_id: (await last()).act, decision_id, status };
    expect(await goods.logsOf(receipt)).toEqual([['logreturn', { ...body, ...done }]]);
  });

  it('complain and resolve: the complaint in full', async () => {
    const lot_id = await supplied();
    const { act } = await goods.issued({ lot_id });
    const complain = await goods.acts.complain({ act_id: act, ...document });
    const { complaint } = await last();
    const fact = { complaint_id: complaint, coop: 'forestcoop', act_id: act, lot_id, product: 'potato' };
    const said = { member: 'ivan', quantity: '1.000 KG', reason: 'гниль', status: 'open', chair: '' };
    expect(await goods.logsOf(complain)).toEqual([['logclaim', { ...fact, ...said, ...document }]]);
    const answer = { upheld: false, reason: 'хранили в тепле', document_hash: hashOf('answer') };
    const resolve = await goods.acts.resolve({ complaint_id: complaint, ...answer });
    const answered = { reason: 'хранили в тепле', status: 'dismissed', chair: 'anna' };
    const told = { ...fact, ...said, ...answered, document_hash: hashOf('answer') };
    expect(await goods.logsOf(resolve)).toEqual([['logclaim', told]]);
  });

  it("writeoff: from the point to nowhere, by the council's own decision", async () => {
    const lot_id = await supplied();
    const matter = { subject: lot_id, amount: '25.00 RUB', document_hash: hashOf('fact') };
    const decision_id = await decide(goods.world, 'forestcoop', 'writeoff', matter);
    const receipt = await goods.acts.writeoff({ lot_id, decision_id, ...document });
    const one = { quantity: '1.000 KG', grams: 1_000, price: '25.00 RUB', value: '25.00 RUB' };
    const fate = { robot: '', decision_id, from: forest, to: NOWHERE, reason: 'гниль', status: 'lost' };
    const body = { ...(await common()), ...one, ...fate, act_id: (await last()).act, lot_id };
    expect(await goods.logsOf(receipt)).toEqual([['logloss', body]]);
  });

  it.each([
    ['99.000 KG', 'shortage', forest, NOWHERE],
    ['101.000 KG', 'surplus', NOWHERE, forest],
  ] as const)('count to %s: a %s', async (counted, status, from, to) => {
    const lot_id = await supplied();
    const receipt = await goods.acts.count({ lot_id, counted, ...document });
    const one = { quantity: '1.000 KG', grams: 1_000, price: '25.00 RUB', value: '25.00 RUB' };
    const fate = { from, to, reason: 'инвентаризация', status };
    const body = { ...(await common()), ...one, ...fate, act_id: (await last()).act, lot_id };
    expect(await goods.logsOf(receipt)).toEqual([['logcount', body]]);
  });

  it('process: what was made, then each of what was used', async () => {
    const lots = [await supplied(), (await goods.buy({ origin: NOWHERE, evidence: 0 })).lot];
    const { act: before } = await last();
    const inputs = lots.map((lot_id, at) => ({ lot_id, quantity: `${String(at + 1)}.000 KG` }));
    const receipt = await goods.acts.process({ inputs, ...document });
    const { lot } = await last();
    const body = { ...(await common()), from: forest, to: forest };
    const made = {
      ...body,
      act_id: before + 1,
      lot_id: lot,
      product: 'starch',
      quantity: '2.000 KG',
      grams: 2_000,
      price: '120.00 RUB',
      value: '240.00 RUB',
      producer: 'forestcoop',
      producer_kind: 'coop',
      producer_member: false,
      origin: NOWHERE,
      evidence: 0,
      origins: [
        { origin: territory(STEPPE), evidence: 2, ppm: 333_333 },
        { origin: NOWHERE, evidence: 0, ppm: 666_667 },
      ],
      status: 'made',
    };
    const used = { ...body, parent_act: before + 1, price: '25.00 RUB', status: 'used' };
    const bought = {
      origin: NOWHERE,
      evidence: 0,
      producer: '',
      producer_kind: 'farm',
      producer_member: false,
    };
    const one = { lot_id: lots[0], quantity: '1.000 KG', grams: 1_000, value: '25.00 RUB' };
    const two = { lot_id: lots[1], quantity: '2.000 KG', grams: 2_000, value: '50.00 RUB' };
    expect(await goods.logsOf(receipt)).toEqual([
      ['logprocess', made],
      ['logprocess', { ...used, ...one, act_id: before + 2 }],
      ['logprocess', { ...used, ...bought, ...two, act_id: before + 3 }],
    ]);
  });

  it('reverse: the body of the act, which it names', async () => {
    const { act, lot } = await goods.supplied({ ...brought, document_hash: goods.document() });
    const receipt = await goods.acts.reverse({ act_id: act, party: 'ivan', ...document });
    const hundred = { quantity: '100.000 KG', grams: 100_000, price: '25.00 RUB', value: '2500.00 RUB' };
    const ids = { act_id: act + 1, parent_act: act, lot_id: lot };
    const fate = { from: territory(STEPPE), to: forest, reason: 'ошибка', status: 'accept' };
    expect(await goods.logsOf(receipt)).toEqual([
      ['logreverse', { ...(await common()), ...hundred, ...ids, ...fate }],
    ]);
  });

  it('reverse a receipt: its shortfall too', async () => {
    const lot_id = await supplied();
    await goods.acts.ship({ lot_id, document_hash: goods.document() });
    const { act: shipment } = await last();
    await goods.acts.receive({ shipment_id: shipment, quantity: '9.000 KG' });
    const receipt = await goods.acts.reverse({ act_id: shipment + 1, chair: 'boris', ...document });
    const logs = await goods.logsOf(receipt);
    expect(
      logs.map(([name, { act_id, parent_act, status, quantity }]) => [
        name,
        act_id,
        parent_act,
        status,
        quantity,
      ]),
    ).toEqual([
      ['logreverse', shipment + 3, shipment + 1, 'receive', '9.000 KG'],
      ['logreverse', shipment + 4, shipment + 2, 'loss', '1.000 KG'],
    ]);
  });
});

describe('value and mass are rounded half up, in integers', () => {
  const milk = { product: 'milk', rejected: '0.000 LTR' };
  const eggs = { product: 'eggs', rejected: '0 PCS' };
  it.each([
    ['half a kopeck up', { quantity: '0.500 KG', price: '0.01 RUB' }, '0.01 RUB', 500],
    ['less than half down', { quantity: '0.499 KG', price: '0.01 RUB' }, '0.00 RUB', 499],
    [
      'litres by their density',
      { ...milk, quantity: '12.345 LTR', price: '33.33 RUB' },
      '411.46 RUB',
      12_715,
    ],
    ['half a gram up', { ...milk, quantity: '0.050 LTR', price: '1.00 RUB' }, '0.05 RUB', 52],
    ['pieces exactly', { ...eggs, quantity: '361 PCS', price: '9.99 RUB' }, '3606.39 RUB', 19_855],
    [
      'beyond 64 bits on the way',
      { quantity: '100000.000 KG', price: '5000.00 RUB' },
      '500000000.00 RUB',
      100_000_000,
    ],
  ])('%s', async (_, over, value, grams) => {
    const { receipt } = await goods.buy(over);
    const fact = expect.objectContaining({ value, grams }) as unknown;
    expect(await goods.logsOf(receipt)).toEqual([['logaccept', fact]]);
  });

  const price = fc.bigInt({ min: 1n, max: 10n ** 9n });
  const quantity = fc.bigInt({ min: 1n, max: 10n ** 5n });
  it('as integers of any length give it', async () => {
    const accepted = async (kopecks: bigint, millilitres: bigint) => {
      const over = { ...milk, price: asset(kopecks, 2, 'RUB'), quantity: asset(millilitres, 3, 'LTR') };
      const [[, body] = []] = await goods.logsOf((await goods.buy(over)).receipt);
      expect([body?.['value'], String(body?.['grams'])]).toEqual([
        asset(half(kopecks * millilitres), 2, 'RUB'),
        String(half(1030n * millilitres)),
      ]);
    };
    await fc.assert(fc.asyncProperty(price, quantity, accepted), { numRuns: goods.chain.fast ? 50 : 10 });
  }, 60_000);
});

/** Thousandths to whole units, half up. */
const half = (thousandths: bigint): bigint => (thousandths + 500n) / 1000n;

function asset(amount: bigint, precision: number, code: string): string {
  const digits = String(amount).padStart(precision + 1, '0');
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)} ${code}`;
}
