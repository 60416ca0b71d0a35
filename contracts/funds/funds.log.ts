import { Asset, Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';
import { Payment, Participant } from './funds.tables';

/** A debit and a credit of the same amount. */
@packer
export class Line extends Table {
  constructor(
    public debit: Name = EMPTY_NAME,
    public credit: Name = EMPTY_NAME,
    public amount: Asset = new Asset(),
  ) {
    super();
  }
}

/** What was booked and why; `share_balance` is the member's afterwards, zero where no member is moved. */
@packer
export class Posting extends Table {
  constructor(
    public entry_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public kind: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public act_id: u64 = 0,
    public document_hash: Checksum256 = new Checksum256(),
    public amount: Asset = new Asset(),
    public undo: bool = false,
    public lines: Line[] = [],
    public share_balance: Asset = new Asset(),
  ) {
    super();
  }
}

/** A participant with the programme that is the row's scope; `joined` is false when they quit. */
@packer
export class JoinFact extends Table {
  constructor(
    public programme_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public account: Name = EMPTY_NAME,
    public version: u16 = 0,
    public regulation_hash: Checksum256 = new Checksum256(),
    public joined: bool = false,
  ) {
    super();
  }
}

export function joinFact(programme_id: u64, coop: Name, row: Participant, joined: bool): JoinFact {
  return new JoinFact(programme_id, coop, row.account, row.version, row.regulation_hash, joined);
}

/** A payment's row with its new state: promised, confirmed, dropped or lapsed. */
@packer
export class PaymentFact extends Table {
  constructor(
    public payment_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public member: Name = EMPTY_NAME,
    public kind: Name = EMPTY_NAME,
    public amount: Asset = new Asset(),
    public document_hash: Checksum256 = new Checksum256(),
    public made_at: TimePointSec = new TimePointSec(),
    public status: Name = EMPTY_NAME,
    public cashier: Name = EMPTY_NAME,
    public bank_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }
}

export function paymentFact(row: Payment, status: Name): PaymentFact {
  return new PaymentFact(
    row.payment_id,
    row.coop,
    row.programme,
    row.member,
    row.kind,
    row.amount,
    row.document_hash,
    row.made_at,
    status,
  );
}
