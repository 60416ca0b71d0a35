import { municipalities } from '../reference/territories.ts';
import { publicText } from '../../chain/system.ts';
import { nameNumber } from '../../devnet/bytes/name.ts';
import { demoKeys } from '../keys.ts';
import { mayLoseKey, someCoop, somePerson } from './choose.ts';
import { leaving } from './come-and-go.ts';
import { decide } from './council.ts';
import type { Day } from './day.ts';
import { drafted, newPaper } from './life.ts';
import { payOut } from './money.ts';
import { after, type Pause, type Script } from './script.ts';
import { type Draft, signed } from './step.ts';

/** What happens to members themselves. */
export const memberScripts: readonly Script[] = [
  { rate: 0.3, play: paidOut },
  { rate: 0.06, play: moved },
  { rate: 0, play: left },
  { rate: 0.04, play: votesElsewhere },
  { rate: 0.05, play: takesPart },
  { rate: 0.01, play: excluded },
  { rate: 0.005, play: lostKey },
];

const LEAST_KEPT = 20_000_00;

/** One whose share account has grown takes a part of it in money. */
function* paidOut(day: Day): Generator<Draft | Pause> {
  const { life, people } = day;
  const { world, random } = life;
  const coop = someCoop(day);
  const { from, to } = world.coop(coop);
  for (let tries = 0; tries < 12; tries++) {
    const { index, account, joins } = world.member(random.int(from, to - 1));
    const balance = life.purses.balance(coop, account);
    if (joins > 0 || !people.isHere(index) || balance < LEAST_KEPT) continue;
    yield payOut(life, coop, account, Math.floor(balance / 2 / 100_00) * 100_00);
    return;
  }
}

function* moved(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const member = somePerson(day, someCoop(day));
  if (member === undefined) return;
  const residence = life.random.pick(municipalities).oktmo;
  if (residence === life.world.residenceOf(member)) return;
  life.world.moveTo(member.account, residence);
  const { account } = member;
  const action = signed('registry', 'setresidence', account, {
    account,
    residence,
    document_hash: newPaper(life),
  });
  yield drafted(life, [action], ['moved']);
}

function* votesElsewhere(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const member = somePerson(day, someCoop(day));
  if (member === undefined || life.world.hasMovedVote(member)) return;
  const section = life.world.reference.sectionsOf(member.coop).find(({ id }) => id !== member.section);
  if (section === undefined) return;
  life.world.moveVote(member);
  const data = { account: member.account, coop: life.world.coop(member.coop).coop, section_id: section.id };
  yield drafted(life, [signed('registry', 'movesection', member.account, data)]);
}

/** Helps in another section for a while. */
function* takesPart(day: Day): Generator<Draft | Pause> {
  const { life, people } = day;
  const member = somePerson(day, someCoop(day));
  if (member === undefined || life.world.hasMovedVote(member)) return;
  life.world.moveVote(member);
  const section = life.world.reference.sectionsOf(member.coop).find(({ id }) => id !== member.section);
  if (section === undefined) return;
  const { account } = member;
  const data = { account, section_id: section.id };
  yield drafted(life, [signed('registry', 'joinsection', account, data)]);
  yield after(Math.min(10, Math.floor(life.world.region.days / 5)));
  if (people.isHere(member.index)) yield drafted(life, [signed('registry', 'quitsection', account, data)]);
}

/** The council votes a member out; the share account is paid out to the last kopeck. */
function* excluded(day: Day): Generator<Draft | Pause> {
  const { life, people } = day;
  const coop = someCoop(day);
  const member = somePerson(day, coop);
  if (member === undefined) return;
  const subject = nameNumber(member.account).toString();
  people.leave(member);
  yield* decide(life, { coop, kind: 'exclude', subject, callsBack: true });
  const balance = life.purses.balance(coop, member.account);
  if (balance > 0) yield payOut(life, coop, member.account, balance);
}

const WAITING_DAYS = 4;

/** One who lost the key asks at the cooperative; after votes and a waiting period the registry gives the account a new one. */
function* lostKey(day: Day): Generator<Draft | Pause> {
  const { life, people } = day;
  const { world } = life;
  const coop = someCoop(day);
  const member = somePerson(day, coop, undefined, mayLoseKey);
  if (member === undefined) return;
  const { account } = member;
  people.leave(member);
  const asker = world.reference.cashier(coop);
  const key = publicText(demoKeys(world.seed, `${account} anew`));
  const hash = newPaper(life);
  const asking = { asker, coop: world.coop(coop).coop, account, key, document_hash: hash };
  yield drafted(life, [signed('registry', 'askrecover', asker, asking)]);
  yield after(1);
  const subject = nameNumber(account).toString();
  yield* decide(life, { coop, kind: 'recover', subject, hash, callsBack: true });
  yield after(WAITING_DAYS);
  yield drafted(
    life,
    [signed('registry', 'endrecover', asker, { caller: asker, account })],
    ['key recovered'],
  );
}

function* left(day: Day): Generator<Draft | Pause> {
  const member = somePerson(day, someCoop(day));
  if (member === undefined) return;
  day.people.leave(member);
  yield* leaving(day.life, member);
}
