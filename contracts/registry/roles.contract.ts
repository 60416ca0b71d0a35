import { Checksum256, Name, TableStore, requireAuth } from 'proton-tsc';
import { refuse, requireHash, requireWord } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireAccount, requireActive, requireSeat } from '../shared/members';
import { grantIndex } from '../shared/roles';
import { Partaking } from './partaking.contract';
import { RoleFact } from './registry.log';
import { newRequest, requireRequest } from './requests.tables';
import { RoleGrant, RoleHolder } from './roles.tables';

const COOP_ROLES = 'cashier sectchair analyst';
const ANO_ROLES = 'verifier analyst';

/** Roles: in a cooperative by its council's decision, everywhere by `ano`. */
export class Roles extends Partaking {
  /** Asks the council to give an active member a role by its papers; a seat signs. */
  @action('askrole')
  askrole(proposer: Name, coop: Name, account: Name, role: Name, document_hash: Checksum256): void {
    requireAuth(proposer);

    requireWord('role', role, COOP_ROLES);
    requireActive('account', account, coop);

    this.ask(proposer, coop, Name.fromString('grantrole'), account, role, document_hash);
  }

  /** Asks the council to take a role away; a seat signs. */
  @action('askrevoke')
  askrevoke(proposer: Name, coop: Name, account: Name, role: Name, document_hash: Checksum256): void {
    requireAuth(proposer);

    requireWord('role', role, COOP_ROLES);

    this.ask(proposer, coop, Name.fromString('revokerole'), account, role, document_hash);
  }

  /** Gives the role of a request; the council signs. */
  @action('grantrole')
  grantrole(coop: Name, request_id: u64, decision_id: u64, document_hash: Checksum256): void {
    requireAuth(Name.fromString('council'));

    const kind = Name.fromString('grantrole');
    const request = requireRequest(this.requests, request_id, coop, kind, decision_id, document_hash);
    requireActive('account', request.account, coop);

    this.requests.remove(request);

    this.grant(coop, request.account, new RoleGrant(request.role, request.document_hash, decision_id));
  }

  /** Takes the role of a request away; the council signs. */
  @action('revokerole')
  revokerole(coop: Name, request_id: u64, decision_id: u64, document_hash: Checksum256): void {
    requireAuth(Name.fromString('council'));

    const kind = Name.fromString('revokerole');
    const request = requireRequest(this.requests, request_id, coop, kind, decision_id, document_hash);

    this.requests.remove(request);

    this.revoke(coop, request.account, new RoleGrant(request.role, request.document_hash, decision_id));
  }

  /** Gives or takes a role that holds in all cooperatives; `ano` signs. */
  @action('anorole')
  anorole(account: Name, role: Name, granted: bool): void {
    const ano = Name.fromString('ano');
    requireAuth(ano);

    requireWord('role', role, ANO_ROLES);
    requireAccount('account', account);

    if (granted) this.grant(ano, account, new RoleGrant(role));
    else this.revoke(ano, account, new RoleGrant(role));
  }

  private ask(
    proposer: Name,
    coop: Name,
    kind: Name,
    account: Name,
    role: Name,
    document_hash: Checksum256,
  ): void {
    requireHash('document_hash', document_hash);
    requireSeat('proposer', proposer, coop);

    const request = newRequest(this.receiver, coop, kind, proposer, document_hash);
    request.account = account;
    request.role = role;
    this.requests.store(request, this.receiver);

    sendLog(this.receiver, 'logrequest', request);
  }

  private grant(scope: Name, account: Name, grant: RoleGrant): void {
    const holders = new TableStore<RoleHolder>(this.receiver, scope);
    const known = holders.get(account.N);
    const holder = known == null ? new RoleHolder(account) : known;
    if (grantIndex(holder, grant.role) >= 0)
      refuse(`role: one not held yet expected, ${account} has ${grant.role} in ${scope}`);

    holder.grants.push(grant);
    holders.set(holder, this.receiver);

    sendLog(this.receiver, 'logrole', new RoleFact(scope, account, grant, true));
  }

  private revoke(scope: Name, account: Name, grant: RoleGrant): void {
    const holders = new TableStore<RoleHolder>(this.receiver, scope);
    const holder = holders.get(account.N);
    const index = holder == null ? -1 : grantIndex(holder, grant.role);
    if (index < 0) refuse(`role: one that is held expected, ${account} has no ${grant.role} in ${scope}`);

    holder!.grants.splice(index, 1);
    if (holder!.grants.length == 0) holders.remove(holder!);
    else holders.update(holder!, this.receiver);

    sendLog(this.receiver, 'logrole', new RoleFact(scope, account, grant, false));
  }
}
