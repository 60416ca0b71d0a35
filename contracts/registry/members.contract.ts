import { Checksum256, Name, TableStore, requireAuth } from 'proton-tsc';
import { Seat } from '../council/council.tables';
import { refuse, requireHash, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireAccount, requireActive } from '../shared/members';
import { Accounts } from './accounts.contract';
import { ApplicationFact, MemberFact, RoleFact } from './registry.log';
import { Member, Section } from './registry.tables';
import { RoleGrant, RoleHolder } from './roles.tables';
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

  /** Ends the membership of one whom the council excluded, and the roles with it; the council signs. */
  @action('exclude')
  exclude(coop: Name, account: Name, decision_id: u64): void {
    requireAuth(Name.fromString('council'));

    const member = requireActive('account', account, coop);
    this.requireNoDuty(member, coop);

    member.status = Name.fromString('excluded');
    member.decision_id = decision_id;
    this.countMembership(account, -1);
    this.endRoles(account, coop, new Checksum256(), decision_id);

    this.saved(member, coop, new Checksum256());
  }

  /** Ends one's own membership, and the roles with it, or application; the account signs. */
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
    this.endRoles(account, coop, document_hash, 0);

    this.saved(member!, coop, document_hash);
  }

  protected membersOf(coop: Name): TableStore<Member> {
    return new TableStore<Member>(this.receiver, coop);
  }

  private countMembership(account: Name, by: i32): void {
    const row = requireAccount('account', account);
    row.memberships = <u32>(<i32>row.memberships + by);
    this.accounts.update(row, this.receiver);
  }

  /** One who joins again is given roles anew. Bound: each word of a cooperative's roles at most once. */
  private endRoles(account: Name, coop: Name, document_hash: Checksum256, decision_id: u64): void {
    const holders = new TableStore<RoleHolder>(this.receiver, coop);
    const holder = holders.get(account.N);
    if (holder == null) return;
    holders.remove(holder);
    for (let i = 0; i < holder.grants.length; i++) {
      const ended = new RoleGrant(holder.grants[i].role, document_hash, decision_id);
      sendLog(this.receiver, 'logrole', new RoleFact(coop, account, ended, false));
    }
  }

  /** Neither sits in the council nor chairs a section of it: others stand in these duties by the member's name. */
  private requireNoDuty(member: Member, coop: Name): void {
    if (new TableStore<Seat>(Name.fromString('council'), coop).exists(member.account.N))
      refuse(`account: one without a seat in the council expected, ${member.account} has one`);
    const chaired = this.sectionsChaired(member.account, coop);
    if (chaired > 0)
      refuse(`account: one who chairs no section of ${coop} expected, ${member.account} chairs ${chaired}`);
  }

  /** The chair of the own section votes in it. */
  protected requireNoChair(member: Member): void {
    const section: Section = this.sections.requireGet(member.section_id, 'section of a member is missing');
    if (section.chair == member.account)
      refuse(
        `account: another than the chair of section ${section.section_id} expected, came ${section.chair}`,
      );
  }

  protected saved(member: Member, coop: Name, document_hash: Checksum256): void {
    this.membersOf(coop).update(member, this.receiver);

    sendLog(this.receiver, 'logmember', new MemberFact(coop, member, document_hash));
  }
}

function isCurrent(member: Member): bool {
  return member.status == Name.fromString('applied') || member.status == Name.fromString('active');
}
