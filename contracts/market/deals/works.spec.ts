import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastIds } from '../../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../../spec/chain.ts';
import { type Deals, bookings, dealsOf, marketLogs, pass } from '../../spec/deals.ts';
import { decide, lastDecision } from '../../spec/decisions.ts';
import { furnishFunds } from '../../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../../spec/refusal.ts';
import { type World, ZERO_HASH, furnish, hashOf } from '../../spec/world.ts';

let chain: SpecChain;
let world: World;
let deals: Deals;
let papers = 0;

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

/** Reported work; returns the hash of its paper. */
async function reported(over = {}): Promise<string> {
  const document_hash = hashOf(`work ${++papers}`);
  await deals.work({ document_hash, ...over });
  return document_hash;
}

const fact = {
  coop: 'forestcoop',
  programme: 1,
  section_id: 1,
  member: 'ivan',
  minutes: 90,
  rate: '333.33 RUB',
  value: '500.00 RUB',
};

describe('work', () => {
  it('is logged whole, and moves nothing', async () => {
    const receipt = await deals.work();
    const until = new Date(Date.parse(`${receipt.blockTime.slice(0, 19)}Z`) + 30 * 86_400_000);
    const waiting = { chair: '', decision_id: 0, robot: '', act_id: 0, status: 'claimed' };
    const when = { document_hash: hashOf('work'), until: until.toISOString().slice(0, 19) };
    expect(await marketLogs(chain, receipt)).toEqual([['logwork', { ...fact, ...waiting, ...when }]]);
    expect(await bookings(chain, receipt)).toEqual([]);
  });

  it('R64: refuses one who takes no part in the programme', () =>
    expectRefusal(
      deals.work({ member: 'foma' }),
      'member: a participant of programme 1 expected, foma is none',
    ));

  it.each([
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['no minutes', { minutes: 0 }, 'minutes: 1 to 44640 expected, came 0'],
    ['more than a month', { minutes: 44_641 }, 'minutes: 1 to 44640 expected, came 44641'],
    ['no pay', { rate: '0.00 RUB' }, 'rate: more than zero expected, came 0.00 RUB'],
    ['too much pay', { rate: '1000000000.01 RUB' }, 'rate: at most 1000000000.00 RUB expected'],
    ['an unknown section', { section_id: 99 }, 'section_id: a registered section expected, came 99'],
    ["another cooperative's section", { section_id: 2 }, 'member: an active member of rivercoop expected'],
    [
      "another cooperative's programme",
      { programme: 2 },
      'programme: one of forestcoop expected, 2 is of rivercoop',
    ],
    [
      'one who only applied',
      { member: 'petr' },
      'member: an active member of forestcoop expected, petr is applied',
    ],
  ])('refuses %s', (_what, over, reason) =>
    expectRefusal(deals.work({ document_hash: hashOf('refused work'), ...over }), reason),
  );

  it('refuses a second report under a paper', async () => {
    const document_hash = await reported();
    await expectRefusal(
      deals.work({ document_hash, member: 'anna' }),
      'document_hash: a document of its own expected, other work waits under it',
    );
  });

  it('is signed by the member', () => expectRefusal(deals.work({}, ['anna']), 'ivan', MISSING_AUTHORITY));
});

describe('approvework', () => {
  it('R22, R67: contributes the labour under a decision, in share and membership parts', async () => {
    const document_hash = await reported();
    const receipt = await deals.approvework({ document_hash });
    const { act } = await lastIds(world);
    const approved = {
      act_id: act,
      ...fact,
      chair: 'anna',
      robot: 'market',
      decision_id: await lastDecision(world),
      document_hash,
      status: 'approved',
    };
    expect(await marketLogs(chain, receipt)).toMatchObject([['logwork', approved]]);
    const posting = (await chain.executed(receipt)).find(({ name }) => name === 'logposting');
    expect(posting?.data).toMatchObject({
      kind: 'work',
      member: 'ivan',
      act_id: act,
      lines: [
        { debit: 'labour', credit: 'share', amount: '450.00 RUB' },
        { debit: 'labour', credit: 'operations', amount: '50.00 RUB' },
      ],
    });
    await expectRefusal(
      deals.approvework({ document_hash }),
      `document_hash: a document of reported work expected, came ${document_hash}`,
    );
  });

  it('R22: uses up the decision of the council', async () => {
    const document_hash = await reported();
    const matter = { subject: 1, amount: '500.00 RUB', document_hash };
    const decision_id = await decide(world, 'forestcoop', 'work', matter);
    const receipt = await deals.approvework({ document_hash, decision_id });
    expect(await marketLogs(chain, receipt)).toMatchObject([['logwork', { decision_id, robot: '' }]]);
  });

  it.each([
    [1, '5.56 RUB'],
    [7, '38.89 RUB'],
    [89, '494.44 RUB'],
  ])('pays %i minutes to the kopeck, rounded half up', async (minutes, amount) => {
    const document_hash = await reported();
    const receipt = await deals.approvework({ document_hash, minutes });
    expect(await bookings(chain, receipt)).toMatchObject([{ kind: 'work', amount }]);
    expect(await marketLogs(chain, receipt)).toMatchObject([['logwork', { minutes, value: amount }]]);
  });

  it('refuses others, more than reported, and an unknown paper', async () => {
    const document_hash = await reported();
    await expectRefusal(
      deals.approvework({ document_hash, chair: 'boris' }),
      'chair: anna, chair of section 1, expected, came boris',
    );
    await expectRefusal(deals.approvework({ document_hash }, ['ivan']), 'anna', MISSING_AUTHORITY);
    for (const minutes of [0, 91])
      await expectRefusal(
        deals.approvework({ document_hash, minutes }),
        `minutes: 1 to 90 expected, came ${minutes}`,
      );
    await expectRefusal(
      deals.approvework({ document_hash: hashOf('unheard of') }),
      'document_hash: a document of reported work expected',
    );
  });

  it('R64: refuses one who has quit since', async () => {
    const document_hash = await reported({ member: 'anna' });
    await world.act('funds', 'quit', ['anna'], { account: 'anna', programme_id: 1 });
    await expectRefusal(
      deals.approvework({ document_hash }),
      'member: a participant of programme 1 expected, anna is none',
    );
  });
});

describe('lapsework', () => {
  it('waits for the chair thirty days', async () => {
    const document_hash = await reported();
    await expectRefusal(
      deals.lapsework({ document_hash }),
      'document_hash: work that lapsed expected, it waits till',
    );
    await expectRefusal(deals.lapsework({ document_hash }, ['anna']), 'stranger', MISSING_AUTHORITY);
    await expectRefusal(
      deals.lapsework({ document_hash: hashOf('unheard of') }),
      'document_hash: a document of reported work expected',
    );
  });

  it('then clears it away, and it is approved no more, where time can travel', async () => {
    const document_hash = await reported();
    if (!(await pass(world, 30))) return;
    await expectRefusal(
      deals.approvework({ document_hash }),
      'document_hash: work that waits expected, it lapsed at',
    );
    const receipt = await deals.lapsework({ document_hash });
    expect(await marketLogs(chain, receipt)).toMatchObject([
      ['logwork', { status: 'lapsed', document_hash }],
    ]);
    await deals.work({ document_hash });
  });
});

it('a closed section takes no work', async () => {
  await world.act('registry', 'addsection', ['forestcoop'], {
    coop: 'forestcoop',
    kind: 'functional',
    title: 'Мастерская',
    chair: 'anna',
  });
  await world.act('registry', 'closesection', ['forestcoop'], { coop: 'forestcoop', section_id: 3 });
  await expectRefusal(
    deals.work({ section_id: 3, document_hash: hashOf('workshop') }),
    'section_id: an open section expected, 3 is closed',
  );
});
