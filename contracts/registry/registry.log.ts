import { Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';
import { Account, Member } from './registry.tables';
import { RoleGrant } from './roles.tables';

/** Facts whose fields differ from the row's. The other logs carry the row itself. */

/** A territory without its table key. */
@packer
export class TerritoryFact extends Table {
  constructor(
    public oktmo: string = '',
    public parent: string = '',
    public title: string = '',
    public valid_from: TimePointSec = new TimePointSec(),
    public valid_to: TimePointSec = new TimePointSec(),
    public successor: string = '',
  ) {
    super();
  }
}

/** An application; the consent is kept in the log alone. */
@packer
export class ApplicationFact extends Table {
  constructor(
    public account: Name = EMPTY_NAME,
    public coop: Name = EMPTY_NAME,
    public section_id: u64 = 0,
    public application_hash: Checksum256 = new Checksum256(),
    public consent_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }
}

/** An account with who verified it, if that is the news, and the paper that the change rests on. */
@packer
export class AccountFact extends Table {
  constructor(
    public row: Account = new Account(),
    public verifier: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }
}

/** A membership's new state, with the cooperative that is the row's scope and the paper that the change rests on. */
@packer
export class MemberFact extends Table {
  constructor(
    public coop: Name = EMPTY_NAME,
    public row: Member = new Member(),
    public document_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }
}

@packer
export class PartakeFact extends Table {
  constructor(
    public section_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public account: Name = EMPTY_NAME,
    public joined: bool = false,
  ) {
    super();
  }
}

/** A role given or taken in a cooperative, or everywhere where `coop` is `ano`. */
@packer
export class RoleFact extends Table {
  constructor(
    public coop: Name = EMPTY_NAME,
    public account: Name = EMPTY_NAME,
    public grant: RoleGrant = new RoleGrant(),
    public granted: bool = false,
  ) {
    super();
  }
}
