import { Checksum256, Name, TableStore, requireAuth } from 'proton-tsc';
import { refuse, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireActive } from '../shared/members';
import { Members } from './members.contract';
import { PartakeFact } from './registry.log';
import { Partaker } from './registry.tables';
import { requireOpenSection } from './rows.tables';

/** A member's sections: one to vote in, any number to take part in (R5). */
export class Partaking extends Members {
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

  private partakersOf(section_id: u64): TableStore<Partaker> {
    return new TableStore<Partaker>(this.receiver, Name.fromU64(section_id));
  }
}
