import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentKey } from '../../chain/system.ts';
import { type SpecChain, openSpecChain } from '../../spec/chain.ts';
import {
  type Deals,
  FUTURE,
  OVER,
  LATER,
  PAST,
  dealsOf,
  lastDeal,
  marketLogs,
  pass,
} from '../../spec/deals.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { type World, ZERO_HASH, furnish, hashOf, productOf } from '../../spec/world.ts';

let chain: SpecChain;
let world: World;
let deals: Deals;

beforeAll(async () => {
  chain = await openSpecChain();
  world = chain.world;
  deals = dealsOf(world);
  await furnish(world);
  const service = { basket_group: 'service', unit: '0,PCS', grams_per_unit: 0, primary_ppm: 0 };
  await world.act('registry', 'setproduct', ['ano'], productOf('haircut', service));
  const over = { valid_to: OVER };
  await world.act('registry', 'setproduct', ['ano'], productOf('oldsort', over));
}, 120_000);

afterAll(async () => {
  await chain.close();
});

const row = async () => {
  const id = await lastDeal(world, 'offer_id');
  return world.row('market', 'market', 'offers', String(id));
};

const fact = {
  coop: 'forestcoop',
  member: 'ivan',
  product: 'potato',
  quantity: '20.000 KG',
  price: '30.00 RUB',
  from: PAST,
  till: FUTURE,
  best_before: '2090-06-01T00:00:00',
  point_id: 1,
  wants: ['milk', 'haircut'],
  document_hash: hashOf('offer'),
  status: 'open',
};

describe.each(['offer', 'need'] as const)('%s', (kind) => {
  const log = `log${kind}`;
  const whole = { best_before: fact.best_before, wants: fact.wants };

  it('is logged whole, and so is its withdrawal', async () => {
    const receipt = await deals[kind](whole);
    const offer_id = await lastDeal(world, 'offer_id');
    expect(await marketLogs(chain, receipt)).toEqual([[log, { offer_id, kind, ...fact }]]);
    const withdrawn = await deals.withdraw({ offer_id });
    expect(await marketLogs(chain, withdrawn)).toEqual([
      [log, { offer_id, kind, ...fact, status: 'withdrawn' }],
    ]);
    expect(await row()).toBeUndefined();
  });

  it('is of a service too', async () => {
    await deals[kind]({ product: 'haircut', quantity: '1 PCS' });
    expect(await row()).toMatchObject({ kind, product: 'haircut', quantity: '1 PCS' });
  });

  it.each([
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['a time that is over', { till: OVER }, "till: after the block's time"],
    ['an end before the beginning', { from: LATER }, 'till: after 3944678400 expected, came 3786912000'],
    [
      'goods that spoil before',
      { best_before: '1999-12-31T00:00:00' },
      'best_before: zero or not before 946684800',
    ],
    ['an unknown point', { point_id: 99 }, 'point_id: a registered point expected, came 99'],
    [
      "another cooperative's point",
      { point_id: 2 },
      'member: an active member of rivercoop expected, ivan is none',
    ],
    [
      'one who only applied',
      { member: 'petr' },
      'member: an active member of forestcoop expected, petr is applied',
    ],
    ['an unknown product', { product: 'ambrosia' }, 'product: a registered product expected, came ambrosia'],
    ['a product of the past', { product: 'oldsort' }, 'product: oldsort is valid from'],
    ['nothing', { quantity: '0.000 KG' }, 'quantity: more than zero expected, came 0.000 KG'],
    ['another unit', { quantity: '1.000 LTR' }, 'quantity: 3,KG expected, came 3,LTR'],
    ['no price', { price: '0.00 RUB' }, 'price: more than zero expected, came 0.00 RUB'],
    ['too high a price', { price: '1000000000.01 RUB' }, 'price: at most 1000000000.00 RUB expected'],
    ['nine wants', { wants: Array<string>(9).fill('milk') }, 'wants: at most 8 products expected, came 9'],
    ['an unknown want', { wants: ['ambrosia'] }, 'product: a registered product expected, came ambrosia'],
  ])('refuses %s', (_what, over, reason) => expectRefusal(deals[kind](over), reason));

  it('is signed by the member', () => expectRefusal(deals[kind]({}, ['anna']), 'ivan', MISSING_AUTHORITY));
});

describe('withdraw', () => {
  it('is for its member, of what stands', async () => {
    await deals.offer();
    const offer_id = await lastDeal(world, 'offer_id');
    await expectRefusal(
      deals.withdraw({ offer_id, member: 'anna' }),
      `member: ivan of offer ${offer_id} expected, came anna`,
    );
    await expectRefusal(deals.withdraw({ offer_id }, ['anna']), 'ivan', MISSING_AUTHORITY);
    await expectRefusal(
      deals.withdraw({ offer_id: 999 }),
      'offer_id: a standing offer or need expected, came 999',
    );
  });
});

describe('what stands', () => {
  it('is at most 100 offers and needs of a member, until one is taken back', async () => {
    const before = await world.row('market', 'market', 'standing', 'ivan');
    const { from, till, best_before, point_id, wants, document_hash } = fact;
    const wanted = { product: 'potato', price: '30.00 RUB', from, till, best_before, point_id, wants };
    const need = (kilograms: number) => ({
      account: 'market',
      name: 'need',
      authorization: [{ actor: 'anna', permission: 'active' }],
      data: { member: 'anna', quantity: `${kilograms}.000 KG`, ...wanted, document_hash },
    });
    for (let turn = 0; turn < 5; turn++) {
      const some = Array.from({ length: 20 }, (_, at) => need(1 + turn * 20 + at));
      await world.driver.transact(some, [developmentKey]);
    }
    expect(await world.row('market', 'market', 'standing', 'anna')).toEqual({ member: 'anna', offers: 100 });
    await expectRefusal(
      deals.offer({ member: 'anna' }),
      'member: at most 100 offers and needs that stand expected, anna has them',
    );
    await deals.withdraw({ member: 'anna', offer_id: await lastDeal(world, 'offer_id') });
    await deals.offer({ member: 'anna' });
    expect(await world.row('market', 'market', 'standing', 'ivan')).toEqual(before);
  });
});

describe('a closed point', () => {
  it('takes no offers', async () => {
    const point = { coop: 'forestcoop', section_id: 1, oktmo: '02701000', title: 'Рынок' };
    await world.act('registry', 'addpoint', ['forestcoop'], { ...point, address_hash: hashOf('market') });
    await world.act('registry', 'closepoint', ['forestcoop'], { coop: 'forestcoop', point_id: 3 });
    await expectRefusal(deals.offer({ point_id: 3 }), 'point_id: an open point expected, 3 is closed');
  });
});

describe('lapseoffer', () => {
  it('clears away what is over, where time can travel', async () => {
    await deals.offer();
    const offer_id = await lastDeal(world, 'offer_id');
    await expectRefusal(
      deals.lapseoffer({ offer_id }),
      `offer_id: an offer that is over expected, ${offer_id} stands till 3786912000`,
    );
    await expectRefusal(deals.lapseoffer({ offer_id }, ['anna']), 'stranger', MISSING_AUTHORITY);
    const { headBlockTime } = await world.driver.info();
    const till = new Date(Date.parse(`${headBlockTime.replace(/Z$/, '')}Z`) + 86_400_000)
      .toISOString()
      .slice(0, 19);
    await deals.offer({ till });
    if (!(await pass(world, 2))) return;
    const receipt = await deals.lapseoffer({ offer_id: offer_id + 1 });
    expect(await marketLogs(chain, receipt)).toMatchObject([['logoffer', { status: 'lapsed', till }]]);
    expect(await row()).toBeUndefined();
  });
});
