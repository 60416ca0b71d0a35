import { Asset, Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';

/** A target consumer programme. States: draft → approved → closed; a revision waits beside the version in force. */
@table('programmes')
export class Programme extends Table {
  constructor(
    public programme_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public title: string = '',
    /** Version in force; 0 while nothing is approved. */
    public version: u16 = 0,
    public regulation_hash: Checksum256 = new Checksum256(),
    /** Share part of a contribution in millionths; the rest is the membership part. */
    public share_ppm: u32 = 0,
    public status: Name = EMPTY_NAME,
    public decision_id: u64 = 0,
    public draft_version: u16 = 0,
    public draft_hash: Checksum256 = new Checksum256(),
    public draft_ppm: u32 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.programme_id;
  }
}

/** One who signed a version of the regulation of the programme that is the table's scope. */
@table('participants')
export class Participant extends Table {
  constructor(
    public account: Name = EMPTY_NAME,
    public version: u16 = 0,
    public regulation_hash: Checksum256 = new Checksum256(),
    public joined_at: TimePointSec = new TimePointSec(),
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.account.N;
  }
}

/** A member's share account in the cooperative that is the scope: balance = contributed − returned, never below zero. */
@table('shares')
export class ShareAccount extends Table {
  constructor(
    public member: Name = EMPTY_NAME,
    public balance: Asset = new Asset(),
    public contributed: Asset = new Asset(),
    public returned: Asset = new Asset(),
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.member.N;
  }
}

/** A ledger account of the cooperative that is the scope: debits less credits. The sum over a scope is always zero. */
@table('ledger')
export class LedgerAccount extends Table {
  constructor(
    public code: Name = EMPTY_NAME,
    public balance: i64 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.code.N;
  }
}

/** Money promised to or by a cooperative and not yet confirmed by the cashier. */
@table('payments')
export class Payment extends Table {
  constructor(
    public payment_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public member: Name = EMPTY_NAME,
    /** entry, share, membership, targeted, donation; or refund. */
    public kind: Name = EMPTY_NAME,
    public amount: Asset = new Asset(),
    public document_hash: Checksum256 = new Checksum256(),
    public made_at: TimePointSec = new TimePointSec(),
    /** Of a contribution: the share part, in millionths, of the version that its member had signed when it was promised. */
    public share_ppm: u32 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.payment_id;
  }
}
