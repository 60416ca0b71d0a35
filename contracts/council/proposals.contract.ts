import { Asset, Checksum256, EMPTY_NAME, Name, TableStore, requireAuth } from 'proton-tsc';
import { requireNotNegative, roubles } from '../shared/amounts';
import { refuse, requireHash, textOf } from '../shared/checks';
import { requireKind } from '../shared/kinds';
import { sendLog } from '../shared/log';
import { requireSeat } from '../shared/members';
import { FAILED } from '../shared/votes';
import { DecisionFact } from './council.log';
import { Decision } from './council.tables';
import {
  decisionOf,
  isLapsed,
  nextDecision,
  outcomeOf,
  requireDecision,
  requireStatus,
} from './decisions.tables';
import { Seats } from './seats.contract';
import { allSeats } from './seats.tables';

/** What is put before a council, and what is closed without effect. */
export class Proposals extends Seats {
  decisions: TableStore<Decision> = new TableStore<Decision>(this.receiver);

  /** Puts a matter before the council; a seat signs. It lapses after 30 days. */
  @action('propose')
  propose(
    proposer: Name,
    coop: Name,
    kind: Name,
    subject: u64,
    amount: Asset,
    document_hash: Checksum256,
  ): void {
    requireAuth(proposer);

    requireSeat('proposer', proposer, coop);
    requireKind('kind', kind);
    requireNotNegative('amount', amount, roubles());
    requireHash('document_hash', document_hash);

    const decision = decisionOf(nextDecision(this.receiver), coop, kind, subject);
    decision.amount = amount;
    decision.document_hash = document_hash;
    decision.proposer = proposer;
    decision.mode = Name.fromString('vote');
    decision.seats = <u16>allSeats(this.receiver, coop).length;
    this.decisions.store(decision, this.receiver);

    sendLog(this.receiver, 'logdecision', new DecisionFact(decision, EMPTY_NAME, []));
  }

  /** Takes an open proposal back; its proposer signs. */
  @action('withdraw')
  withdraw(proposer: Name, decision_id: u64): void {
    requireAuth(proposer);

    const decision = requireDecision(this.receiver, decision_id);
    requireStatus(decision, Name.fromString('open'));
    if (decision.proposer != proposer)
      refuse(`proposer: ${decision.proposer} expected, came ${textOf(proposer)}`);

    this.close(decision, Name.fromString('withdrawn'));
  }

  /** Closes an open proposal that was voted down or has lapsed; any seat signs. */
  @action('reject')
  reject(member: Name, decision_id: u64): void {
    requireAuth(member);

    const decision = requireDecision(this.receiver, decision_id);
    requireStatus(decision, Name.fromString('open'));
    requireSeat('member', member, decision.coop);
    if (outcomeOf(decision) != FAILED && !isLapsed(decision))
      refuse(`decision_id: voted down or lapsed expected, ${decision_id} is neither`);

    this.close(decision, Name.fromString('rejected'));
  }

  protected requireDocument(decision: Decision, document_hash: Checksum256): void {
    if (decision.document_hash != document_hash)
      refuse(
        `document_hash: ${decision.document_hash} of decision ${decision.decision_id} expected, came ${document_hash}`,
      );
  }

  private close(decision: Decision, status: Name): void {
    decision.status = status;
    this.decisions.update(decision, this.receiver);

    sendLog(this.receiver, 'logdecision', new DecisionFact(decision, EMPTY_NAME, []));
  }
}
