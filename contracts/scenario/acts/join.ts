import type { Action } from '../../chain/driver.ts';
import { nameNumber } from '../../devnet/bytes/name.ts';
import type { Member } from '../reference/members.ts';
import { drafted, type Life, newPaper } from './life.ts';
import { type Draft, paper, signed } from './step.ts';

const registry = (name: string, signers: string | readonly string[], data: Action['data']) =>
  signed('registry', name, signers, data);

/** A person's one account is registered and the papers looked at; an organisation's by its representative. */
export function registration(
  { world }: Life,
  { account, kind, residence, representative }: Member,
): Action[] {
  const { seed, verifier } = world;
  const person_hash = paper(seed, 'person', account);
  const data = { account, kind, residence, person_hash, representative };
  const registering = registry('register', representative === '' ? account : [account, representative], data);
  if (kind !== 'person') return [registering];
  const document_hash = paper(seed, 'passport', account);
  return [registering, registry('verify', verifier, { verifier, account, document_hash })];
}

/** @param coop place in the region: the member's own cooperative, or another that is joined too */
export const application = ({ world }: Life, account: string, coop: number, section_id: number): Action =>
  registry('apply', account, {
    account,
    coop: world.coop(coop).coop,
    section_id,
    application_hash: paper(world.seed, 'application', account, coop),
    consent_hash: paper(world.seed, 'consent', account, coop),
  });

/** The council's admission robot decides in the name of the members who delegated it. */
export function admission(life: Life, account: string, coop: number): Action {
  const robot = life.world.robot(coop);
  life.ids.decision += 1;
  return signed('council', 'automate', robot, {
    caller: robot,
    decision_id: 0,
    coop: life.world.coop(coop).coop,
    kind: 'admit',
    subject: nameNumber(account).toString(),
    amount: '0.00 RUB',
    document_hash: newPaper(life),
  });
}

export const regulationHash = (seed: string, programme: number): string =>
  paper(seed, 'regulation', programme);

/** Signs the regulation of each programme of a cooperative; another cooperative does so too, to be sent goods. */
export const participation = ({ world }: Life, account: string, coop: number): Action[] =>
  world.programmesOf(coop).map(({ id }) =>
    signed('funds', 'join', account, {
      account,
      programme_id: id,
      version: 1,
      regulation_hash: regulationHash(world.seed, id),
    }),
  );

/** From nobody to a member who may bring and take goods: papers of the member, of the council, and of the member again. */
export function* joining(life: Life, member: Member): Generator<Draft> {
  const { account, coop, section } = member;
  yield drafted(life, [...registration(life, member), application(life, account, coop, section)]);
  yield drafted(life, [admission(life, account, coop)]);
  yield drafted(life, participation(life, account, coop), ['joined']);
}

/** A member of one cooperative joins another by the same registration. */
export function* joiningToo(life: Life, { account }: Member, coop: number): Generator<Draft> {
  const section = life.world.reference.sectionsOf(coop)[0]?.id ?? 0;
  yield drafted(life, [application(life, account, coop, section)]);
  yield drafted(life, [admission(life, account, coop)]);
  yield drafted(life, participation(life, account, coop), ['joined']);
}
