import { type Life, drafted, newPaper } from './life.ts';
import { type Draft, signed } from './step.ts';
import type { Story } from './stories.ts';

export type Matter = {
  /** Place of the cooperative in the region, from 0. */
  readonly coop: number;
  readonly kind: string;
  /** An id, or an account's name as a number. */
  readonly subject: string | number;
  /** "0.00 RUB" where no money is in it. */
  readonly amount?: string;
  readonly hash?: string;
  /** Whether the council calls the contract of the matter itself; otherwise an act uses the decision up. */
  readonly callsBack: boolean;
};

const council = (name: string, signer: string, data: Readonly<Record<string, unknown>>) =>
  signed('council', name, signer, data);

/**
 * The council decides by hand: one proposes, each seat votes in person, the chair signs. Returns the decision's id.
 * One seat votes against now and then: a majority is what counts.
 */
export function* decide(
  life: Life,
  matter: Matter,
  stories: readonly Story[] = ['decided by votes'],
): Generator<Draft, number> {
  const { coop, callsBack } = matter;
  const document_hash = matter.hash ?? newPaper(life);
  const seats = life.world.reference.council(coop);
  const [chair = '', proposer = ''] = seats;
  yield propose(life, { ...matter, hash: document_hash }, proposer);
  const decision_id = life.ids.decision;
  const opponent = life.random.chance(0.3) ? seats.length - 1 : -1;
  for (const [at, member] of seats.entries())
    yield drafted(life, [
      council('vote', member, { member, decision_id, in_favour: at !== opponent, document_hash }),
    ]);
  const signing = council('sign', chair, { signer: chair, decision_id, document_hash });
  const executing = council('execute', chair, { caller: chair, decision_id });
  yield drafted(life, callsBack ? [signing, executing] : [signing], stories);
  return decision_id;
}

/** A matter that most seats vote down; a member closes it. */
export function* voteDown(life: Life, matter: Matter): Generator<Draft> {
  const document_hash = newPaper(life);
  const seats = life.world.reference.council(matter.coop);
  const [chair = '', proposer = ''] = seats;
  yield propose(life, { ...matter, hash: document_hash }, proposer);
  const decision_id = life.ids.decision;
  for (const member of seats)
    yield drafted(life, [
      council('vote', member, { member, decision_id, in_favour: member === proposer, document_hash }),
    ]);
  yield drafted(life, [council('reject', chair, { member: chair, decision_id })], ['voted down']);
}

/** A member of the council proposes something and thinks better of it. */
export function* proposeAndWithdraw(life: Life, matter: Matter): Generator<Draft> {
  const proposer = life.world.reference.council(matter.coop)[1] ?? '';
  yield propose(life, { ...matter, hash: newPaper(life) }, proposer);
  yield drafted(life, [council('withdraw', proposer, { proposer, decision_id: life.ids.decision })]);
}

function propose(
  life: Life,
  { coop, kind, subject, amount = '0.00 RUB', hash }: Matter,
  proposer: string,
): Draft {
  life.ids.decision += 1;
  return drafted(life, [
    council('propose', proposer, {
      proposer,
      coop: life.world.coop(coop).coop,
      kind,
      subject,
      amount,
      document_hash: hash,
    }),
  ]);
}
