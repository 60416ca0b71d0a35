import { Checksum256, Name, TableStore, requireAuth } from 'proton-tsc';
import { Seat } from '../council/council.tables';
import { refuse, requireHash, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireAccount, requireActive } from '../shared/members';
import { Accounts } from './accounts.contract';
import { ApplicationFact, MemberFact, PartakeFact } from './registry.log';
import { Member, Partaker, Section } from './registry.tables';
import { requireCoop, requireOpenSection } from './rows.tables';

/** Memberships: applied → active → left or excluded. */
export class Members extends Accounts {
  /**
   * Asks to join a cooperative by one of its sections, whose chair becomes the delegate of the member's vote (R4); the registered account
   * signs. One who left or was excluded may ask again by the same registration.
   */
  @action('apply')
  applyFor(
    account: Name,
    coop: Name,
    section_id: u64,
    application_hash: Checksum256,
    consent_hash: Checksum256,
  ): void {
    requireAuth(account);

    requireHash('application_hash', application_hash);
    requireHash('consent_hash', consent_hash);
    requireAccount('account', account);
    requireCoop(this.coops, 'coop', coop);
    requireOpenSection(this.sections, section_id, coop);
    const members = this.membersOf(coop);
    const known = members.get(account.N);
    if (known != null && isCurrent(known))
      refuse(`account: no membership yet expected, ${account} is ${known.status} in ${coop}`);

    members.set(new Member(account, section_id, Name.fromString('applied'), application_hash), this.receiver);

    const fact = new ApplicationFact(account, coop, section_id, application_hash, consent_hash);
    sendLog(this.receiver, 'logapply', fact);
  }

  /** Admits an applicant (R3); the council signs. */
  @action('admit')
  admit(coop: Name, account: Name, decision_id: u64): void {
    requireAuth(Name.fromString('council'));

    requireCoop(this.coops, 'coop', coop);
    const member = this.membersOf(coop).get(account.N);
    if (member == null) refuse(`account: an application to ${coop} expected, ${textOf(account)} has none`);
    if (member!.status != Name.fromString('applied'))
      refuse(`account: status applied expected, ${account} is ${member!.status}`);
    const section = requireOpenSection(this.sections, member!.section_id, coop);

    member!.status = Name.fromString('active');
    member!.decision_id = decision_id;
    member!.delegate = section.chair;
    this.countMembership(account, 1);

    this.saved(member!, coop, member!.application_hash);
  }

  /** Ends the membership of one whom the council excluded; the council signs. */
  @action('exclude')
  exclude(coop: Name, account: Name, decision_id: u64): void {
    requireAuth(Name.fromString('council'));

    const member = requireActive('account', account, coop);
    this.requireNoDuty(member, coop);

    member.status = Name.fromString('excluded');
    member.decision_id = decision_id;
    this.countMembership(account, -1);

    this.saved(member, coop, new Checksum256());
  }

  /** Ends one's own membership or application; the account signs. */
  @action('leave')
  leave(account: Name, coop: Name, document_hash: Checksum256): void {
    requireAuth(account);

    requireHash('document_hash', document_hash);
    const member = this.membersOf(coop).get(account.N);
    if (member == null || !isCurrent(member))
      refuse(`account: a member of ${coop} or an applicant expected, ${textOf(account)} is neither`);
    this.requireNoDuty(member!, coop);

    if (member!.status == Name.fromString('active')) this.countMembership(account, -1);
    member!.status = Name.fromString('left');

    this.saved(member!, coop, document_hash);
  }

  /** Moves the member's one vote to another section (R5), to its chair (R4); the account signs. */
  @action('movesection')
  movesection(account: Name, coop: Name, section_id: u64): void {
    requireAuth(account);

    const member = requireActive('account', account, coop);
    this.requireNoChair(member);
    const section = requireOpenSection(this.sections, section_id, coop);
    if (member.section_id == section_id)
      refuse(`section_id: another section expected, ${account} votes in ${section_id}`);

    member.section_id = section_id;
    member.delegate = section.chair;

    this.saved(member, coop, new Checksum256());
  }

  /** Takes part in a section's work without a vote in it, in any number of them (R5); the account signs. */
  @action('joinsection')
  joinsection(account: Name, section_id: u64): void {
    requireAuth(account);

    const section = this.sections.get(section_id);
    if (section == null || section.closed) refuse(`section_id: an open section expected, came ${section_id}`);
    const member = requireActive('account', account, section!.coop);
    if (member.section_id == section_id)
      refuse(`section_id: another section expected, ${account} votes in ${section_id}`);
    const partakers = this.partakersOf(section_id);
    if (partakers.exists(account.N))
      refuse(`account: not in section ${section_id} yet expected, ${account} takes part in it`);

    partakers.store(new Partaker(account), this.receiver);

    sendLog(this.receiver, 'logpartake', new PartakeFact(section_id, section!.coop, account, true));
  }

  /** Ends one's part in a section; the account signs. */
  @action('quitsection')
  quitsection(account: Name, section_id: u64): void {
    requireAuth(account);

    const partakers = this.partakersOf(section_id);
    const partaker = partakers.get(account.N);
    if (partaker == null)
      refuse(`account: one who takes part in section ${section_id} expected, came ${textOf(account)}`);

    partakers.remove(partaker!);

    const coop = this.sections.requireGet(section_id, 'section of a partaker is missing').coop;
    sendLog(this.receiver, 'logpartake', new PartakeFact(section_id, coop, account, false));
  }

  protected membersOf(coop: Name): TableStore<Member> {
    return new TableStore<Member>(this.receiver, coop);
  }

  private partakersOf(section_id: u64): TableStore<Partaker> {
    return new TableStore<Partaker>(this.receiver, Name.fromU64(section_id));
  }

  private countMembership(account: Name, by: i32): void {
    const row = requireAccount('account', account);
    row.memberships = <u32>(<i32>row.memberships + by);
    this.accounts.update(row, this.receiver);
  }

  /** Neither sits in the council nor chairs the own section: others stand in these duties by the member's name. */
  private requireNoDuty(member: Member, coop: Name): void {
    if (new TableStore<Seat>(Name.fromString('council'), coop).exists(member.account.N))
      refuse(`account: one without a seat in the council expected, ${member.account} has one`);
    this.requireNoChair(member);
  }

  private requireNoChair(member: Member): void {
    const section: Section = this.sections.requireGet(member.section_id, 'section of a member is missing');
    if (section.chair == member.account)
      refuse(
        `account: another than the chair of section ${section.section_id} expected, came ${section.chair}`,
      );
  }

  private saved(member: Member, coop: Name, document_hash: Checksum256): void {
    this.membersOf(coop).update(member, this.receiver);

    sendLog(this.receiver, 'logmember', new MemberFact(coop, member, document_hash));
  }
}

function isCurrent(member: Member): bool {
  return member.status == Name.fromString('applied') || member.status == Name.fromString('active');
}
