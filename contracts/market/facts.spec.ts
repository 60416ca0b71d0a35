import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../chain/driver.ts';
import { type Acts, actsOf, lastIds } from '../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { CITY, FOREST, NOWHERE, STEPPE, country, furnish, hashOf, territory } from '../spec/world.ts';

let chain: SpecChain;
let acts: Acts;

beforeAll(async () => {
  chain = await openSpecChain();
  acts = actsOf(chain.world);
  await furnish(chain.world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

/** The logs of a transaction with their bodies, in order. */
async function logsOf(receipt: Receipt): Promise<[string, Record<string, unknown>][]> {
  const [first, ...logs] = await chain.executed(receipt);
  expect(first?.name.startsWith('log')).toBe(false);
  for (const { account, authorization } of logs)
    expect([account, authorization]).toEqual(['market', [{ actor: 'market', permission: 'active' }]]);
  return logs.map(({ name, data }) => [name, data['body'] as Record<string, unknown>]);
}

const lastAct = async () => (await lastIds(chain.world)).act;
const lastLot = async () => (await lastIds(chain.world)).lot;

const forest = { point_id: 1, oktmo: FOREST, country: '' };
const city = { point_id: 2, oktmo: CITY, country: '' };

/** What every movement of the spec's lot of potato has in common. */
const common = {
  parent_act: 0,
  coop: 'forestcoop',
  programme: 1,
  decision_id: 0,
  robot: '',
  document_hash: hashOf('act'),
  product: 'potato',
  origin: territory(STEPPE),
  evidence: 2,
  producer: 'ivan',
  producer_kind: 'household',
  producer_member: true,
  recipient: '',
  recipient_kind: '',
  residence: '',
  grade: 2,
  rejected: '0.000 KG',
  reject_reason: '',
  parent_lot: 0,
  order_id: 0,
  chair: 'anna',
  reason: '',
  origins: [],
};
const brought = {
  origin: territory(STEPPE),
  evidence: 2,
  producer: 'ivan',
  producer_kind: 'household',
  grade: 2,
};

describe('every act ends in a log with the whole fact', () => {
  it('accept: from the origin to the point', async () => {
    const receipt = await acts.accept({
      ...brought,
      decision_id: 5,
      rejected: '1.250 KG',
      reject_reason: 'гниль',
    });
    const body = {
      ...common,
      act_id: await lastAct(),
      lot_id: await lastLot(),
      decision_id: 5,
      quantity: '100.000 KG',
      grams: 100_000,
      price: '25.00 RUB',
      value: '2500.00 RUB',
      from: territory(STEPPE),
      to: forest,
      rejected: '1.250 KG',
      reject_reason: 'гниль',
      status: 'instock',
    };
    expect(await logsOf(receipt)).toEqual([['logaccept', body]]);
  });

  it('ship, receive and loss: from point to point, the rest is lost on the way', async () => {
    await acts.accept(brought);
    const lot = await lastLot();
    const shipped = await acts.ship({ lot_id: lot, quantity: '10.000 KG' });
    const shipment = await lastAct();
    const body = { ...common, act_id: shipment, lot_id: lot, price: '30.00 RUB', from: forest, to: city };
    expect(await logsOf(shipped)).toEqual([
      [
        'logship',
        { ...body, quantity: '10.000 KG', grams: 10_000, value: '300.00 RUB', status: 'intransit' },
      ],
    ]);
    const received = await acts.receive({ shipment_id: shipment, quantity: '9.999 KG' });
    const completed = {
      ...body,
      parent_act: shipment,
      document_hash: hashOf('waybill'),
      chair: 'boris',
    };
    expect(await logsOf(received)).toEqual([
      [
        'logreceive',
        {
          ...completed,
          act_id: shipment + 1,
          coop: 'rivercoop',
          lot_id: lot + 1,
          parent_lot: lot,
          quantity: '9.999 KG',
          grams: 9_999,
          value: '299.97 RUB',
          status: 'received',
        },
      ],
      [
        'logloss',
        {
          ...completed,
          act_id: shipment + 2,
          quantity: '0.001 KG',
          grams: 1,
          value: '0.03 RUB',
          to: NOWHERE,
          status: 'lost',
        },
      ],
    ]);
  });

  it('sellout: to the buyer, whose residence is not known', async () => {
    await acts.accept(brought);
    const lot_id = await lastLot();
    const receipt = await acts.sellout({ lot_id, recipient_kind: 'processing', to: country('KZ') });
    const body = {
      ...common,
      act_id: await lastAct(),
      lot_id,
      quantity: '10.000 KG',
      grams: 10_000,
      price: '30.00 RUB',
      value: '300.00 RUB',
    };
    expect(await logsOf(receipt)).toEqual([
      [
        'logsellout',
        { ...body, from: forest, to: country('KZ'), recipient_kind: 'processing', status: 'instock' },
      ],
    ]);
  });

  it('issue: to where the member lives, for own use', async () => {
    await acts.accept({ ...brought, quantity: '10.000 KG' });
    const lot_id = await lastLot();
    const receipt = await acts.issue({ lot_id });
    const body = {
      ...common,
      act_id: await lastAct(),
      lot_id,
      quantity: '10.000 KG',
      grams: 10_000,
      price: '30.00 RUB',
      value: '300.00 RUB',
    };
    const fate = { recipient: 'ivan', recipient_kind: 'ownuse', residence: STEPPE, status: 'spent' };
    expect(await logsOf(receipt)).toEqual([
      ['logissue', { ...body, from: forest, to: territory(STEPPE), ...fate }],
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
      { quantity: '9000000000000.000 KG', price: '5000.00 RUB' },
      '45000000000000000.00 RUB',
      '9000000000000000',
    ],
  ])('%s', async (_, over, value, grams) => {
    const logs = await logsOf(await acts.accept(over));
    expect(logs).toEqual([['logaccept', expect.objectContaining({ value, grams }) as unknown]]);
  });

  const price = fc.bigInt({ min: 1n, max: 10n ** 9n });
  const quantity = fc.bigInt({ min: 1n, max: 10n ** 12n });
  it('as integers of any length give it', async () => {
    const accepted = async (kopecks: bigint, millilitres: bigint) => {
      const over = { ...milk, price: asset(kopecks, 2, 'RUB'), quantity: asset(millilitres, 3, 'LTR') };
      const [[, body] = []] = await logsOf(await acts.accept(over));
      expect([body?.['value'], String(body?.['grams'])]).toEqual([
        asset(half(kopecks * millilitres), 2, 'RUB'),
        String(half(1030n * millilitres)),
      ]);
    };
    await fc.assert(fc.asyncProperty(price, quantity, accepted), { numRuns: chain.fast ? 50 : 10 });
  }, 60_000);
});

/** Thousandths to whole units, half up. */
const half = (thousandths: bigint): bigint => (thousandths + 500n) / 1000n;

function asset(amount: bigint, precision: number, code: string): string {
  const digits = String(amount).padStart(precision + 1, '0');
  return `${digits.slice(0, -precision)}.${digits.slice(-precision)} ${code}`;
}
