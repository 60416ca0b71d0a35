import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { ChainError } from '../chain/driver.ts';
import { nameNumber } from '../devnet/bytes/name.ts';
import { automate, lastDecision, matterOf } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { hashOf } from '../spec/world.ts';

const spec = furnished('council');
const { send, rowOf } = spec;

const SEATS = ['fedor', 'faina', 'foma'] as const;
const HASHES = [hashOf('the document'), hashOf('another document')] as const;

type Step =
  | { readonly do: 'vote'; readonly who: number; readonly in_favour: boolean; readonly hash: number }
  | { readonly do: 'sign'; readonly who: number; readonly hash: number }
  | { readonly do: 'robotvote' | 'robotsign' | 'execute' | 'withdraw' | 'reject'; readonly who: number };

/** What was accepted so far about one decision, kept aside of the chain. */
type Seen = { readonly votes: Map<string, boolean>; signed: number; executed: number; closed: number };

const who = fc.nat({ max: 2 });
const hash = fc.constantFrom(0, 0, 0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('vote' as const), who, in_favour: fc.boolean(), hash }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sign' as const), who, hash }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('robotvote' as const, 'robotsign' as const, 'execute' as const, 'reject' as const),
      who,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), who }) },
);

/** `ivan` may vote and sign for fedor and vote for faina. */
beforeAll(async () => {
  for (const member of ['fedor', 'faina']) {
    const limit = '100.00 RUB';
    const terms = { robot: 'ivan', kinds: ['exclude'], limit, expires: '2100-01-01T00:00:00' };
    await send('delegate', member, { member, coop: 'forestcoop', ...terms, signs: member === 'fedor' });
  }
});

function attempt(step: Step, decision_id: number): Promise<unknown> {
  const member = SEATS[step.who] ?? '';
  switch (step.do) {
    case 'vote':
      return send('vote', member, {
        member,
        decision_id,
        in_favour: step.in_favour,
        document_hash: HASHES[step.hash],
      });
    case 'sign':
      return send('sign', member, { signer: member, decision_id, document_hash: HASHES[step.hash] });
    case 'robotvote':
    case 'robotsign':
      return send(step.do, 'ivan', { robot: 'ivan', decision_id });
    case 'execute':
      return send('execute', member, { caller: member, decision_id });
    case 'withdraw':
      return send('withdraw', member, { proposer: member, decision_id });
    case 'reject':
      return send('reject', member, { member, decision_id });
  }
}

/** Books an accepted step and checks that the rules allowed it. */
function book(step: Step, seen: Seen): void {
  const open = seen.signed + seen.closed === 0;
  const named = 'hash' in step ? step.hash === 0 : true;
  expect(named).toBe(true);
  switch (step.do) {
    case 'vote':
      expect(open).toBe(true);
      seen.votes.set(SEATS[step.who] ?? '', step.in_favour);
      break;
    case 'robotvote':
      expect(open).toBe(true);
      for (const member of ['fedor', 'faina']) if (!seen.votes.has(member)) seen.votes.set(member, true);
      break;
    case 'sign':
    case 'robotsign':
      expect(open && (step.do === 'robotsign' || step.who === 0)).toBe(true);
      expect(isPassed(seen.votes)).toBe(true);
      seen.signed++;
      break;
    case 'execute':
      expect([seen.signed, seen.executed]).toEqual([1, 0]);
      seen.executed++;
      break;
    case 'withdraw':
    case 'reject':
      expect(open).toBe(true);
      seen.closed++;
  }
}

/** Two of the three took part, and more for than against, or as many with the chair for. */
function isPassed(votes: ReadonlyMap<string, boolean>): boolean {
  const given = [...votes.values()];
  const ahead = given.filter(Boolean).length * 2 - given.length;
  return given.length >= 2 && (ahead > 0 || (ahead === 0 && votes.get('fedor') === true));
}

it('R10, R11, R23: in any order of actions nothing is executed without majority, signature and document, nor twice', async () => {
  const subject = String(nameNumber('ivan'));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      const matter = matterOf('exclude', { subject: 'ivan', document_hash: HASHES[0] });
      await send('propose', 'faina', { proposer: 'faina', coop: 'forestcoop', ...matter });
      const decision_id = await lastDecision(spec.world);
      const seen: Seen = { votes: new Map(), signed: 0, executed: 0, closed: 0 };
      for (const step of steps) if (await accepted(attempt(step, decision_id))) book(step, seen);
      const row = await rowOf('decisions', decision_id);
      const given = [...seen.votes.values()];
      expect(row).toMatchObject({
        subject,
        votes_for: given.filter(Boolean).length,
        votes_against: given.filter((vote) => !vote).length,
      });
      const isActive = (await membership())?.['status'] === 'active';
      expect([isActive, row?.['status'] === 'executed']).toEqual([seen.executed === 0, seen.executed === 1]);
      if (!isActive) await readmit();
    }),
    { numRuns: spec.chain.fast ? 120 : 6 },
  );
});

const membership = () => spec.world.row('registry', 'forestcoop', 'members', 'ivan');

async function readmit(): Promise<void> {
  const hashes = { application_hash: HASHES[0], consent_hash: HASHES[0] };
  const application = { account: 'ivan', coop: 'forestcoop', section_id: 1, ...hashes };
  await spec.world.act('registry', 'apply', ['ivan'], application);
  await automate(spec.world, 'forestcoop', 'admit', { subject: 'ivan' });
}

/** Whether the chain accepted; a refusal is the chain's, anything else fails the test. */
async function accepted(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (!(error instanceof ChainError)) throw error;
    return false;
  }
}
