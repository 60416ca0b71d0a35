import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChainError } from '../chain/driver.ts';
import { amountOf } from '../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { carryOut } from '../spec/decisions.ts';
import { confirmLast, furnishFunds, joinProgramme, ledgerOf, regulationOf } from '../spec/funds-world.ts';
import { ASSERTION } from '../spec/refusal.ts';
import { furnish, hashOf } from '../spec/world.ts';

const MEMBERS = ['anna', 'ivan'] as const;
type Booked = {
  readonly kind: string;
  readonly member: string;
  readonly act_id: number;
  readonly amount: string;
};
type Step = { readonly kind: string; readonly who: 0 | 1; readonly kopecks: number; readonly pick: number };

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom(
      ...['pay', 'refund', 'undo', 'undo', 'revise'],
      ...['accept', 'issue', 'giveback', 'sellout', 'loss', 'work', 'rent', 'rentin', 'invest', 'payback'],
    ),
    who: fc.constantFrom(0, 1),
    kopecks: fc.integer({ min: 1, max: 40_000_000 }),
    pick: fc.nat(1000),
  }),
  { minLength: 10, maxLength: 25 },
);

let chain: SpecChain;
let act = 0;
let version = 1;
const booked: Booked[] = [];

beforeAll(async () => {
  chain = await openSpecChain();
  await furnish(chain.world);
  await furnishFunds(chain.world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

const rub = (kopecks: number) => `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')} RUB`;
const funds = (name: string, signer: string, data: Record<string, unknown>) =>
  chain.world.act('funds', name, [signer], data);

const post = (entry: Booked, undo: boolean) =>
  funds('post', 'market', {
    caller: 'market',
    coop: 'forestcoop',
    programme: 1,
    ...entry,
    document_hash: hashOf('act'),
    undo,
  });

/** Money in or out, confirmed. */
async function money(name: 'contribute' | 'refund', member: string, amount: string): Promise<void> {
  const kind = name === 'contribute' ? { kind: 'share' } : {};
  const data = { member, programme_id: 1, ...kind, amount, document_hash: hashOf('money') };
  await funds(name, member, data);
  await confirmLast(chain.world, 'faina');
}

/** Another rate in force, which both members sign. */
async function revise(share_ppm: number): Promise<void> {
  version++;
  const regulation_hash = regulationOf(1, version);
  await funds('revise', 'fedor', { proposer: 'fedor', programme_id: 1, share_ppm, regulation_hash });
  await carryOut(chain.world, 'forestcoop', 'programme', { subject: 1, document_hash: regulation_hash });
  for (const member of MEMBERS) await joinProgramme(chain.world, member, 1, version);
}

async function take({ kind, who, kopecks, pick }: Step): Promise<void> {
  const member = MEMBERS[who];
  const amount = rub(kopecks);
  if (kind === 'pay') return money('contribute', member, amount);
  if (kind === 'refund') return money('refund', member, amount);
  if (kind === 'revise') return revise(pick * 1000);
  if (kind === 'undo') {
    const at = pick % Math.max(booked.length, 1);
    const entry = booked[at];
    if (entry === undefined) return;
    await post(entry, true);
    booked.splice(at, 1);
    return;
  }
  const entry = { kind, member, act_id: ++act, amount };
  await post(entry, false);
  booked.push(entry);
}

/** The sums that must hold after whatever the chain took or refused. */
async function checkSums(): Promise<void> {
  const ledger = await ledgerOf(chain.world, 'forestcoop');
  expect(Object.values(ledger).reduce((sum, part) => sum + part, 0)).toBe(0);
  const rows = await chain.world.driver.rows({
    code: 'funds',
    scope: 'forestcoop',
    table: 'shares',
    limit: 100,
  });
  const shares = rows.map(({ balance, contributed, returned }) => ({
    balance: amountOf(balance),
    contributed: amountOf(contributed),
    returned: amountOf(returned),
  }));
  expect(Math.min(...shares.map(({ balance }) => balance))).toBeGreaterThanOrEqual(0);
  for (const { balance, contributed, returned } of shares) expect(balance).toBe(contributed - returned);
  expect(ledger['share']).toBe(-shares.reduce((sum, { balance }) => sum + balance, 0));
}

async function walk(path: readonly Step[]): Promise<void> {
  for (const step of path) {
    await take(step).catch((error: unknown) => {
      if (error instanceof ChainError && error.code === ASSERTION) return;
      throw error;
    });
    await checkSums();
  }
}

it('R66, R67: the ledger sums to zero, share is what members own, nobody falls below zero, whatever the order', async () => {
  await fc.assert(fc.asyncProperty(steps, walk), { numRuns: chain.fast ? 15 : 3 });
}, 120_000);
