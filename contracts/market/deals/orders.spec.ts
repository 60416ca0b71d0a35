import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actsOf, lastIds, purchase } from '../../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../../spec/chain.ts';
import { type Deals, FUTURE, OVER, dealsOf, lastDeal, marketLogs, pass } from '../../spec/deals.ts';
import { automate } from '../../spec/decisions.ts';
import { furnishFunds, joinProgramme } from '../../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { type World, ZERO_HASH, apply, furnish, hashOf, productOf } from '../../spec/world.ts';

let chain: SpecChain;
let world: World;
let deals: Deals;

beforeAll(async () => {
  chain = await openSpecChain();
  world = chain.world;
  deals = dealsOf(world);
  await furnish(world);
  await furnishFunds(world);
  const service = { basket_group: 'service', unit: '0,PCS', grams_per_unit: 0, primary_ppm: 0 };
  await world.act('registry', 'setproduct', ['ano'], productOf('haircut', service));
  await actsOf(world).buy({ quantity: '500.000 KG' });
}, 120_000);

afterAll(async () => {
  await chain.close();
});

const rowOf = (id: number) => world.row('market', 'market', 'orders', String(id));

const fact = {
  coop: 'forestcoop',
  member: 'ivan',
  programme: 1,
  product: 'potato',
  quantity: '20.000 KG',
  filled: '0.000 KG',
  price: '30.00 RUB',
  point_id: 1,
  due: FUTURE,
  document_hash: hashOf('order'),
  status: 'open',
};

async function ordered(over = {}): Promise<number> {
  await deals.order(over);
  return lastDeal(world, 'order_id');
}

let claims = 0;
/** Issues potatoes of lot 1 on an order; returns the act's transaction. */
async function issue(order_id: number, quantity: string, member = 'ivan') {
  const acts = actsOf(world);
  const document_hash = hashOf(`claim ${++claims}`);
  await acts.claim({ member, lot_id: 1, quantity, order_id, document_hash });
  return acts.issue({ document_hash });
}

describe('order', () => {
  it('is logged whole', async () => {
    const receipt = await deals.order();
    const order_id = await lastDeal(world, 'order_id');
    expect(await marketLogs(chain, receipt)).toEqual([['logorder', { order_id, ...fact }]]);
  });

  it.each([
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['a day that is past', { due: OVER }, "due: after the block's time"],
    ['an unknown point', { point_id: 99 }, 'point_id: a registered point expected, came 99'],
    ['an unknown product', { product: 'ambrosia' }, 'product: a registered product expected, came ambrosia'],
    ['a service', { product: 'haircut', quantity: '1 PCS' }, 'product: goods expected, haircut is a service'],
    ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['another unit', { quantity: '1.000 LTR' }, 'quantity: 3,KG expected, came 3,LTR'],
    ['no price', { price: '0.00 RUB' }, 'price: more than zero expected, came 0.00 RUB'],
    [
      'one who only applied',
      { member: 'petr' },
      'member: an active member of forestcoop expected, petr is applied',
    ],
    [
      "another cooperative's programme",
      { programme: 2 },
      'programme: one of forestcoop expected, 2 is of rivercoop',
    ],
  ])('refuses %s', (_what, over, reason) => expectRefusal(deals.order(over), reason));

  it('R64: refuses one who takes no part in the programme', () =>
    expectRefusal(
      deals.order({ member: 'foma' }),
      'member: a participant of programme 1 expected, foma is none',
    ));

  it('is signed by the member', () => expectRefusal(deals.order({}, ['anna']), 'ivan', MISSING_AUTHORITY));
});

describe('an issue on an order', () => {
  it('fills it in parts', async () => {
    const order_id = await ordered();
    const first = await issue(order_id, '5.000 KG');
    expect((await marketLogs(chain, first)).find(([name]) => name === 'logorder')).toEqual([
      'logorder',
      { order_id, ...fact, filled: '5.000 KG', status: 'part' },
    ]);
    await issue(order_id, '15.000 KG');
    expect(await rowOf(order_id)).toMatchObject({ filled: '20.000 KG', status: 'filled' });
  });

  it('is given back when it is reversed', async () => {
    const order_id = await ordered();
    await issue(order_id, '20.000 KG');
    const { act } = await lastIds(world);
    await actsOf(world).reverse({ act_id: act, party: 'ivan' });
    expect(await rowOf(order_id)).toMatchObject({ filled: '0.000 KG', status: 'open' });
  });

  it('is refused beyond what is left', async () => {
    const order_id = await ordered();
    await issue(order_id, '15.000 KG');
    await expectRefusal(
      issue(order_id, '5.001 KG'),
      `quantity: at most 5.000 KG of order ${order_id} expected, came 5.001 KG`,
    );
  });

  it('is refused for another member or product', async () => {
    const order_id = await ordered();
    await expectRefusal(
      issue(order_id, '1.000 KG', 'anna'),
      `member: ivan of order ${order_id} expected, came anna`,
    );
    const milk = await ordered({ product: 'milk', quantity: '1.000 LTR' });
    await expectRefusal(issue(milk, '1.000 KG'), `product: milk of order ${milk} expected, came potato`);
  });

  it('is refused on an unknown or cancelled order', async () => {
    const order_id = await ordered();
    await deals.cancelorder({ order_id });
    await expectRefusal(issue(order_id, '1.000 KG'), `order_id: a standing order expected, came ${order_id}`);
  });
});

describe('cancelorder', () => {
  it('takes back what is left', async () => {
    const order_id = await ordered();
    await issue(order_id, '5.000 KG');
    const receipt = await deals.cancelorder({ order_id });
    expect(await marketLogs(chain, receipt)).toEqual([
      ['logorder', { order_id, ...fact, filled: '5.000 KG', status: 'cancelled' }],
    ]);
    expect(await rowOf(order_id)).toBeUndefined();
  });

  it('is for its member, of what is not filled', async () => {
    const order_id = await ordered({ quantity: '1.000 KG' });
    await expectRefusal(
      deals.cancelorder({ order_id, member: 'anna' }),
      `member: ivan of order ${order_id} expected, came anna`,
    );
    await expectRefusal(deals.cancelorder({ order_id }, ['anna']), 'ivan', MISSING_AUTHORITY);
    await expectRefusal(
      deals.cancelorder({ order_id: 999 }),
      'order_id: a standing order expected, came 999',
    );
    await issue(order_id, '1.000 KG');
    await expectRefusal(
      deals.cancelorder({ order_id }),
      `order_id: status open or part expected, order ${order_id} is filled`,
    );
  });
});

describe('lapseorder', () => {
  it('waits for the day', async () => {
    const order_id = await ordered();
    await expectRefusal(
      deals.lapseorder({ order_id }),
      `order_id: an order that was due expected, ${order_id} is due at 3786912000`,
    );
    await expectRefusal(deals.lapseorder({ order_id }, ['anna']), 'stranger', MISSING_AUTHORITY);
  });

  it('clears away what was due, and nothing more is issued on it, where time can travel', async () => {
    const { headBlockTime } = await world.driver.info();
    const day = Date.parse(`${headBlockTime.replace(/Z$/, '')}Z`) + 86_400_000;
    const due = new Date(day).toISOString().slice(0, 19);
    const [open, filled] = [await ordered({ due }), await ordered({ due, quantity: '1.000 KG' })];
    await issue(filled, '1.000 KG');
    if (!(await pass(world, 2))) return;
    await expectRefusal(
      issue(open, '1.000 KG'),
      `order_id: an order that is not lapsed expected, order ${open} was due`,
    );
    expect(await marketLogs(chain, await deals.lapseorder({ order_id: open }))).toMatchObject([
      ['logorder', { status: 'lapsed', filled: '0.000 KG' }],
    ]);
    expect(await marketLogs(chain, await deals.lapseorder({ order_id: filled }))).toMatchObject([
      ['logorder', { status: 'filled' }],
    ]);
    expect([await rowOf(open), await rowOf(filled)]).toEqual([undefined, undefined]);
  });
});

it('goods of another cooperative do not fill an order', async () => {
  const order_id = await ordered();
  await apply(world, 'ivan', 'rivercoop', 2);
  await automate(world, 'rivercoop', 'admit', { subject: 'ivan' });
  await joinProgramme(world, 'ivan', 2);
  const acts = actsOf(world);
  await acts.buy({ ...purchase, chair: 'boris', point_id: 2, programme: 2 });
  const { lot } = await lastIds(world);
  const document_hash = hashOf('elsewhere');
  const both = async () => {
    await acts.claim({ lot_id: lot, order_id, programme: 2, document_hash });
    await acts.issue({ chair: 'boris', document_hash });
  };
  await expectRefusal(both(), `coop: forestcoop of order ${order_id} expected, came rivercoop`);
});
