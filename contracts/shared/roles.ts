import { Name, TableStore } from 'proton-tsc';
import { RoleHolder } from '../registry/roles.tables';
import { refuse, textOf } from './checks';

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

export function requireRole(field: string, scope: Name, account: Name, role: Name): void {
  if (!hasRole(scope, account, role))
    refuse(`${field}: role ${role} in ${scope} expected, ${textOf(account)} has it not`);
}
