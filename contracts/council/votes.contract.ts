import { Checksum256, EMPTY_NAME, Name, TableStore, requireAuth } from 'proton-tsc';
import { refuse } from '../shared/checks';
import { calledContract } from '../shared/kinds';
import { sendLog } from '../shared/log';
import { requireSeat } from '../shared/members';
import { CHAIR_AGAINST, CHAIR_FOR, CHAIR_SILENT } from '../shared/votes';
import { ExecFact, SignFact, VoteFact } from './council.log';
import { Decision, Seat, SeatVote } from './council.tables';
import { callBack, requireDecision, requireOpen, requirePassed, requireStatus } from './decisions.tables';
import { Proposals } from './proposals.contract';
import { allSeats, isRobotOf } from './seats.tables';

/** Votes on what was proposed, the chair's signature, and what then comes of it. */
export class Votes extends Proposals {
  /**
   * A member's own vote, final; it takes the place of one that a robot gave for the member. Names the document
   * that is voted on.
   */
  @action('vote')
  vote(member: Name, decision_id: u64, in_favour: bool, document_hash: Checksum256): void {
    requireAuth(member);

    const decision = requireDecision(this.receiver, decision_id);
    requireOpen(decision);
    const seat = requireSeat('member', member, decision.coop);
    this.requireDocument(decision, document_hash);
    const votes = this.votesOn(decision_id);
    const earlier = votes.get(member.N);
    if (earlier != null && earlier.robot == EMPTY_NAME)
      refuse(`member: no vote yet expected, ${member} voted on ${decision_id}`);

    if (earlier != null) this.count(decision, seat, earlier.in_favour, -1);
    this.count(decision, seat, in_favour, 1);
    votes.set(new SeatVote(member, in_favour), this.receiver);
    this.decisions.update(decision, this.receiver);

    this.logVote(decision, member, in_favour, EMPTY_NAME);
  }

  /** Puts what the council voted through in force (R10, R11); the chair signs and names the document. */
  @action('sign')
  sign(signer: Name, decision_id: u64, document_hash: Checksum256): void {
    requireAuth(signer);

    const decision = requireDecision(this.receiver, decision_id);
    requireOpen(decision);
    const seat = requireSeat('signer', signer, decision.coop);
    if (seat.role != Name.fromString('chair'))
      refuse(`signer: the chair of ${decision.coop} expected, ${signer} is ${seat.role}`);
    this.requireDocument(decision, document_hash);

    this.signed(decision, signer, EMPTY_NAME);
  }

  /** Carries out a decision in force by the call-back of its kind; any seat or a robot of one signs. */
  @action('execute')
  execute(caller: Name, decision_id: u64): void {
    requireAuth(caller);

    const decision = requireDecision(this.receiver, decision_id);
    requireStatus(decision, Name.fromString('signed'));
    if (calledContract(decision.kind) == EMPTY_NAME)
      refuse(`decision_id: a kind with a call-back expected, ${decision.kind} is used up by its act`);
    const seats = allSeats(this.receiver, decision.coop);
    if (!isRobotOf(seats, caller, decision.kind, decision.amount))
      requireSeat('caller', caller, decision.coop);

    const hash = decision.document_hash;
    callBack(this.receiver, decision.kind, decision.coop, decision.subject, decision_id, hash);
    this.executed(decision, caller);
  }

  protected votesOn(decision_id: u64): TableStore<SeatVote> {
    return new TableStore<SeatVote>(this.receiver, Name.fromU64(decision_id));
  }

  /** Adds a vote to the tally, or with -1 takes it out. */
  protected count(decision: Decision, seat: Seat, in_favour: bool, by: i32): void {
    if (in_favour) decision.votes_for = <u16>(<i32>decision.votes_for + by);
    else decision.votes_against = <u16>(<i32>decision.votes_against + by);
    if (seat.role != Name.fromString('chair')) return;
    decision.chair_vote = by < 0 ? CHAIR_SILENT : in_favour ? CHAIR_FOR : CHAIR_AGAINST;
  }

  protected logVote(decision: Decision, member: Name, in_favour: bool, robot: Name): void {
    const fact = new VoteFact(
      decision.decision_id,
      decision.coop,
      member,
      in_favour,
      robot,
      decision.document_hash,
    );
    sendLog(this.receiver, 'logvote', fact);
  }

  /** The chair's signature, by the chair's own hand or by a robot's. */
  protected signed(decision: Decision, chair: Name, robot: Name): void {
    requirePassed(decision);
    decision.signer = chair;
    decision.status = Name.fromString('signed');
    this.decisions.update(decision, this.receiver);

    const fact = new SignFact(decision.decision_id, decision.coop, chair, robot, decision.document_hash);
    sendLog(this.receiver, 'logsign', fact);
  }

  protected executed(decision: Decision, caller: Name): void {
    decision.status = Name.fromString('executed');
    this.decisions.update(decision, this.receiver);

    sendLog(
      this.receiver,
      'logexec',
      new ExecFact(decision.decision_id, decision.coop, decision.kind, decision.subject, caller),
    );
  }
}
