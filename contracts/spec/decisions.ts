import { nameNumber } from '../devnet/bytes/name.ts';
import type { Receipt } from '../chain/driver.ts';
import { type World, hashOf } from './world-act.ts';

/** Kinds of decisions that acts use up: what the robots `market` and `funds` may be given. */
export const ACT_KINDS = [
  'accept',
  'buy',
  'ship',
  'sellout',
  'issue',
  'giveback',
  'writeoff',
  'process',
  'count',
  'reverse',
  'rent',
  'invest',
  'payback',
  'work',
  'pool',
] as const;

/** What is decided: `subject` is an id or an account's name. */
export type Matter = {
  readonly subject?: number | string;
  readonly amount?: string;
  readonly document_hash?: string;
};

/** A matter as the actions take it, with usual values for what is left out. */
export function matterOf(kind: string, { subject = 0, amount, document_hash }: Matter) {
  return {
    kind,
    subject: typeof subject === 'number' ? subject : String(nameNumber(subject)),
    amount: amount ?? '0.00 RUB',
    document_hash: document_hash ?? hashOf(`decision of ${kind} ${subject}`),
  };
}

/** Seats of a council with the chair first. */
const chairFirst = async ({ driver }: World, coop: string): Promise<string[]> => {
  const seats = await driver.rows({ code: 'council', scope: coop, table: 'seats', limit: 21 });
  return seats
    .toSorted((one, other) => String(one['role']).localeCompare(String(other['role'])))
    .map(({ member }) => String(member));
};

/** The last id that the council gave. */
export async function lastDecision(world: World): Promise<number> {
  const row = await world.row('council', 'council', 'counters', 'counters');
  return Number(row?.['decision_id'] ?? 0);
}

/** A decision in force: proposed, voted for by every seat and signed by the chair. Returns its id. */
export async function decide(world: World, coop: string, kind: string, matter: Matter = {}): Promise<number> {
  const [chair = '', ...members] = await chairFirst(world, coop);
  const data = matterOf(kind, matter);
  await world.act('council', 'propose', [chair], { proposer: chair, coop, ...data });
  const decision_id = await lastDecision(world);
  const vote = { decision_id, document_hash: data.document_hash };
  for (const member of [chair, ...members])
    await world.act('council', 'vote', [member], { member, in_favour: true, ...vote });
  await world.act('council', 'sign', [chair], { signer: chair, ...vote });
  return decision_id;
}

/** A decision in force, carried out at once by its call-back. Returns its id. */
export async function carryOut(
  world: World,
  coop: string,
  kind: string,
  matter: Matter = {},
): Promise<number> {
  const decision_id = await decide(world, coop, kind, matter);
  const [caller = ''] = await chairFirst(world, coop);
  await world.act('council', 'execute', [caller], { caller, decision_id });
  return decision_id;
}

/** The robot `robot` decides admissions, roles and programmes for councils that let it, with the call-back. */
export function automate(world: World, coop: string, kind: string, matter: Matter = {}): Promise<Receipt> {
  const data = { caller: 'robot', decision_id: 0, coop, ...matterOf(kind, matter) };
  return world.act('council', 'automate', ['robot'], data);
}

/** Lets a robot decide these kinds for a seat, for any money and long. */
export function delegate(
  world: World,
  member: string,
  coop: string,
  robot: string,
  kinds: readonly string[],
  signs: boolean,
): Promise<Receipt> {
  const limit = '1000000000.00 RUB';
  const expires = '2100-01-01T00:00:00';
  const data = { member, coop, robot, kinds, limit, expires, signs };
  return world.act('council', 'delegate', [member], data);
}
