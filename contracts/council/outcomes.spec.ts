import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ChainError } from '../chain/driver.ts';
import { newCouncil } from '../spec/councils.ts';
import { lastDecision, matterOf } from '../spec/decisions.ts';
import { furnishFunds, joinProgramme, payIn } from '../spec/funds-world.ts';
import { furnished } from '../spec/furnished.ts';
import { COUNCILS as COUNCIL_SEATS, hashOf } from '../spec/world.ts';

type Choice = 'for' | 'against' | 'silent';
type Outcome = 'passed' | 'undecided' | 'voted down';
/** One case of the rules: how the chair and the members voted, and what the council thereby decided. */
type Vector = { rule: string; case: string; chair: Choice; members: Choice[]; outcome: Outcome };

const vectors = JSON.parse(
  readFileSync(new URL('../shared/vectors/council-votes.json', import.meta.url), 'utf8'),
) as Vector[];

const spec = furnished('council');
const document_hash = hashOf('document');
/** Councils of three, four and five seats; the chair is the first. */
const COUNCILS = new Map([
  [3, 'coopthree'],
  [4, 'coopfour'],
  [5, 'coopfive'],
]);
const seats = new Map<number, readonly string[]>();

beforeAll(async () => {
  for (const [size, coop] of COUNCILS) seats.set(size, await newCouncil(spec.world, coop, size));
});

const councilOf = (size: number) => ({ coop: COUNCILS.get(size) ?? '', members: seats.get(size) ?? [] });

/** A new proposal in a council. */
async function propose(coop: string, [proposer = '']: readonly string[]): Promise<number> {
  const matter = matterOf('writeoff', { subject: 1, document_hash });
  await spec.world.act('council', 'propose', [proposer], { proposer, coop, ...matter });
  return lastDecision(spec.world);
}

/** Casts the votes, the chair's first or in the given order of seats, and asks for the chair's signature. */
async function outcomeOf(
  choices: readonly Choice[],
  order = [...choices.keys()],
  { coop, members } = councilOf(choices.length),
): Promise<Outcome> {
  const decision_id = await propose(coop, members);
  for (const at of order) {
    if (choices[at] === 'silent') continue;
    const [member = '', in_favour] = [members[at], choices[at] === 'for'];
    await spec.world.act('council', 'vote', [member], { member, decision_id, in_favour, document_hash });
  }
  const [signer = ''] = members;
  try {
    await spec.world.act('council', 'sign', [signer], { signer, decision_id, document_hash });
    return 'passed';
  } catch (error) {
    const said = /is (undecided|voted down)$/.exec((error as ChainError).details[0] ?? '')?.[1];
    if (said === undefined) throw error;
    return said as Outcome;
  }
}

describe('the majority of a council', () => {
  it.each(vectors)('$rule: $case is $outcome', async ({ chair, members, outcome }) => {
    expect(await outcomeOf([chair, ...members])).toBe(outcome);
  });

  it('R6, R7, R12: depends on the counts and the chair alone, not on who voted or in which order', async () => {
    const choice = fc.constantFrom<Choice>('for', 'against', 'silent');
    const ballots = fc.record({
      chair: choice,
      members: fc.array(choice, { minLength: 4, maxLength: 4 }),
      order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(ballots, async ({ chair, members, order }) => {
        const sorted = await outcomeOf([chair, ...members.toSorted()]);
        expect(await outcomeOf([chair, ...members], order)).toBe(sorted);
      }),
      { numRuns: spec.chain.fast ? 60 : 4 },
    );
  });

  it('R6: is the same whatever the share accounts of the seats hold', async () => {
    const council = { coop: 'forestcoop', members: COUNCIL_SEATS.forestcoop };
    await furnishFunds(spec.world);
    for (const member of council.members) await joinProgramme(spec.world, member, 1);
    const cases = fc.record({
      choices: fc.array(fc.constantFrom<Choice>('for', 'against', 'silent'), { minLength: 3, maxLength: 3 }),
      payer: fc.constantFrom(...council.members),
      roubles: fc.integer({ min: 1, max: 1_000_000 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ choices, payer, roubles }) => {
        const before = await outcomeOf(choices, undefined, council);
        await payIn(spec.world, payer, 1, `${roubles}.00 RUB`, 'faina');
        expect(await outcomeOf(choices, undefined, council)).toBe(before);
      }),
      { numRuns: spec.chain.fast ? 20 : 3 },
    );
  });
});
