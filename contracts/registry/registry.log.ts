import { Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';

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

/** A membership's new state, with the cooperative that is the row's scope. */
@packer
export class MemberFact extends Table {
  constructor(
    public coop: Name = EMPTY_NAME,
    public account: Name = EMPTY_NAME,
    public section_id: u64 = 0,
    public status: Name = EMPTY_NAME,
    public decision_id: u64 = 0,
  ) {
    super();
  }
}
