import { Asset, Checksum256, EMPTY_NAME, Name, TableStore, requireAuth } from 'proton-tsc';
import { requireNotNegative, roubles } from '../shared/amounts';
import { refuse, requireHash, requireWord, textOf } from '../shared/checks';
import { calledContract } from '../shared/kinds';
import { sendLog } from '../shared/log';
import { DecisionFact } from './council.log';
import { Decision, Seat, SeatVote } from './council.tables';
import {
  callBack,
  decisionOf,
  nextDecision,
  requireDecision,
  requireOpen,
  requirePassed,
  requireStatus,
} from './decisions.tables';
import { RobotPower, allSeats } from './seats.tables';
import { Votes } from './votes.contract';

/** Contracts whose acts use decisions up. */
const ACTING = 'market funds';

/** The council of a cooperative: what it decides is in force only by votes and the chair's signature. */
@contract
class CouncilContract extends Votes {
  /** Votes for every delegating seat that has not voted (R17); the robot signs. */
  @action('robotvote')
  robotvote(robot: Name, decision_id: u64): void {
    requireAuth(robot);

    const decision = requireDecision(this.receiver, decision_id);
    requireOpen(decision);
    const power = this.powerOf(robot, decision);
    const votes = this.votesOn(decision_id);
    const seats = new TableStore<Seat>(this.receiver, decision.coop);
    let given = 0;
    for (let i = 0; i < power.members_for.length; i++) {
      const member = power.members_for[i];
      if (votes.exists(member.N)) continue;
      this.count(decision, seats.requireGet(member.N, 'a delegating seat is missing'), true, 1);
      votes.store(new SeatVote(member, true, robot), this.receiver);
      this.logVote(decision, member, true, robot);
      given++;
    }
    if (given == 0) refuse(`robot: a delegating seat without a vote expected, ${robot} has none`);
    this.decisions.update(decision, this.receiver);
  }

  /** Signs in the place of a chair who delegated the signature too (R17); the robot signs. */
  @action('robotsign')
  robotsign(robot: Name, decision_id: u64): void {
    requireAuth(robot);

    const decision = requireDecision(this.receiver, decision_id);
    requireOpen(decision);
    const power = this.powerOf(robot, decision);
    this.requireSignature(robot, decision, power);

    this.signed(decision, power.chair, robot);
  }

  /**
   * Takes a decision at once for the seats that delegated its kind and amount to the robot, who signs. It must pass as a vote
   * would and be signed for the chair. Kinds of acts are for the acting contract itself. No row is kept: the log is the record.
   * `decision_id` is the id it will get, or 0 for any.
   */
  @action('automate')
  automate(
    caller: Name,
    decision_id: u64,
    coop: Name,
    kind: Name,
    subject: u64,
    amount: Asset,
    document_hash: Checksum256,
  ): void {
    requireAuth(caller);

    requireNotNegative('amount', amount, roubles());
    requireHash('document_hash', document_hash);
    const isAct = calledContract(kind) == EMPTY_NAME;
    if (isAct) requireWord('caller', caller, ACTING);
    const power = new RobotPower(allSeats(this.receiver, coop), caller, kind, amount);

    const decision = decisionOf(nextDecision(this.receiver), coop, kind, subject);
    if (decision_id != 0 && decision_id != decision.decision_id)
      refuse(`decision_id: ${decision.decision_id}, the next, or 0 expected, came ${decision_id}`);
    decision.amount = amount;
    decision.document_hash = document_hash;
    decision.proposer = caller;
    decision.mode = Name.fromString('robot');
    decision.seats = power.seats;
    decision.votes_for = <u16>power.members_for.length;
    decision.chair_vote = power.chair_vote;
    requirePassed(decision);
    this.requireSignature(caller, decision, power);
    decision.signer = power.chair;
    decision.status = Name.fromString('executed');

    if (!isAct) callBack(this.receiver, kind, coop, subject, decision.decision_id, document_hash);
    sendLog(this.receiver, 'logdecision', new DecisionFact(decision, caller, power.members_for));
  }

  /** Uses a decision in force up for an act of the calling contract, which signs (R22). */
  @action('authorise')
  authorise(
    caller: Name,
    decision_id: u64,
    coop: Name,
    kind: Name,
    subject: u64,
    amount: Asset,
    document_hash: Checksum256,
  ): void {
    requireAuth(caller);

    requireWord('caller', caller, ACTING);
    const decision = requireDecision(this.receiver, decision_id);
    requireStatus(decision, Name.fromString('signed'));
    if (decision.coop != coop)
      refuse(`decision_id: a decision of ${coop} expected, came one of ${decision.coop}`);
    if (decision.kind != kind) refuse(`decision_id: kind ${kind} expected, came ${decision.kind}`);
    if (decision.subject != 0 && decision.subject != subject)
      refuse(`decision_id: subject ${subject} expected, came ${decision.subject}`);
    if (amount.symbol != decision.amount.symbol || amount.amount > decision.amount.amount)
      refuse(`amount: at most ${decision.amount} expected, came ${amount}`);
    this.requireDocument(decision, document_hash);

    this.executed(decision, caller);
  }

  private powerOf(robot: Name, decision: Decision): RobotPower {
    const seats = allSeats(this.receiver, decision.coop);
    const power = new RobotPower(seats, robot, decision.kind, decision.amount);
    if (power.members_for.length == 0)
      refuse(
        `robot: a delegation of ${decision.kind} for ${decision.amount} expected, ${textOf(robot)} has none in ${decision.coop}`,
      );
    return power;
  }

  private requireSignature(robot: Name, decision: Decision, power: RobotPower): void {
    if (!power.signs)
      refuse(
        `robot: the chair's signature of ${decision.kind} for ${decision.amount} expected, ${robot} has none in ${decision.coop}`,
      );
  }
}
