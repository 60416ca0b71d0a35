import { Name, TableStore } from 'proton-tsc';
import { RoleHolder } from '../registry/roles.tables';
import { refuse, textOf } from './checks';
import { requireActive } from './members';

/** Place of a role among an account's grants, or -1. */
export function grantIndex(holder: RoleHolder, role: Name): i32 {
  for (let i = 0; i < holder.grants.length; i++) {
    if (holder.grants[i].role == role) return i;
  }
  return -1;
}

/** Whether the account holds the role in a cooperative, or in all of them where `scope` is `ano`. */
export function hasRole(scope: Name, account: Name, role: Name): bool {
  const holder = new TableStore<RoleHolder>(Name.fromString('registry'), scope).get(account.N);
  return holder != null && grantIndex(holder, role) >= 0;
}

/** A role in a cooperative counts only while its holder is an active member there. */
export function requireRole(field: string, coop: Name, account: Name, role: Name): void {
  requireActive(field, account, coop);
  if (!hasRole(coop, account, role))
    refuse(`${field}: role ${role} in ${coop} expected, ${textOf(account)} has it not`);
}
