import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastIds } from '../../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../../spec/chain.ts';
import {
  type Deals,
  FUTURE,
  OVER,
  LATER,
  PAST,
  bookings,
  dealsOf,
  lastDeal,
  marketLogs,
  pass,
} from '../../spec/deals.ts';
import { decide, lastDecision } from '../../spec/decisions.ts';
import { furnishFunds, ledgerOf } from '../../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { ENDED, STEPPE, type World, ZERO_HASH, furnish, hashOf } from '../../spec/world.ts';

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

/** A thing of ivan's. */
async function thing(over = {}): Promise<number> {
  await deals.addthing(over);
  return lastDeal(world, 'thing_id');
}

/** A running rent of a thing of ivan's to anna. */
async function rented(over = {}): Promise<number> {
  await deals.rent({ thing_id: await thing(), ...over });
  return lastDeal(world, 'rent_id');
}

describe('addthing', () => {
  it('is logged whole', async () => {
    const receipt = await deals.addthing();
    const thing_id = await lastDeal(world, 'thing_id');
    const row = { thing_id, owner: 'ivan', kind: 'machine', title: 'Мотоблок', oktmo: STEPPE };
    expect(await marketLogs(chain, receipt)).toEqual([
      ['logthing', { ...row, document_hash: hashOf('thing'), rent_id: 0 }],
    ]);
  });

  it.each([
    ['an unknown kind', { kind: 'spaceship' }, 'kind: one of land building room machine'],
    ['no title', { title: '' }, 'title: a text expected, came an empty one'],
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['an unregistered owner', { owner: 'stranger' }, 'owner: a registered account expected, came stranger'],
    ['an unknown territory', { oktmo: '99999999' }, 'oktmo: a registered territory expected, came 99999999'],
    ['a territory of the past', { oktmo: ENDED }, `oktmo: ${ENDED} is valid from`],
  ])('refuses %s', (_what, over, reason) => expectRefusal(deals.addthing(over), reason));

  it('is signed by the owner', () => expectRefusal(deals.addthing({}, ['anna']), 'ivan', MISSING_AUTHORITY));
});

describe('rent', () => {
  const fact = {
    coop: 'forestcoop',
    programme: 1,
    owner: 'ivan',
    renter: 'anna',
    from: PAST,
    till: FUTURE,
    price: '500.00 RUB',
    robot: 'market',
    document_hash: hashOf('rent'),
    status: 'running',
  };

  it('R22: is logged whole, under a decision, and paid from the one share account to the other', async () => {
    const thing_id = await thing();
    const before = await ledgerOf(world, 'forestcoop');
    const receipt = await deals.rent({ thing_id });
    const rent_id = await lastDeal(world, 'rent_id');
    const { act } = await lastIds(world);
    const decision_id = await lastDecision(world);
    expect(await marketLogs(chain, receipt)).toEqual([
      ['logrent', { rent_id, act_id: act, thing_id, ...fact, decision_id }],
    ]);
    const booked = { amount: '500.00 RUB', programme: 1, act_id: act };
    expect(await bookings(chain, receipt)).toEqual([
      { kind: 'rentin', member: 'anna', ...booked },
      { kind: 'rent', member: 'ivan', ...booked },
    ]);
    expect(await ledgerOf(world, 'forestcoop')).toEqual({ ...before, rent: 0 });
    expect(await world.row('market', 'market', 'things', String(thing_id))).toMatchObject({ rent_id });
  });

  it('R22: uses up the decision of the council', async () => {
    const thing_id = await thing();
    const document_hash = hashOf('voted rent');
    const matter = { subject: thing_id, amount: '500.00 RUB', document_hash };
    const decision_id = await decide(world, 'forestcoop', 'rent', matter);
    await expectRefusal(
      deals.rent({ thing_id, decision_id, document_hash, price: '500.01 RUB' }),
      'amount: at most 500.00 RUB',
    );
    const receipt = await deals.rent({ thing_id, decision_id, document_hash });
    expect(await marketLogs(chain, receipt)).toMatchObject([['logrent', { decision_id, robot: '' }]]);
  });

  it('the cooperative itself may be a side, and then has no share account', async () => {
    const receipt = await deals.rent({ thing_id: await thing(), renter: 'forestcoop' });
    expect(await bookings(chain, receipt)).toMatchObject([{ kind: 'rent', member: 'ivan' }]);
    const own = await thing({ owner: 'forestcoop' });
    const back = await deals.rent({ thing_id: own, owner: 'forestcoop', renter: 'ivan' });
    expect(await bookings(chain, back)).toMatchObject([{ kind: 'rentin', member: 'ivan' }]);
  });

  it('R64: refuses sides who take no part in the programme', async () => {
    const thing_id = await thing();
    const missing = (renter: string) => deals.rent({ thing_id, renter });
    await expectRefusal(missing('foma'), 'renter: a participant of programme 1 expected, foma is none');
    await expectRefusal(missing('petr'), 'renter: an active member of forestcoop expected, petr is applied');
    const faina = await thing({ owner: 'faina' });
    await expectRefusal(
      deals.rent({ thing_id: faina, owner: 'faina' }),
      'owner: a participant of programme 1 expected, faina is none',
    );
  });

  it('refuses what the renter has not', async () => {
    const thing_id = await thing();
    await expectRefusal(
      deals.rent({ thing_id, price: '9000000.00 RUB' }),
      'share account: at least 9000000.00 RUB expected, anna has',
    );
  });

  it.each([
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['a term that is over', { till: OVER }, "till: after the block's time"],
    ['an end before the beginning', { from: LATER }, 'till: after 3944678400 expected'],
    ['no price', { price: '0.00 RUB' }, 'price: more than zero expected, came 0.00 RUB'],
    ['oneself', { renter: 'ivan' }, 'renter: another than the owner expected, came ivan'],
    ['an unknown thing', { thing_id: 999 }, 'thing_id: a registered thing expected, came 999'],
    ["another's thing", { owner: 'anna', renter: 'ivan' }, 'owner: ivan of thing'],
    ['an unknown programme', { programme: 999 }, 'programme: a known one expected, came 999'],
  ])('refuses %s', async (_what, over, reason) => {
    await expectRefusal(deals.rent({ thing_id: await thing(), ...over }), reason);
  });

  it('refuses a thing in use', async () => {
    const rent_id = await rented();
    const row = await world.row('market', 'market', 'rents', String(rent_id));
    const thing_id = Number(row?.['thing_id']);
    await expectRefusal(
      deals.rent({ thing_id }),
      `thing_id: a thing not in use expected, ${thing_id} is in rent ${rent_id}`,
    );
  });

  it.each(['ivan', 'anna'])('is signed by both, not by %s alone', async (signer) => {
    const other = signer === 'ivan' ? 'anna' : 'ivan';
    await expectRefusal(deals.rent({ thing_id: 1 }, [signer]), other, MISSING_AUTHORITY);
  });
});

describe('endrent', () => {
  it.each(['ivan', 'anna'])('frees the thing at the word of %s', async (caller) => {
    const rent_id = await rented();
    const receipt = await deals.endrent({ rent_id, caller });
    const ended = { rent_id, document_hash: hashOf('return'), status: 'ended', price: '500.00 RUB' };
    expect(await marketLogs(chain, receipt)).toMatchObject([['logrent', ended]]);
    expect(await world.row('market', 'market', 'rents', String(rent_id))).toBeUndefined();
    const thing_id = await lastDeal(world, 'thing_id');
    expect(await world.row('market', 'market', 'things', String(thing_id))).toMatchObject({ rent_id: 0 });
  });

  it('refuses others, an unknown rent, no document', async () => {
    const rent_id = await rented();
    await expectRefusal(
      deals.endrent({ rent_id, caller: 'olga' }),
      `caller: ivan or anna of rent ${rent_id} expected, came olga`,
    );
    await expectRefusal(deals.endrent({ rent_id }, ['olga']), 'anna', MISSING_AUTHORITY);
    await expectRefusal(deals.endrent({ rent_id: 999 }), 'rent_id: a running rent expected, came 999');
    await expectRefusal(
      deals.endrent({ rent_id, document_hash: ZERO_HASH }),
      'document_hash: sha256 of a document expected',
    );
  });

  it('is open to anyone once the term is over, where time can travel', async () => {
    const { headBlockTime } = await world.driver.info();
    const day = Date.parse(`${headBlockTime.replace(/Z$/, '')}Z`) + 86_400_000;
    const rent_id = await rented({ till: new Date(day).toISOString().slice(0, 19) });
    if (!(await pass(world, 2))) return;
    const receipt = await deals.endrent({ rent_id, caller: 'olga' });
    expect(await marketLogs(chain, receipt)).toMatchObject([['logrent', { status: 'ended' }]]);
  });
});
