import {
  Action,
  Asset,
  Checksum256,
  Name,
  PermissionLevel,
  Singleton,
  Table,
  TableStore,
  TimePointSec,
  currentTimeSec,
} from 'proton-tsc';
import { roubles } from '../shared/amounts';
import { refuse } from '../shared/checks';
import { calledAction, calledContract, namesDocument } from '../shared/kinds';
import { PASSED, councilOutcome, outcomeText } from '../shared/votes';
import { Decision } from './council.tables';
import { CouncilCounters } from './counters.tables';

/** What is not signed by then lapses. */
const LIFE_SECONDS: u32 = 30 * 24 * 3600;

/** What every call-back gets; `subject` is an id, or an account's name as a number. */
@packer
export class CallBack extends Table {
  constructor(
    public coop: Name = new Name(),
    public subject: u64 = 0,
    public decision_id: u64 = 0,
  ) {
    super();
  }
}

/** What the call-backs get that are about a paper. */
@packer
export class PaperCallBack extends Table {
  constructor(
    public coop: Name = new Name(),
    public subject: u64 = 0,
    public decision_id: u64 = 0,
    public document_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }
}

/** Takes the next decision's id. */
export function nextDecision(council: Name): u64 {
  const store = new Singleton<CouncilCounters>(council);
  const counters = store.get();
  counters.decision_id += 1;
  store.set(counters, council);
  return counters.decision_id;
}

/** An open decision of no money, proposed now. */
export function decisionOf(decision_id: u64, coop: Name, kind: Name, subject: u64): Decision {
  const decision = new Decision(decision_id, coop, kind, subject, new Asset(0, roubles()));
  const now = currentTimeSec();
  decision.proposed_at = new TimePointSec(now);
  decision.until = new TimePointSec(now + LIFE_SECONDS);
  decision.status = Name.fromString('open');
  return decision;
}

/** Tells the contract that the kind belongs to. */
export function callBack(
  council: Name,
  kind: Name,
  coop: Name,
  subject: u64,
  decision_id: u64,
  document_hash: Checksum256,
): void {
  const data = namesDocument(kind)
    ? new PaperCallBack(coop, subject, decision_id, document_hash).pack()
    : new CallBack(coop, subject, decision_id).pack();
  new Action(calledContract(kind), calledAction(kind), [new PermissionLevel(council)], data).send();
}

export function requireDecision(council: Name, decision_id: u64): Decision {
  const found = new TableStore<Decision>(council).get(decision_id);
  if (found == null) refuse(`decision_id: a decision with a row expected, came ${decision_id}`);
  return found!;
}

export function requireStatus(decision: Decision, status: Name): void {
  if (decision.status != status)
    refuse(`decision_id: status ${status} expected, ${decision.decision_id} is ${decision.status}`);
}

export function isLapsed(decision: Decision): bool {
  return currentTimeSec() >= decision.until.utcSeconds;
}

/** Open and not lapsed: it may be voted on and signed. */
export function requireOpen(decision: Decision): void {
  requireStatus(decision, Name.fromString('open'));
  if (isLapsed(decision))
    refuse(
      `decision_id: until ${decision.until.utcSeconds} expected, the block's time is ${currentTimeSec()}`,
    );
}

export function outcomeOf(decision: Decision): u8 {
  return councilOutcome(decision.seats, decision.votes_for, decision.votes_against, decision.chair_vote);
}

/** Voted through (R10): a signature puts nothing else in force. */
export function requirePassed(decision: Decision): void {
  const outcome = outcomeOf(decision);
  if (outcome == PASSED) return;
  refuse(
    `decision_id: passed expected, ${decision.votes_for} for and ${decision.votes_against} against of ${decision.seats} seats is ${outcomeText(outcome)}`,
  );
}
