import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount, developmentKey, publicText } from '../../chain/system.ts';
import { type SpecChain, openSpecChain } from '../../spec/chain.ts';
import {
  type Deals,
  FUTURE,
  OVER,
  bookings,
  dealsOf,
  lastDeal,
  marketLogs,
  pass,
  subjectOf,
} from '../../spec/deals.ts';
import { automate, decide, lastDecision } from '../../spec/decisions.ts';
import { furnishFunds, joinProgramme, openProgramme } from '../../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { FOREST, type World, ZERO_HASH, apply, furnish, hashOf } from '../../spec/world.ts';

let chain: SpecChain;
let world: World;
let deals: Deals;

beforeAll(async () => {
  chain = await openSpecChain();
  world = chain.world;
  deals = dealsOf(world);
  await furnish(world);
  await furnishFunds(world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

async function opened(over = {}): Promise<number> {
  await deals.pool(over);
  return lastDeal(world, 'pool_id');
}

/** A pool of 400 by ivan and 600 by anna. */
async function filled(over = {}): Promise<number> {
  const pool_id = await opened(over);
  await deals.joinpool({ pool_id });
  await deals.joinpool({ pool_id, member: 'anna', amount: '600.00 RUB' });
  return pool_id;
}

const fact = {
  coop: 'forestcoop',
  programme: 1,
  kind: 'invest',
  subject: 0,
  target: '1000.00 RUB',
  till: FUTURE,
  opener: 'ivan',
};

describe('pool', () => {
  it('R22: is logged whole from opening to closing, under a decision', async () => {
    const receipt = await deals.pool();
    const pool_id = await lastDeal(world, 'pool_id');
    const whole = { pool_id, ...fact, decision_id: await lastDecision(world), robot: 'market' };
    const opening = {
      collected: '0.00 RUB',
      member: 'ivan',
      amount: '0.00 RUB',
      document_hash: hashOf('pool'),
    };
    expect(await marketLogs(chain, receipt)).toEqual([['logpool', { ...whole, ...opening, status: 'open' }]]);
    const pledge = {
      document_hash: hashOf('pledge'),
      member: 'ivan',
      amount: '400.00 RUB',
      collected: '400.00 RUB',
    };
    const first = await deals.joinpool({ pool_id });
    expect(await marketLogs(chain, first)).toEqual([['logpool', { ...whole, ...pledge, status: 'open' }]]);
    const last = await deals.joinpool({ pool_id, member: 'anna', amount: '600.00 RUB' });
    const full = {
      ...pledge,
      member: 'anna',
      amount: '600.00 RUB',
      collected: '1000.00 RUB',
      status: 'full',
    };
    expect(await marketLogs(chain, last)).toEqual([['logpool', { ...whole, ...full }]]);
    const closing = { ...full, member: 'ivan', amount: '0.00 RUB', status: 'closed' };
    expect(await marketLogs(chain, await deals.closepool({ pool_id }))).toEqual([
      ['logpool', { ...whole, ...closing }],
    ]);
    expect(await world.row('market', 'market', 'pools', String(pool_id))).toBeUndefined();
  });

  it('R22: uses up the decision of the council', async () => {
    const document_hash = hashOf('voted pool');
    const matter = { subject: 0, amount: '1000.00 RUB', document_hash };
    const decision_id = await decide(world, 'forestcoop', 'pool', matter);
    const receipt = await deals.pool({ document_hash, decision_id });
    expect(await marketLogs(chain, receipt)).toMatchObject([['logpool', { decision_id, robot: '' }]]);
  });

  it("is also of an order, in the product's unit, and of a rent of a thing", async () => {
    const order = { kind: 'order', subject: subjectOf('potato'), target: '500.000 KG' };
    const pool_id = await opened(order);
    await deals.joinpool({ pool_id, amount: '40.000 KG' });
    expect(await world.row('market', 'market', 'pools', String(pool_id))).toMatchObject({
      collected: '40.000 KG',
      pledges: [{ member: 'ivan', amount: '40.000 KG' }],
    });
    await deals.addthing();
    await deals.pool({ kind: 'rent', subject: await lastDeal(world, 'thing_id') });
  });

  it('R64: refuses one who takes no part in the programme', () =>
    expectRefusal(
      deals.pool({ member: 'foma' }),
      'member: a participant of programme 1 expected, foma is none',
    ));

  it.each([
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['an unknown kind', { kind: 'gift' }, 'kind: one of order rent invest expected, came gift'],
    ['a time that is over', { till: OVER }, "till: after the block's time"],
    ['nothing', { target: '0.00 RUB' }, 'target: more than zero expected, came 0.00 RUB'],
    ['goods to invest', { target: '1.000 KG' }, 'target: 2,RUB expected, came 3,KG'],
    ['an unknown thing', { kind: 'rent', subject: 999 }, 'subject: a registered thing expected, came 999'],
    [
      'an unknown product',
      { kind: 'order', subject: subjectOf('ambrosia'), target: '1.000 KG' },
      'product: a registered product expected, came ambrosia',
    ],
    [
      'another unit',
      { kind: 'order', subject: subjectOf('potato'), target: '1.000 LTR' },
      'target: 3,KG expected, came 3,LTR',
    ],
    ['an unknown programme', { programme: 999 }, 'programme: a known one expected, came 999'],
    [
      'one who only applied',
      { member: 'petr' },
      'member: an active member of forestcoop expected, petr is applied',
    ],
  ])('refuses %s', (_what, over, reason) => expectRefusal(deals.pool(over), reason));

  it('is signed by the member', () => expectRefusal(deals.pool({}, ['anna']), 'ivan', MISSING_AUTHORITY));
});

describe('joinpool', () => {
  it('adds to a pledge of the same member', async () => {
    const pool_id = await opened();
    for (const amount of ['400.00 RUB', '100.00 RUB']) await deals.joinpool({ pool_id, amount });
    expect(await world.row('market', 'market', 'pools', String(pool_id))).toMatchObject({
      collected: '500.00 RUB',
      pledges: [{ member: 'ivan', amount: '500.00 RUB' }],
    });
  });

  it.each([
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['an unknown pool', { pool_id: 999 }, 'pool_id: a standing pool expected, came 999'],
    ['nothing', { amount: '0.00 RUB' }, 'amount: more than zero expected, came 0.00 RUB'],
    ['goods for money', { amount: '1.000 KG' }, 'amount: 2,RUB expected, came 3,KG'],
    ['more than is left', { amount: '1000.01 RUB' }, 'amount: at most 1000.00 RUB of pool'],
    [
      'one who takes no part',
      { member: 'foma' },
      'member: a participant of programme 1 expected, foma is none',
    ],
  ])('refuses %s', async (_what, over, reason) => {
    const pool_id = await opened();
    await expectRefusal(deals.joinpool({ pool_id, ...over }), reason);
  });

  it('is signed by the member', async () => {
    const pool_id = await opened();
    await expectRefusal(deals.joinpool({ pool_id }, ['anna']), 'ivan', MISSING_AUTHORITY);
  });
});

it('a pool has at most 64 members', async () => {
  const pool_id = await opened({ target: '1.00 RUB' });
  const members = Array.from({ length: 65 }, (_, at) => `pooler${letter(at >> 3)}${letter(at & 7)}`);
  for (const account of members) await createAccount(world.driver, account, publicText(developmentKey));
  for (const [at, member] of members.entries()) {
    await enrol(member);
    const sent = deals.joinpool({ pool_id, member, amount: '0.01 RUB' });
    if (at < 64) await sent;
    else await expectRefusal(sent, `pool_id: at most 64 members of a pool expected, ${pool_id} has them`);
  }
}, 120_000);

const letter = (at: number) => 'abcdefghijk'.charAt(at);

/** Makes an active member of forestcoop who takes part in programme 1. */
async function enrol(account: string): Promise<void> {
  const person = {
    account,
    kind: 'person',
    residence: FOREST,
    person_hash: hashOf(account),
    representative: '',
  };
  await world.act('registry', 'register', [account], person);
  await apply(world, account, 'forestcoop', 1);
  await automate(world, 'forestcoop', 'admit', { subject: account });
  await joinProgramme(world, account, 1);
}

describe('an investment by a pool', () => {
  it('uses up the pledge, once', async () => {
    const pool_id = await filled();
    const receipt = await deals.invest({ pool_id, amount: '400.00 RUB' });
    expect(await bookings(chain, receipt)).toMatchObject([
      { kind: 'invest', member: 'ivan', amount: '400.00 RUB' },
    ]);
    expect(await world.row('market', 'market', 'pools', String(pool_id))).toMatchObject({
      collected: '1000.00 RUB',
      pledges: [{ member: 'anna', amount: '600.00 RUB' }],
    });
    await expectRefusal(
      deals.invest({ pool_id, amount: '400.00 RUB' }),
      `member: one with a pledge in pool ${pool_id} expected, ivan has none`,
    );
  });

  it('refuses another amount, an unfilled pool, another kind and another programme', async () => {
    const pool_id = await filled();
    await expectRefusal(
      deals.invest({ pool_id, amount: '500.00 RUB' }),
      `amount: 400.00 RUB pledged in pool ${pool_id} expected, came 500.00 RUB`,
    );
    const unfilled = await opened();
    await expectRefusal(
      deals.invest({ pool_id: unfilled }),
      `pool_id: a full pool expected, pool ${unfilled} has 0.00 RUB of 1000.00 RUB`,
    );
    const order = await opened({ kind: 'order', subject: subjectOf('potato'), target: '5.000 KG' });
    await expectRefusal(
      deals.invest({ pool_id: order }),
      `pool_id: a pool to invest expected, pool ${order} is to order`,
    );
    await openProgramme(world, 'forestcoop', 'fedor', 3);
    await joinProgramme(world, 'ivan', 3);
    await expectRefusal(
      deals.invest({ pool_id, programme: 3, amount: '400.00 RUB' }),
      `programme: 1 of pool ${pool_id} expected, came 3`,
    );
  });
});

describe('closepool', () => {
  it('is for its opener', async () => {
    const pool_id = await opened();
    await expectRefusal(
      deals.closepool({ pool_id, member: 'anna' }),
      `member: ivan, who opened pool ${pool_id}, expected, came anna`,
    );
    await expectRefusal(deals.closepool({ pool_id }, ['anna']), 'ivan', MISSING_AUTHORITY);
    await expectRefusal(deals.closepool({ pool_id: 999 }), 'pool_id: a standing pool expected, came 999');
  });

  it('is open to anyone once its time is over, and nobody joins then, where time can travel', async () => {
    const { headBlockTime } = await world.driver.info();
    const day = Date.parse(`${headBlockTime.replace(/Z$/, '')}Z`) + 86_400_000;
    const pool_id = await opened({ till: new Date(day).toISOString().slice(0, 19) });
    if (!(await pass(world, 2))) return;
    await expectRefusal(
      deals.joinpool({ pool_id }),
      `pool_id: a pool that is open expected, ${pool_id} was till`,
    );
    const receipt = await deals.closepool({ pool_id, member: 'stranger' });
    expect(await marketLogs(chain, receipt)).toMatchObject([['logpool', { status: 'closed' }]]);
  });
});
