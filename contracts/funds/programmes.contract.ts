import {
  Checksum256,
  EMPTY_NAME,
  Name,
  Singleton,
  TableStore,
  TimePointSec,
  currentTimeSec,
  requireAuth,
} from 'proton-tsc';
import { Decision } from '../council/council.tables';
import { Coop } from '../registry/registry.tables';
import { refuse, requireHash, requireText, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireActive, requireSeat } from '../shared/members';
import { WHOLE_PPM } from '../shared/parts';
import { requireInForce, requireProgramme } from '../shared/programmes';
import { FundsCounters } from './counters.tables';
import { joinFact } from './funds.log';
import { Participant, Programme } from './funds.tables';
import { FundsLogs } from './logs.contract';

/** Programmes and who takes part in them: every movement of property between a cooperative and a member is under one. */
export class Programmes extends FundsLogs {
  programmes: TableStore<Programme> = new TableStore<Programme>(this.receiver);
  counters: Singleton<FundsCounters> = new Singleton<FundsCounters>(this.receiver);

  /** Drafts a programme by its regulation and the share part of contributions; a council seat signs. */
  @action('addprogramme')
  addprogramme(
    proposer: Name,
    coop: Name,
    title: string,
    share_ppm: u32,
    regulation_hash: Checksum256,
  ): void {
    requireAuth(proposer);

    requireText('title', title);
    requireDraft(share_ppm, regulation_hash);
    requireSeat('proposer', proposer, coop);

    const counters = this.counters.get();
    counters.programme_id += 1;
    this.counters.set(counters, this.receiver);
    const row = new Programme(counters.programme_id, coop, title);
    row.status = Name.fromString('draft');
    this.draft(row, share_ppm, regulation_hash);
    this.programmes.store(row, this.receiver);

    sendLog(this.receiver, 'logprogramme', row);
  }

  /** Drafts the next version, beside the one in force; a council seat signs. An earlier draft gives way. */
  @action('revise')
  revise(proposer: Name, programme_id: u64, share_ppm: u32, regulation_hash: Checksum256): void {
    requireAuth(proposer);

    requireDraft(share_ppm, regulation_hash);
    const row = requireProgramme(programme_id);
    requireSeat('proposer', proposer, row.coop);
    if (row.status == Name.fromString('closed'))
      refuse(`programme: a draft or an approved one expected, ${programme_id} is closed`);

    this.draft(row, share_ppm, regulation_hash);
    this.programmes.update(row, this.receiver);

    sendLog(this.receiver, 'logprogramme', row);
  }

  /**
   * Puts the drafted version in force (R64); the council signs. The councillors voted for a regulation by its hash: another
   * draft than the decision's document, or a decision without a vote to look up, is refused.
   */
  @action('approve')
  approve(coop: Name, programme_id: u64, decision_id: u64): void {
    requireAuth(Name.fromString('council'));

    const row = this.programmeOf(coop, programme_id);
    if (row.draft_version == 0)
      refuse(`programme: a draft expected, version ${row.version} of ${programme_id} is ${row.status}`);
    const decision = new TableStore<Decision>(Name.fromString('council')).get(decision_id);
    if (decision == null) refuse(`decision_id: a decision with its votes expected, came ${decision_id}`);
    if (decision!.document_hash != row.draft_hash)
      refuse(
        `document_hash: the draft's ${row.draft_hash} expected, decision ${decision_id} has ${decision!.document_hash}`,
      );

    row.version = row.draft_version;
    row.regulation_hash = row.draft_hash;
    row.share_ppm = row.draft_ppm;
    row.status = Name.fromString('approved');
    row.decision_id = decision_id;
    row.draft_version = 0;
    row.draft_hash = new Checksum256();
    row.draft_ppm = 0;
    this.programmes.update(row, this.receiver);

    sendLog(this.receiver, 'logprogramme', row);
  }

  /** Closes a programme in force: nothing new begins under it, what is owed is still returned. The council signs. */
  @action('closeprog')
  closeprog(coop: Name, programme_id: u64, decision_id: u64): void {
    requireAuth(Name.fromString('council'));

    const row = this.programmeOf(coop, programme_id);
    requireInForce(programme_id);

    row.status = Name.fromString('closed');
    row.decision_id = decision_id;
    this.programmes.update(row, this.receiver);

    sendLog(this.receiver, 'logprogramme', row);
  }

  /**
   * Signs the version in force of a programme's regulation (R65): an active member of its cooperative, or another
   * cooperative that goods are to be shipped to. After a revision one joins anew.
   */
  @action('join')
  joinProgramme(account: Name, programme_id: u64, version: u16, regulation_hash: Checksum256): void {
    requireAuth(account);

    const programme = requireInForce(programme_id);
    if (version != programme.version)
      refuse(`version: ${programme.version} in force expected, came ${version}`);
    if (regulation_hash != programme.regulation_hash)
      refuse(`regulation_hash: ${programme.regulation_hash} in force expected, came ${regulation_hash}`);
    const participants = this.participants(programme_id);
    const known = participants.get(account.N);
    if (known != null && known.version == version)
      refuse(`account: not yet a participant by version ${version} expected, ${account} is one`);
    if (!isOtherCoop(account, programme.coop)) requireActive('account', account, programme.coop);

    const row = new Participant(account, version, regulation_hash, new TimePointSec(currentTimeSec()));
    participants.set(row, this.receiver);

    sendLog(this.receiver, 'logjoin', joinFact(programme_id, programme.coop, row, true));
  }

  /** Ends the signer's part in a programme, whatever its state. */
  @action('quit')
  quit(account: Name, programme_id: u64): void {
    requireAuth(account);

    const programme = requireProgramme(programme_id);
    const participants = this.participants(programme_id);
    const row = participants.get(account.N);
    if (row == null)
      refuse(`account: a participant of programme ${programme_id} expected, ${account} is none`);

    participants.remove(row!);

    sendLog(this.receiver, 'logjoin', joinFact(programme_id, programme.coop, row!, false));
  }

  /** Version numbers grow past drafts that gave way, so a number never means two regulations. */
  private draft(row: Programme, share_ppm: u32, regulation_hash: Checksum256): void {
    const last = max(row.version, row.draft_version);
    if (last == u16.MAX_VALUE) refuse(`programme: fewer than ${last} versions expected, it has as many`);
    row.draft_version = last + 1;
    row.draft_hash = regulation_hash;
    row.draft_ppm = share_ppm;
  }

  private programmeOf(coop: Name, programme_id: u64): Programme {
    const row = requireProgramme(programme_id);
    if (row.coop != coop)
      refuse(`programme: one of ${textOf(coop)} expected, ${programme_id} is of ${row.coop}`);
    return row;
  }

  private participants(programme_id: u64): TableStore<Participant> {
    return new TableStore<Participant>(this.receiver, new Name(programme_id));
  }
}

function requireDraft(share_ppm: u32, regulation_hash: Checksum256): void {
  if (share_ppm > WHOLE_PPM) refuse(`share_ppm: at most ${WHOLE_PPM} expected, came ${share_ppm}`);
  requireHash('regulation_hash', regulation_hash);
}

function isOtherCoop(account: Name, coop: Name): bool {
  return account != coop && new TableStore<Coop>(Name.fromString('registry')).exists(account.N);
}
