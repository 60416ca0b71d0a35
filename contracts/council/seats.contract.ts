import {
  Asset,
  Checksum256,
  EMPTY_NAME,
  Name,
  TableStore,
  TimePointSec,
  currentTimeSec,
  isAccount,
  requireAuth,
} from 'proton-tsc';
import { Coop, Member } from '../registry/registry.tables';
import { requireNotNegative, roubles } from '../shared/amounts';
import { refuse, requireHash, textOf } from '../shared/checks';
import { requireKind } from '../shared/kinds';
import { sendLog } from '../shared/log';
import { requireAccount, requireSeat } from '../shared/members';
import { callBack, decisionOf, nextDecision } from './decisions.tables';
import { DecisionFact, RobotFact, SeatFact } from './council.log';
import { Delegation, Seat } from './council.tables';
import { CouncilLogs } from './logs.contract';
import { MAX_SEATS, delegationIndex } from './seats.tables';

const MIN_SEATS: i32 = 3;
const MAX_ROBOTS: i32 = 8;
const MAX_KINDS: i32 = 16;

/** Who sits in a council, and which robots act for whom. */
export class Seats extends CouncilLogs {
  /**
   * Seats the founding council of a registered cooperative, once; the cooperative signs. Members are verified persons (R1) who applied,
   * the chair among them; the founding decision admits each.
   */
  @action('found')
  found(coop: Name, chair: Name, members: Name[], document_hash: Checksum256): void {
    requireAuth(coop);

    requireHash('document_hash', document_hash);
    if (!new TableStore<Coop>(Name.fromString('registry')).exists(coop.N))
      refuse(`coop: a registered cooperative expected, came ${textOf(coop)}`);
    const seats = new TableStore<Seat>(this.receiver, coop);
    if (!seats.isEmpty()) refuse(`coop: no council yet expected, ${coop} has one`);
    if (members.length < MIN_SEATS || members.length > MAX_SEATS)
      refuse(`members: ${MIN_SEATS} to ${MAX_SEATS} expected, came ${members.length}`);
    if (!members.includes(chair)) refuse(`chair: one of the members expected, came ${textOf(chair)}`);
    for (let i = 0; i < members.length; i++) this.requireFounder(members[i], coop);

    const decision = decisionOf(nextDecision(this.receiver), coop, Name.fromString('found'), coop.N);
    decision.document_hash = document_hash;
    decision.proposer = coop;
    decision.mode = Name.fromString('founding');
    decision.seats = <u16>members.length;
    decision.votes_for = decision.seats;
    decision.chair_vote = 1;
    decision.signer = chair;
    decision.status = Name.fromString('executed');
    for (let i = 0; i < members.length; i++) {
      const role = members[i] == chair ? Name.fromString('chair') : Name.fromString('member');
      if (seats.exists(members[i].N)) refuse(`members: each once expected, ${members[i]} comes twice`);
      seats.store(new Seat(members[i], role), this.receiver);
      const admit = Name.fromString('admit');
      callBack(this.receiver, admit, coop, members[i].N, decision.decision_id, document_hash);
      const fact = new SeatFact(coop, members[i], role, decision.decision_id);
      sendLog(this.receiver, 'logseat', fact);
    }

    sendLog(this.receiver, 'logdecision', new DecisionFact(decision, EMPTY_NAME, []));
  }

  /**
   * Lets a robot vote, and for a chair also sign, in the member's place (R17); the member signs and stays responsible.
   * Sent again for the same robot, it replaces what was delegated.
   */
  @action('delegate')
  delegate(
    member: Name,
    coop: Name,
    robot: Name,
    kinds: Name[],
    limit: Asset,
    expires: TimePointSec,
    signs: bool,
  ): void {
    requireAuth(member);

    const seats = new TableStore<Seat>(this.receiver, coop);
    const seat = requireSeat('member', member, coop);
    if (!isAccount(robot)) refuse(`robot: an account of the chain expected, came ${textOf(robot)}`);
    if (robot == member) refuse(`robot: another account expected, came ${member} itself`);
    if (kinds.length == 0 || kinds.length > MAX_KINDS)
      refuse(`kinds: 1 to ${MAX_KINDS} expected, came ${kinds.length}`);
    for (let i = 0; i < kinds.length; i++) requireKind('kinds', kinds[i]);
    requireNotNegative('limit', limit, roubles());
    if (expires.utcSeconds <= currentTimeSec())
      refuse(`expires: after the block's time ${currentTimeSec()} expected, came ${expires.utcSeconds}`);
    if (signs && seat.role != Name.fromString('chair'))
      refuse(`signs: a chair's signature expected, ${member} is ${seat.role}`);

    const delegation = new Delegation(robot, kinds, limit, expires, signs);
    const known = delegationIndex(seat, robot);
    if (known >= 0) seat.robots[known] = delegation;
    else {
      if (seat.robots.length == MAX_ROBOTS)
        refuse(`robot: at most ${MAX_ROBOTS} expected, ${member} has them`);
      seat.robots.push(delegation);
    }
    seats.update(seat, this.receiver);

    const fact = new RobotFact(coop, member, robot, kinds, limit, expires, signs, false);
    sendLog(this.receiver, 'logrobot', fact);
  }

  /** Takes back what was delegated to a robot (R17); the member signs. */
  @action('revoke')
  revoke(member: Name, coop: Name, robot: Name): void {
    requireAuth(member);

    const seat = requireSeat('member', member, coop);
    const known = delegationIndex(seat, robot);
    if (known < 0) refuse(`robot: one with a delegation of ${member} expected, came ${textOf(robot)}`);

    const gone = seat.robots.splice(known, 1)[0];
    new TableStore<Seat>(this.receiver, coop).update(seat, this.receiver);

    const fact = new RobotFact(coop, member, robot, gone.kinds, gone.limit, gone.expires, gone.signs, true);
    sendLog(this.receiver, 'logrobot', fact);
  }

  private requireFounder(member: Name, coop: Name): void {
    const account = requireAccount('members', member);
    if (account.kind != Name.fromString('person') || !account.verified)
      refuse(`members: a verified person expected, ${member} is ${account.kind}, not verified`);
    const applied = new TableStore<Member>(Name.fromString('registry'), coop).get(member.N);
    if (applied == null || applied.status != Name.fromString('applied'))
      refuse(`members: an application to ${coop} expected, ${member} has none`);
  }
}
