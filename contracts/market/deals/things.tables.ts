import { Asset, Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';

/** A thing that may be rented, where it is kept; `rent_id` is its running rent or 0. */
@table('things')
export class Thing extends Table {
  constructor(
    public thing_id: u64 = 0,
    public owner: Name = EMPTY_NAME,
    public kind: Name = EMPTY_NAME,
    public title: string = '',
    public oktmo: string = '',
    public document_hash: Checksum256 = new Checksum256(),
    public rent_id: u64 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.thing_id;
  }
}

/** A thing in another's use for a term. States: running → ended, when the row goes. */
@table('rents')
export class Tenancy extends Table {
  constructor(
    public rent_id: u64 = 0,
    public act_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public thing_id: u64 = 0,
    public owner: Name = EMPTY_NAME,
    public renter: Name = EMPTY_NAME,
    public from: TimePointSec = new TimePointSec(),
    public till: TimePointSec = new TimePointSec(),
    /** Roubles for the whole term. */
    public price: Asset = new Asset(),
    public decision_id: u64 = 0,
    /** `market` where it took the decision for those who delegated it. */
    public robot: Name = EMPTY_NAME,
    /** Of the act of renting; in the log of the end, of the act of return. */
    public document_hash: Checksum256 = new Checksum256(),
    public status: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.rent_id;
  }
}
