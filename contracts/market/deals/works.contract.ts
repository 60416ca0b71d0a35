import { Asset, Checksum256, Name, TableStore, TimePointSec, currentTimeSec, requireAuth } from 'proton-tsc';
import { Section } from '../../registry/registry.tables';
import { requirePrice } from '../../shared/amounts';
import { PostCall, sendPost } from '../../shared/calls';
import { refuse, requireHash } from '../../shared/checks';
import { PAIR_SECONDS, documentKey } from '../../shared/documents';
import { sendLog } from '../../shared/log';
import { requireActive } from '../../shared/members';
import { requireJoined, requireProgrammeOf } from '../../shared/programmes';
import { isOver } from '../../shared/terms';
import { requireSectionChair } from '../reference.tables';
import { decide } from './decided.tables';
import { takeAct } from './ids.tables';
import { Investments } from './investments.contract';
import { WorkReport } from './works.tables';

/** Minutes of one report: a month of days and nights at most, so that a slip of the pen shows. */
const MAX_MINUTES: u32 = 31 * 24 * 60;

/** Labour contributions: a member reports work, the section's chair approves it. */
export class Works extends Investments {
  works: TableStore<WorkReport> = new TableStore<WorkReport>(this.receiver);

  /** Reports work for a section; an active member who joined the programme signs (R64). It waits 30 days for the chair. */
  @action('work')
  work(
    member: Name,
    programme: u64,
    minutes: u32,
    rate: Asset,
    section_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(member);

    requireHash('document_hash', document_hash);
    requireMinutes(minutes, MAX_MINUTES);
    requirePrice('rate', rate);
    const section = requireSection(section_id);
    const coop = section.coop;
    if (section.closed) refuse(`section_id: an open section expected, ${section_id} is closed`);
    requireActive('member', member, coop);
    requireJoined('member', requireProgrammeOf(programme, coop), member);
    if (this.works.exists(documentKey(document_hash)))
      refuse('document_hash: a document of its own expected, other work waits under it');

    const row = new WorkReport(0, coop, programme, section_id, member, minutes, rate, pay(rate, minutes));
    row.document_hash = document_hash;
    row.until = new TimePointSec(currentTimeSec() + PAIR_SECONDS);
    row.status = Name.fromString('claimed');
    this.works.store(row, this.receiver);

    sendLog(this.receiver, 'logwork', row);
  }

  /** Approves reported work, all or less of it, as a labour contribution; the section's chair signs. */
  @action('approvework')
  approvework(chair: Name, document_hash: Checksum256, minutes: u32, decision_id: u64): void {
    requireAuth(chair);

    const row = this.requireWork(document_hash);
    if (isOver(row.until))
      refuse(`document_hash: work that waits expected, it lapsed at ${row.until.utcSeconds}`);
    requireMinutes(minutes, row.minutes);
    requireSectionChair(requireSection(row.section_id), chair);
    requireActive('member', row.member, row.coop);
    requireJoined('member', requireProgrammeOf(row.programme, row.coop), row.member);

    this.works.remove(row);
    row.act_id = takeAct(this.receiver);
    row.minutes = minutes;
    row.value = pay(row.rate, minutes);
    row.chair = chair;
    row.status = Name.fromString('approved');
    const by = decide(this.receiver, row.coop, decision_id, 'work', row.section_id, row.value, document_hash);
    row.decision_id = by.decision_id;
    row.robot = by.robot;
    const kind = Name.fromString('work');
    sendPost(
      this.receiver,
      new PostCall(
        this.receiver,
        row.coop,
        row.programme,
        kind,
        row.member,
        row.act_id,
        row.value,
        document_hash,
      ),
    );

    sendLog(this.receiver, 'logwork', row);
  }

  /** Clears away work that was not approved in 30 days; anybody signs. */
  @action('lapsework')
  lapsework(caller: Name, document_hash: Checksum256): void {
    requireAuth(caller);

    const row = this.requireWork(document_hash);
    if (!isOver(row.until))
      refuse(`document_hash: work that lapsed expected, it waits till ${row.until.utcSeconds}`);

    this.works.remove(row);

    row.status = Name.fromString('lapsed');
    sendLog(this.receiver, 'logwork', row);
  }

  private requireWork(document_hash: Checksum256): WorkReport {
    const found = this.works.get(documentKey(document_hash));
    if (found == null || found.document_hash != document_hash)
      refuse(`document_hash: a document of reported work expected, came ${document_hash}`);
    return found!;
  }
}

function requireMinutes(minutes: u32, most: u32): void {
  if (minutes == 0 || minutes > most) refuse(`minutes: 1 to ${most} expected, came ${minutes}`);
}

function requireSection(section_id: u64): Section {
  const found = new TableStore<Section>(Name.fromString('registry')).get(section_id);
  if (found == null) refuse(`section_id: a registered section expected, came ${section_id}`);
  return found!;
}

/** Roubles of so many minutes, rounded half up to a kopeck. The highest price for the most minutes stays below 2^53. */
function pay(rate: Asset, minutes: u32): Asset {
  return new Asset((rate.amount * minutes + 30) / 60, rate.symbol);
}
