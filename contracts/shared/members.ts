import { Name, TableStore } from 'proton-tsc';
import { Seat } from '../council/council.tables';
import { Account, Member } from '../registry/registry.tables';
import { refuse, textOf } from './checks';

/** The registry's account of a name. */
export function requireAccount(field: string, account: Name): Account {
  const found = new TableStore<Account>(Name.fromString('registry')).get(account.N);
  if (found == null) refuse(`${field}: a registered account expected, came ${textOf(account)}`);
  return found!;
}

/** An admitted member of the cooperative. */
export function requireActive(field: string, account: Name, coop: Name): Member {
  const member = new TableStore<Member>(Name.fromString('registry'), coop).get(account.N);
  if (member == null) refuse(`${field}: an active member of ${coop} expected, ${textOf(account)} is none`);
  if (member!.status != Name.fromString('active'))
    refuse(`${field}: an active member of ${coop} expected, ${account} is ${member!.status}`);
  return member!;
}

/** A person whose papers were looked at (R1). */
export function requireVerifiedPerson(field: string, account: Name): void {
  const row = requireAccount(field, account);
  if (row.kind != Name.fromString('person')) refuse(`${field}: a person expected, ${account} is ${row.kind}`);
  if (!row.verified) refuse(`${field}: a verified person expected, ${account} is not verified`);
}

/** A seat in the cooperative's council. */
export function requireSeat(field: string, member: Name, coop: Name): Seat {
  const seat = new TableStore<Seat>(Name.fromString('council'), coop).get(member.N);
  if (seat == null) refuse(`${field}: a seat in the council of ${coop} expected, ${textOf(member)} has none`);
  return seat!;
}
