import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { carryOut } from '../spec/decisions.ts';
import { furnishFunds, ledgerOf, openProgramme, shareOf } from '../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { type World, ZERO_HASH, furnish, hashOf } from '../spec/world.ts';

let chain: SpecChain;
let world: World;
let act = 0;

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

const entry = {
  caller: 'market',
  coop: 'forestcoop',
  programme: 1,
  kind: 'accept',
  member: 'ivan',
  act_id: 1,
  amount: '100.00 RUB',
  document_hash: hashOf('act'),
  undo: false,
};
/** Books an act of its own, as the market does. */
const post = (over: Data = {}, signer = 'market') =>
  world.act('funds', 'post', [signer], { ...entry, act_id: ++act, ...over });

/** What an account's balances change by. */
async function changeBy(coop: string, deed: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await ledgerOf(world, coop);
  await deed();
  const after = await ledgerOf(world, coop);
  const changes = Object.entries(after).map(([code, sum]) => [code, sum - (before[code] ?? 0)] as const);
  return Object.fromEntries(changes.filter(([, change]) => change !== 0));
}

const opposite = (changes: Data) =>
  Object.fromEntries(Object.entries(changes).map(([code, change]) => [code, -Number(change)]));

const sides: [kind: string, changes: Record<string, number>][] = [
  ['accept', { goods: 10_000, share: -9000, operations: -1000 }],
  ['buy', { goods: 10_000, payables: -10_000 }],
  ['issue', { share: 10_000, goods: -10_000 }],
  ['giveback', { goods: 10_000, share: -10_000 }],
  ['sellout', { receivables: 10_000, goods: -10_000 }],
  ['loss', { losses: 10_000, goods: -10_000 }],
  ['writeoff', { losses: 10_000, goods: -10_000 }],
  ['shortage', { losses: 10_000, goods: -10_000 }],
  ['surplus', { goods: 10_000, surplus: -10_000 }],
  ['shipout', { intercoop: 10_000, goods: -10_000 }],
  ['shipin', { goods: 10_000, intercoop: -10_000 }],
  ['work', { labour: 10_000, share: -9000, operations: -1000 }],
  ['rent', { rent: 10_000, share: -10_000 }],
  ['rentin', { share: 10_000, rent: -10_000 }],
  ['invest', { share: 10_000, targeted: -10_000 }],
  ['payback', { targeted: 10_000, share: -10_000 }],
  ['yield', { operations: 10_000, share: -10_000 }],
];

describe('post', () => {
  it.each(sides)('books %s on its two sides, and undoes it', async (kind, changes) => {
    const before = await shareOf(world, 'forestcoop', 'ivan');
    expect(await changeBy('forestcoop', () => post({ kind }))).toEqual(changes);
    expect(await changeBy('forestcoop', () => post({ kind, act_id: act, undo: true }))).toEqual(
      opposite(changes),
    );
    expect(await shareOf(world, 'forestcoop', 'ivan')).toEqual(before);
  });

  it('moves the share account of the member', async () => {
    await post({ member: 'anna' });
    expect(await shareOf(world, 'forestcoop', 'anna')).toMatchObject({
      balance: '900090.00 RUB',
      contributed: '900090.00 RUB',
      returned: '0.00 RUB',
    });
    await post({ member: 'anna', kind: 'issue', amount: '40.00 RUB' });
    expect(await shareOf(world, 'forestcoop', 'anna')).toMatchObject({
      balance: '900050.00 RUB',
      contributed: '900090.00 RUB',
      returned: '40.00 RUB',
    });
  });

  it('books acts without a member or a programme where the entry asks for neither', async () => {
    const changes = await changeBy('rivercoop', () =>
      post({ kind: 'writeoff', coop: 'rivercoop', programme: 0, member: '' }),
    );
    expect(changes).toEqual({ losses: 10_000, goods: -10_000 });
  });

  it('takes an act of no value', async () => {
    expect(await changeBy('forestcoop', () => post({ amount: '0.00 RUB' }))).toEqual({});
  });

  it('R67: undoes a contribution by the rate of its day', async () => {
    await openProgramme(world, 'forestcoop', 'fedor', 3, 900_000);
    await post({ programme: 3 });
    const first = act;
    const regulation_hash = hashOf('another rate');
    const revision = { proposer: 'fedor', programme_id: 3, share_ppm: 333_333, regulation_hash };
    await world.act('funds', 'revise', ['fedor'], revision);
    await carryOut(world, 'forestcoop', 'programme', { subject: 3, document_hash: regulation_hash });
    const second = { goods: 10_000, share: -3333, operations: -6667 };
    expect(await changeBy('forestcoop', () => post({ programme: 3 }))).toEqual(second);
    const undo = (act_id: number) => () => post({ programme: 3, act_id, undo: true });
    const again = act;
    expect(await changeBy('forestcoop', undo(first))).toEqual({
      goods: -10_000,
      share: 9000,
      operations: 1000,
    });
    expect(await changeBy('forestcoop', undo(again))).toEqual(opposite(second));
  });

  it.each([
    ['an issue beyond it', { kind: 'issue', member: 'petr', amount: '120.00 RUB' }, '120.00', '50.00'],
    ['the undoing of a contribution that was returned', { undo: true, member: 'petr' }, '90.00', '50.00'],
  ])('keeps a share account from falling below zero by %s', async (_what, over, least, has) => {
    const balance = await shareOf(world, 'forestcoop', 'petr');
    if (balance === undefined) await post({ kind: 'giveback', member: 'petr', amount: '50.00 RUB' });
    await expectRefusal(
      post({ act_id: 1, ...over }),
      `share account: at least ${least} RUB expected, petr has ${has} RUB`,
    );
  });

  it('is for the market alone', async () => {
    await expectRefusal(post({}, 'fedor'), 'market', MISSING_AUTHORITY);
    await expectRefusal(post({ caller: 'fedor' }, 'fedor'), 'caller: market expected, came fedor');
  });

  it.each([
    ['an unknown kind', { kind: 'gift' }, 'expected, came gift'],
    ['less than nothing', { amount: '-1.00 RUB' }, 'amount: zero or more expected, came -1.00 RUB'],
    ['other money', { amount: '1.00 VRE' }, 'amount: 2,RUB expected, came 2,VRE'],
    ['no document', { document_hash: ZERO_HASH }, 'document_hash: sha256 of a document expected'],
    ['no act', { act_id: 0 }, 'act_id: the id of an act expected, came 0'],
    ['nobody where a share account moves', { member: '' }, 'member: an account expected, came nothing'],
    ['a contribution outside programmes', { programme: 0 }, 'programme: a known one expected, came 0'],
    [
      'the undoing of what was never booked',
      { programme: 2, undo: true },
      'act_id: an act booked under programme 2 expected, came',
    ],
  ])('refuses %s', (_what, over, reason) => expectRefusal(post(over), reason));

  it('refuses more than a ledger account can hold', async () => {
    const most = { kind: 'surplus', coop: 'rivercoop', member: '', amount: '46116860184273879.03 RUB' };
    await expectRefusal(
      (async () => {
        await post(most);
        await post(most);
      })(),
      'at most 4611686018427387903 either way expected',
    );
  });
});
