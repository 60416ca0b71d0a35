import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Receipt } from '../chain/driver.ts';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { decide } from '../spec/decisions.ts';
import { furnishFunds, regulationOf } from '../spec/funds-world.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { ZERO_HASH, furnish, hashOf } from '../spec/world.ts';

let chain: SpecChain;

beforeAll(async () => {
  chain = await openSpecChain();
  await furnish(chain.world);
  await furnishFunds(chain.world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

type Data = Record<string, unknown>;
type Log = [name: string, data: Data];

const act = (name: string, signer: string, data: Data) => chain.world.act('funds', name, [signer], data);
const second = (receipt: Receipt) => receipt.blockTime.slice(0, 19);

/** The funds' logs of a transaction, in order; each is authorised by the contract and by nobody else. */
async function logsOf(receipt: Receipt): Promise<Log[]> {
  const executed = await chain.executed(receipt);
  const logs = executed.filter(({ account, name }) => account === 'funds' && name.startsWith('log'));
  for (const { name, authorization, data } of logs) {
    expect(authorization).toEqual([{ actor: 'funds', permission: 'active' }]);
    await expectRefusal(act(name, 'fedor', data), 'funds', MISSING_AUTHORITY);
  }
  return logs.map(({ name, data }) => [name, data]);
}

const programme = {
  programme_id: 3,
  coop: 'forestcoop',
  title: 'Хлеб',
  version: 0,
  regulation_hash: ZERO_HASH,
  share_ppm: 0,
  status: 'draft',
  decision_id: 0,
  draft_version: 1,
  draft_hash: hashOf('bread'),
  draft_ppm: 750_000,
};
const inForce = {
  ...programme,
  version: 1,
  regulation_hash: hashOf('bread'),
  share_ppm: 750_000,
  status: 'approved',
  draft_version: 0,
  draft_hash: ZERO_HASH,
  draft_ppm: 0,
};

it('a programme is logged whole from draft to closing', async () => {
  const drafted = await act('addprogramme', 'fedor', {
    proposer: 'fedor',
    coop: 'forestcoop',
    title: 'Хлеб',
    share_ppm: 750_000,
    regulation_hash: hashOf('bread'),
  });
  expect(await logsOf(drafted)).toEqual([['logprogramme', programme]]);
  const approval = await carriedOut('programme', hashOf('bread'));
  const approved = { ...inForce, decision_id: approval.decision_id };
  expect(await logsOf(approval.receipt)).toEqual([['logprogramme', approved]]);
  const regulation_hash = hashOf('rye bread');
  const revised = await act('revise', 'faina', {
    proposer: 'faina',
    programme_id: 3,
    share_ppm: 1,
    regulation_hash,
  });
  const revision = { ...approved, draft_version: 2, draft_hash: regulation_hash, draft_ppm: 1 };
  expect(await logsOf(revised)).toEqual([['logprogramme', revision]]);
  const closing = await carriedOut('closeprog', hashOf('closing'));
  const closed = { ...revision, status: 'closed', decision_id: closing.decision_id };
  expect(await logsOf(closing.receipt)).toEqual([['logprogramme', closed]]);
});

/** Executes a decision about programme 3. */
async function carriedOut(kind: string, document_hash: string) {
  const decision_id = await decide(chain.world, 'forestcoop', kind, { subject: 3, document_hash });
  const receipt = await chain.world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id });
  return { decision_id, receipt };
}

it('joining and quitting are logged with what was signed', async () => {
  const part = {
    programme_id: 1,
    coop: 'forestcoop',
    account: 'foma',
    version: 1,
    regulation_hash: regulationOf(1),
  };
  const { coop, ...signed } = part;
  expect(await logsOf(await act('join', 'foma', signed))).toEqual([['logjoin', { ...part, joined: true }]]);
  const quit = await act('quit', 'foma', { account: 'foma', programme_id: 1 });
  expect(await logsOf(quit)).toEqual([['logjoin', { ...part, coop, joined: false }]]);
});

const money = { member: 'ivan', programme_id: 1, amount: '10.05 RUB', document_hash: hashOf('money') };
const payment = {
  coop: 'forestcoop',
  programme: 1,
  member: 'ivan',
  amount: '10.05 RUB',
  document_hash: hashOf('money'),
  cashier: '',
  bank_hash: ZERO_HASH,
};
const posting = {
  coop: 'forestcoop',
  programme: 1,
  member: 'ivan',
  act_id: 0,
  document_hash: hashOf('money'),
  amount: '10.05 RUB',
  undo: false,
};
const confirmation = { cashier: 'faina', bank_hash: hashOf('bank') };

it('a contribution is logged when promised, and booked when confirmed', async () => {
  const promised = await act('contribute', 'ivan', { ...money, kind: 'share' });
  const made = { ...payment, payment_id: 5, kind: 'share', made_at: second(promised) };
  expect(await logsOf(promised)).toEqual([['logpayment', { ...made, status: 'promised' }]]);
  const confirmed = await act('confirmpay', 'faina', { ...confirmation, payment_id: 5 });
  const lines = [
    { debit: 'cash', credit: 'share', amount: '9.04 RUB' },
    { debit: 'cash', credit: 'operations', amount: '1.01 RUB' },
  ];
  const booked = { ...posting, entry_id: 5, kind: 'share', lines, share_balance: '900009.04 RUB' };
  expect(await logsOf(confirmed)).toEqual([
    ['logposting', booked],
    ['logpayment', { ...made, status: 'confirmed', ...confirmation }],
  ]);
});

it('a promise taken back is logged', async () => {
  const promised = await act('contribute', 'ivan', { ...money, kind: 'donation' });
  const made = { ...payment, payment_id: 6, kind: 'donation', made_at: second(promised) };
  const dropped = await act('droppay', 'ivan', { member: 'ivan', payment_id: 6 });
  expect(await logsOf(dropped)).toEqual([['logpayment', { ...made, status: 'dropped' }]]);
});

it('a refund is booked when asked for and when paid out', async () => {
  const asked = await act('refund', 'ivan', money);
  const made = { ...payment, payment_id: 7, kind: 'refund', made_at: second(asked) };
  const owed = [{ debit: 'share', credit: 'payables', amount: '10.05 RUB' }];
  expect(await logsOf(asked)).toEqual([
    ['logposting', { ...posting, entry_id: 6, kind: 'refund', lines: owed, share_balance: '899998.99 RUB' }],
    ['logpayment', { ...made, status: 'promised' }],
  ]);
  const paidOut = await act('confirmpay', 'faina', { ...confirmation, payment_id: 7 });
  const paid = [{ debit: 'payables', credit: 'cash', amount: '10.05 RUB' }];
  expect(await logsOf(paidOut)).toEqual([
    ['logposting', { ...posting, entry_id: 7, kind: 'paidout', lines: paid, share_balance: '0.00 RUB' }],
    ['logpayment', { ...made, status: 'confirmed', ...confirmation }],
  ]);
});

it('an act is booked under its id, and undone by the opposite lines', async () => {
  const entry = { ...posting, kind: 'issue', act_id: 41 };
  const receipt = await act('post', 'market', { caller: 'market', ...entry });
  const lines = [{ debit: 'share', credit: 'goods', amount: '10.05 RUB' }];
  expect(await logsOf(receipt)).toEqual([
    ['logposting', { ...entry, entry_id: 8, lines, share_balance: '899988.94 RUB' }],
  ]);
  const undone = await act('post', 'market', { caller: 'market', ...entry, undo: true });
  const back = [{ debit: 'goods', credit: 'share', amount: '10.05 RUB' }];
  expect(await logsOf(undone)).toEqual([
    ['logposting', { ...entry, undo: true, entry_id: 9, lines: back, share_balance: '899998.99 RUB' }],
  ]);
});
