import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amountOf } from '../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { pass } from '../spec/deals.ts';
import { carryOut } from '../spec/decisions.ts';
import {
  confirmLast,
  furnishFunds,
  joinProgramme,
  lastPayment,
  ledgerOf,
  makeCashier,
  openProgramme,
  payIn,
  shareOf,
} from '../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { type World, ZERO_HASH, furnish, hashOf } from '../spec/world.ts';

let chain: SpecChain;
let world: World;

beforeAll(async () => {
  chain = await openSpecChain();
  world = chain.world;
  await furnish(world);
  await furnishFunds(world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

type Data = Record<string, unknown>;

const funds = (name: string, signer: string, data: Data) => world.act('funds', name, [signer], data);
const balanceOf = async (member: string) =>
  amountOf((await shareOf(world, 'forestcoop', member))?.['balance']);

/** What the ledger of forestcoop changes by, account by account. */
async function changeBy(deed: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await ledgerOf(world, 'forestcoop');
  await deed();
  const after = await ledgerOf(world, 'forestcoop');
  const changes = Object.entries(after).map(([code, sum]) => [code, sum - (before[code] ?? 0)] as const);
  return Object.fromEntries(changes.filter(([, change]) => change !== 0));
}

const contribution = {
  member: 'ivan',
  programme_id: 1,
  kind: 'share',
  amount: '100.00 RUB',
  document_hash: hashOf('contribution'),
};
const contribute = (over: Data = {}) => funds('contribute', 'ivan', { ...contribution, ...over });

describe('contribute and confirmpay', () => {
  it('books nothing before the cashier confirms', async () => {
    expect(await changeBy(contribute)).toEqual({});
    expect(await changeBy(() => confirmLast(world, 'faina'))).toEqual({
      cash: 10_000,
      share: -9000,
      operations: -1000,
    });
  });

  it.each([
    ['0.01 RUB', 0, 1],
    ['0.19 RUB', 17, 2],
    ['33.33 RUB', 2999, 334],
    ['10000000000000000.01 RUB', 900_000_000_000_000_000n, 100_000_000_000_000_001n],
  ])('R67: share and membership parts of %s are exact', async (amount, share, membership) => {
    const before = await shareOf(world, 'rivercoop', 'boris');
    const opening = BigInt(String(before?.['balance']).replace(/\D/g, ''));
    const receipt = await confirmed('boris', amount);
    const posting = (await chain.executed(receipt)).find(({ name }) => name === 'logposting');
    const lines = posting?.data['lines'] as { credit: string; amount: string }[];
    const parts = Object.fromEntries(lines.map((line) => [line.credit, kopecks(line.amount)]));
    expect([parts['share'] ?? 0n, parts['operations']]).toEqual([BigInt(share), BigInt(membership)]);
    expect(kopecks((await shareOf(world, 'rivercoop', 'boris'))?.['balance'])).toBe(opening + BigInt(share));
  });

  const kopecks = (asset: unknown) => BigInt(String(asset).replace(/\D/g, ''));
  const confirmed = async (member: string, amount: string) => {
    await funds('contribute', member, { ...contribution, member, programme_id: 2, amount });
    const data = { cashier: 'rita', payment_id: await lastPayment(world), bank_hash: hashOf('bank') };
    return funds('confirmpay', 'rita', data);
  };

  it.each([
    ['entry', { cash: 500, indivisible: -500 }],
    ['membership', { cash: 500, operations: -500 }],
    ['targeted', { cash: 500, targeted: -500 }],
    ['donation', { cash: 500, donations: -500 }],
  ])('books a contribution of the kind %s whole, past the share account', async (kind, change) => {
    const before = await balanceOf('ivan');
    expect(await changeBy(() => payIn(world, 'ivan', 1, '5.00 RUB', 'faina', kind))).toEqual(change);
    expect(await balanceOf('ivan')).toBe(before);
  });

  it('R64: refuses one who takes no part in the programme', () =>
    expectRefusal(
      funds('contribute', 'foma', { ...contribution, member: 'foma' }),
      'member: a participant of programme 1 expected, foma is none',
    ));

  it.each([
    [
      'an unknown kind',
      { kind: 'refund' },
      'kind: one of entry share membership targeted donation expected, came refund',
    ],
    ['nothing', { amount: '0.00 RUB' }, 'amount: more than zero expected, came 0.00 RUB'],
    ['other money', { amount: '1.00 VRE' }, 'amount: 2,RUB expected, came 2,VRE'],
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['an unknown programme', { programme_id: 999 }, 'programme: a known one expected, came 999'],
  ])('refuses %s', (_what, over, reason) => expectRefusal(contribute(over), reason));

  it('is signed by the member', () =>
    expectRefusal(funds('contribute', 'anna', contribution), 'ivan', MISSING_AUTHORITY));

  it('is confirmed once', async () => {
    await payIn(world, 'ivan', 1, '1.00 RUB', 'faina');
    const payment_id = await lastPayment(world);
    await expectRefusal(
      funds('confirmpay', 'faina', { cashier: 'faina', payment_id, bank_hash: hashOf('bank') }),
      `payment_id: a promised payment expected, came ${payment_id}`,
    );
  });

  it("is confirmed by a cashier of the cooperative, by the bank's paper", async () => {
    await contribute();
    const confirmation = { cashier: 'rita', payment_id: await lastPayment(world), bank_hash: hashOf('bank') };
    await expectRefusal(
      funds('confirmpay', 'rita', confirmation),
      'cashier: an active member of forestcoop expected, rita is none',
    );
    await expectRefusal(
      funds('confirmpay', 'ivan', { ...confirmation, cashier: 'ivan' }),
      'cashier: role cashier in forestcoop expected, ivan has it not',
    );
    await expectRefusal(
      funds('confirmpay', 'ivan', { ...confirmation, cashier: 'faina' }),
      'faina',
      MISSING_AUTHORITY,
    );
    await expectRefusal(
      funds('confirmpay', 'faina', { ...confirmation, cashier: 'faina', bank_hash: ZERO_HASH }),
      'bank_hash: sha256 of a document expected',
    );
  });
});

describe('who left', () => {
  it('neither confirms as a cashier nor contributes as a participant', async () => {
    await makeCashier(world, 'forestcoop', 'fedor', 'anna');
    await contribute();
    const payment_id = await lastPayment(world);
    await changeChair();
    await carryOut(world, 'forestcoop', 'exclude', { subject: 'anna' });
    await expectRefusal(
      funds('confirmpay', 'anna', { cashier: 'anna', payment_id, bank_hash: hashOf('bank') }),
      'cashier: an active member of forestcoop expected, anna is excluded',
    );
    await expectRefusal(
      funds('contribute', 'anna', { ...contribution, member: 'anna' }),
      'member: an active member of forestcoop expected, anna is excluded',
    );
    await funds('droppay', 'ivan', { member: 'ivan', payment_id });
  });

  /** Section 1 gets another chair than anna. */
  async function changeChair(): Promise<void> {
    const document_hash = hashOf('minutes');
    const asked = { proposer: 'fedor', coop: 'forestcoop', section_id: 1, chair: 'ivan', document_hash };
    await world.act('registry', 'askchair', ['fedor'], asked);
    const counters = await world.row('registry', 'registry', 'counters', 'counters');
    const subject = Number(counters?.['request_id']);
    await carryOut(world, 'forestcoop', 'setchair', { subject, document_hash });
  }

  it('R64: a cooperative that goods may come to contributes nothing', () =>
    expectRefusal(
      funds('contribute', 'rivercoop', { ...contribution, member: 'rivercoop' }),
      'member: an active member of forestcoop expected, rivercoop is none',
    ));
});

describe('terms of a promise', () => {
  it('R65, R67: the money is divided by the version that the member signed, not by a later one', async () => {
    await openProgramme(world, 'forestcoop', 'fedor', 3);
    await joinProgramme(world, 'ivan', 3);
    await contribute({ programme_id: 3 });
    const payment_id = await lastPayment(world);
    expect(await world.row('funds', 'funds', 'payments', String(payment_id))).toMatchObject({
      share_ppm: 900_000,
    });
    const document_hash = hashOf('regulation 3.2');
    const revision = { proposer: 'fedor', programme_id: 3, share_ppm: 1, regulation_hash: document_hash };
    await funds('revise', 'fedor', revision);
    await carryOut(world, 'forestcoop', 'programme', { subject: 3, document_hash });
    await carryOut(world, 'forestcoop', 'closeprog', { subject: 3 });
    const confirm = () =>
      funds('confirmpay', 'faina', { cashier: 'faina', payment_id, bank_hash: hashOf('bank') });
    expect(await changeBy(confirm)).toEqual({ cash: 10_000, share: -9000, operations: -1000 });
    await expectRefusal(contribute({ programme_id: 3 }), 'programme: an approved one expected, 3 is closed');
  });

  it('lapse after 90 days, where time can travel', async () => {
    await contribute();
    const payment_id = await lastPayment(world);
    const lapse = (id = payment_id) => funds('lapsepay', 'stranger', { caller: 'stranger', payment_id: id });
    await expectRefusal(lapse(), `payment_id: a promise that has lapsed expected, ${payment_id} waits till `);
    await funds('refund', 'ivan', refunded);
    if (await pass(world, 90)) {
      await lapse();
      await expectRefusal(lapse(), `payment_id: a promised payment expected, came ${payment_id}`);
    }
    await expectRefusal(
      lapse(payment_id + 1),
      `payment_id: a contribution expected, ${payment_id + 1} is a refund`,
    );
  });
});

describe('droppay', () => {
  const drop = async (member: string, over: Data = {}) =>
    funds('droppay', member, { member, payment_id: await lastPayment(world), ...over });

  it('takes a promise back', async () => {
    await contribute();
    await drop('ivan');
    expect(await world.row('funds', 'funds', 'payments', String(await lastPayment(world)))).toBeUndefined();
  });

  it('refuses others, an unknown payment, and a refund', async () => {
    await contribute();
    const payment = await lastPayment(world);
    await expectRefusal(drop('anna'), `member: ivan of payment ${payment} expected, came anna`);
    await expectRefusal(
      funds('droppay', 'anna', { member: 'ivan', payment_id: payment }),
      'ivan',
      MISSING_AUTHORITY,
    );
    await expectRefusal(
      drop('ivan', { payment_id: 999 }),
      'payment_id: a promised payment expected, came 999',
    );
    await funds('refund', 'ivan', refunded);
    await expectRefusal(drop('ivan'), `payment_id: a contribution expected, ${payment + 1} is a refund`);
  });
});

const refunded = { member: 'ivan', programme_id: 1, amount: '10.00 RUB', document_hash: hashOf('refund') };

describe('refund', () => {
  it('leaves the share account at once and the cash when it is paid out', async () => {
    const ask = () => funds('refund', 'ivan', refunded);
    expect(await changeBy(ask)).toEqual({ share: 1000, payables: -1000 });
    expect(await changeBy(() => confirmLast(world, 'faina'))).toEqual({ payables: 1000, cash: -1000 });
  });

  it('R66: returns the whole balance to one who quit the programme and left, and no kopeck more', async () => {
    await openProgramme(world, 'rivercoop', 'rodion', 4);
    await joinProgramme(world, 'olga', 4);
    await payIn(world, 'olga', 4, '10.00 RUB', 'rita');
    for (const programme_id of [2, 4]) await funds('quit', 'olga', { account: 'olga', programme_id });
    await carryOut(world, 'rivercoop', 'closeprog', { subject: 4 });
    const leaving = { account: 'olga', coop: 'rivercoop', document_hash: hashOf('leaving') };
    await world.act('registry', 'leave', ['olga'], leaving);
    const ask = (amount: string) =>
      funds('refund', 'olga', { member: 'olga', programme_id: 4, amount, document_hash: hashOf('all') });
    await expectRefusal(
      ask('900009.01 RUB'),
      'share account: at least 900009.01 RUB expected, olga has 900009.00 RUB',
    );
    await ask('900009.00 RUB');
    expect(await shareOf(world, 'rivercoop', 'olga')).toMatchObject({
      balance: '0.00 RUB',
      contributed: '900009.00 RUB',
      returned: '900009.00 RUB',
    });
    await expectRefusal(ask('0.01 RUB'), 'share account: at least 0.01 RUB expected, olga has 0.00 RUB');
  });

  it('R66: does not return the membership part', async () => {
    await joinProgramme(world, 'faina', 1);
    await payIn(world, 'faina', 1, '10.00 RUB', 'faina', 'membership');
    await expectRefusal(
      funds('refund', 'faina', { ...refunded, member: 'faina', amount: '0.01 RUB' }),
      'share account: at least 0.01 RUB expected, faina has 0.00 RUB',
    );
  });

  it.each([
    ['nothing', { amount: '0.00 RUB' }, 'amount: more than zero expected, came 0.00 RUB'],
    ['less than nothing', { amount: '-1.00 RUB' }, 'amount: more than zero expected, came -1.00 RUB'],
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['an unknown programme', { programme_id: 999 }, 'programme: a known one expected, came 999'],
  ])('refuses %s', (_what, over, reason) =>
    expectRefusal(funds('refund', 'ivan', { ...refunded, ...over }), reason),
  );

  it('is signed by the member', () =>
    expectRefusal(funds('refund', 'anna', refunded), 'ivan', MISSING_AUTHORITY));
});
