import { someCoop, somePerson } from './choose.ts';
import { decide, proposeAndWithdraw, voteDown } from './council.ts';
import type { Day } from './day.ts';
import { drafted, newPaper } from './life.ts';
import type { Pause, Script } from './script.ts';
import { type Draft, signed } from './step.ts';

/** What councils decide by hand, beside admissions of the founding and goods that are written off. */
export const councilScripts: readonly Script[] = [
  { rate: 0.03, play: (day) => voteDown(day.life, bigSale(day)) },
  { rate: 0.02, play: (day) => proposeAndWithdraw(day.life, bigSale(day)) },
  { rate: 0, play: newChair },
  { rate: 0.02, play: analyst },
];

const bigSale = (day: Day) => ({
  coop: someCoop(day),
  kind: 'sellout',
  subject: 0,
  amount: '5000000.00 RUB',
  callsBack: false,
});

/** A section gets another of its members for a chair. */
function* newChair(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const { world, ids } = life;
  const coop = someCoop(day);
  const member = somePerson(day, coop);
  // One who is going to leave would leave the section without a chair.
  if (member === undefined || member.leaves !== undefined || world.hasMovedVote(member)) return;
  const { section, account: chair } = member;
  const [, proposer = ''] = world.reference.council(coop);
  ids.request += 1;
  const hash = newPaper(life);
  const asked = {
    proposer,
    coop: world.coop(coop).coop,
    section_id: section,
    chair,
    document_hash: hash,
  };
  yield drafted(life, [signed('registry', 'askchair', proposer, asked)]);
  const matter = { coop, kind: 'setchair', subject: ids.request, hash, callsBack: true };
  yield* decide(life, matter, ['chair changed']);
  world.setChair(section, chair);
}

/** A member is let look into the cooperative's figures; the role is taken back again. */
function* analyst(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const { world, ids } = life;
  const coop = someCoop(day);
  const account = somePerson(day, coop)?.account;
  if (account === undefined) return;
  const [, proposer = ''] = world.reference.council(coop);
  for (const [asking, kind] of [
    ['askrole', 'grantrole'],
    ['askrevoke', 'revokerole'],
  ] as const) {
    ids.request += 1;
    const hash = newPaper(life);
    const asked = {
      proposer,
      coop: world.coop(coop).coop,
      account,
      role: 'analyst',
      document_hash: hash,
    };
    yield drafted(life, [signed('registry', asking, proposer, asked)]);
    yield* decide(life, { coop, kind, subject: ids.request, hash, callsBack: true });
  }
}
