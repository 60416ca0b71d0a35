import { Asset, Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';
import { Decision } from './council.tables';

@packer
export class SeatFact extends Table {
  constructor(
    public coop: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public role: Name = EMPTY_NAME,
    public decision_id: u64 = 0,
  ) {
    super();
  }
}

/** A delegation given or taken back. */
@packer
export class RobotFact extends Table {
  constructor(
    public coop: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public robot: Name = EMPTY_NAME,
    public kinds: Name[] = [],
    public limit: Asset = new Asset(),
    public expires: TimePointSec = new TimePointSec(),
    public signs: bool = false,
    public revoked: bool = false,
  ) {
    super();
  }
}

/** The row, and "by `robot` for each of `members_for`": the members stay responsible. */
@packer
export class DecisionFact extends Table {
  constructor(
    public row: Decision = new Decision(),
    public robot: Name = EMPTY_NAME,
    public members_for: Name[] = [],
  ) {
    super();
  }
}

@packer
export class VoteFact extends Table {
  constructor(
    public decision_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public in_favour: bool = false,
    public robot: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }
}

@packer
export class SignFact extends Table {
  constructor(
    public decision_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public signer: Name = EMPTY_NAME,
    public robot: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }
}

@packer
export class ExecFact extends Table {
  constructor(
    public decision_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public kind: Name = EMPTY_NAME,
    public subject: u64 = 0,
    public caller: Name = EMPTY_NAME,
  ) {
    super();
  }
}
