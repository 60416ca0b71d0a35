import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastIds } from '../../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../../spec/chain.ts';
import { type Deals, FUTURE, OVER, bookings, dealsOf, lastDeal, marketLogs } from '../../spec/deals.ts';
import { decide, lastDecision } from '../../spec/decisions.ts';
import { furnishFunds, shareOf } from '../../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { type World, ZERO_HASH, furnish, hashOf } from '../../spec/world.ts';

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

async function invested(over = {}): Promise<number> {
  await deals.invest(over);
  return lastDeal(world, 'invest_id');
}

const fact = {
  coop: 'forestcoop',
  programme: 1,
  pool_id: 0,
  member: 'ivan',
  amount: '1000.00 RUB',
  due: FUTURE,
  return_ppm: 50_000,
  robot: 'market',
};

describe('invest', () => {
  it('R22: is logged whole, under a decision, and leaves the share account', async () => {
    const receipt = await deals.invest();
    const { act } = await lastIds(world);
    const none = { repaid: '0.00 RUB', paid: '0.00 RUB', cashier: '' };
    const decision_id = await lastDecision(world);
    const rest = { decision_id, document_hash: hashOf('investment'), status: 'running' };
    expect(await marketLogs(chain, receipt)).toEqual([
      ['loginvest', { invest_id: 1, act_id: act, ...fact, ...none, ...rest }],
    ]);
    expect(await bookings(chain, receipt)).toEqual([
      { kind: 'invest', member: 'ivan', amount: '1000.00 RUB', programme: 1, act_id: act },
    ]);
  });

  it('R22: uses up a decision of the council about what will be owed, not the principal alone', async () => {
    const document_hash = hashOf('voted investment');
    const owed = { subject: 1, amount: '1050.00 RUB', document_hash };
    const principal = { ...owed, amount: '1000.00 RUB' };
    const less = await decide(world, 'forestcoop', 'invest', principal);
    await expectRefusal(
      deals.invest({ document_hash, decision_id: less }),
      'amount: at most 1000.00 RUB expected, came 1050.00 RUB',
    );
    const decision_id = await decide(world, 'forestcoop', 'invest', owed);
    const receipt = await deals.invest({ document_hash, decision_id });
    expect(await marketLogs(chain, receipt)).toMatchObject([['loginvest', { decision_id, robot: '' }]]);
  });

  it('R64: refuses one who takes no part in the programme', () =>
    expectRefusal(
      deals.invest({ member: 'foma' }),
      'member: a participant of programme 1 expected, foma is none',
    ));

  it.each([
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['nothing', { amount: '0.00 RUB' }, 'amount: more than zero expected, came 0.00 RUB'],
    [
      'more than can be returned',
      { amount: '23058430092136939.52 RUB' },
      'amount: at most 23058430092136939.51 RUB',
    ],
    ['a day that is past', { due: OVER }, "due: after the block's time"],
    [
      'a return above half of the amount',
      { return_ppm: 500_001 },
      'return_ppm: at most 500000 expected, came 500001',
    ],
    ['an unknown programme', { programme: 999 }, 'programme: a known one expected, came 999'],
    [
      'one who only applied',
      { member: 'petr' },
      'member: an active member of forestcoop expected, petr is applied',
    ],
    [
      'more than the member has',
      { amount: '9000000.00 RUB' },
      'share account: at least 9000000.00 RUB expected',
    ],
    ['an unknown pool', { pool_id: 999 }, 'pool_id: a standing pool expected, came 999'],
  ])('refuses %s', (_what, over, reason) => expectRefusal(deals.invest(over), reason));

  it('is signed by the member', () => expectRefusal(deals.invest({}, ['anna']), 'ivan', MISSING_AUTHORITY));
});

describe('payback', () => {
  it('returns what was invested, then the return, to the share account', async () => {
    const before = await shareOf(world, 'forestcoop', 'ivan');
    const invest_id = await invested();
    const first = await deals.payback({ invest_id });
    const paid = { invest_id, ...fact, cashier: 'faina', document_hash: hashOf('payback') };
    expect(await marketLogs(chain, first)).toMatchObject([
      ['loginvest', { ...paid, paid: '400.00 RUB', repaid: '400.00 RUB', status: 'part' }],
    ]);
    const last = await deals.payback({ invest_id, amount: '650.00 RUB' });
    expect(await marketLogs(chain, last)).toMatchObject([
      ['loginvest', { ...paid, paid: '650.00 RUB', repaid: '1050.00 RUB', status: 'repaid' }],
    ]);
    expect(await bookings(chain, first)).toMatchObject([{ kind: 'payback', amount: '400.00 RUB' }]);
    expect(await bookings(chain, last)).toMatchObject([
      { kind: 'payback', amount: '600.00 RUB' },
      { kind: 'yield', amount: '50.00 RUB' },
    ]);
    expect(await world.row('market', 'market', 'investments', String(invest_id))).toBeUndefined();
    const kopecks = (row: Record<string, unknown> | undefined) =>
      Number(String(row?.['balance']).replace(/\D/g, ''));
    expect(kopecks(await shareOf(world, 'forestcoop', 'ivan'))).toBe(kopecks(before) + 5000);
  });

  it('R22: uses up the decision of the council', async () => {
    const invest_id = await invested();
    const document_hash = hashOf('voted payback');
    const matter = { subject: invest_id, amount: '400.00 RUB', document_hash };
    const decision_id = await decide(world, 'forestcoop', 'payback', matter);
    const receipt = await deals.payback({ invest_id, document_hash, decision_id });
    expect(await marketLogs(chain, receipt)).toMatchObject([['loginvest', { decision_id, robot: '' }]]);
  });

  it('returns it to one who has quit since', async () => {
    const invest_id = await invested({ member: 'anna' });
    await world.act('funds', 'quit', ['anna'], { account: 'anna', programme_id: 1 });
    await deals.payback({ invest_id, amount: '1050.00 RUB' });
    expect(await world.row('market', 'market', 'investments', String(invest_id))).toBeUndefined();
  });

  it('refuses others, an unknown investment, nothing, and more than is left', async () => {
    const invest_id = await invested();
    const payback = (over: Record<string, unknown>) => deals.payback({ invest_id, ...over });
    await expectRefusal(
      payback({ cashier: 'rita' }),
      'cashier: an active member of forestcoop expected, rita is none',
    );
    await expectRefusal(
      payback({ cashier: 'ivan' }),
      'cashier: role cashier in forestcoop expected, ivan has it not',
    );
    await expectRefusal(deals.payback({ invest_id }, ['ivan']), 'faina', MISSING_AUTHORITY);
    await expectRefusal(payback({ invest_id: 999 }), 'invest_id: a standing investment expected, came 999');
    await expectRefusal(payback({ amount: '0.00 RUB' }), 'amount: more than zero expected, came 0.00 RUB');
    await expectRefusal(
      payback({ document_hash: ZERO_HASH }),
      'document_hash: sha256 of a document expected',
    );
    await expectRefusal(
      payback({ amount: '1050.01 RUB' }),
      'amount: at most 1050.00 RUB expected, came 1050.01 RUB',
    );
  });
});
