import { Checksum256, EMPTY_NAME, Name, Table } from 'proton-tsc';

/** A role with the paper it rests on and the council's decision; `ano` gives its roles without either. */
@packer
export class RoleGrant extends Table {
  constructor(
    public role: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
    public decision_id: u64 = 0,
  ) {
    super();
  }
}

/** Roles of an account in the cooperative that is the table's scope, or everywhere in scope `ano`: each word at most once. */
@table('roles')
export class RoleHolder extends Table {
  constructor(
    public account: Name = EMPTY_NAME,
    public grants: RoleGrant[] = [],
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.account.N;
  }
}

/**
 * What a council is asked to decide about a section's chair or a role; the row goes when it is done.
 * Kinds: setchair (`section_id`), grantrole and revokerole (`role`). Only a decision after `after` can speak of it.
 */
@table('requests')
export class Request extends Table {
  constructor(
    public request_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public kind: Name = EMPTY_NAME,
    public account: Name = EMPTY_NAME,
    public section_id: u64 = 0,
    public role: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
    public proposer: Name = EMPTY_NAME,
    public after: u64 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.request_id;
  }
}
