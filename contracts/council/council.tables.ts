import { Asset, Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';

/** What a council member lets a robot signer do in the member's place. The member stays responsible for it. */
@packer
export class Delegation extends Table {
  constructor(
    public robot: Name = EMPTY_NAME,
    public kinds: Name[] = [],
    /** Roubles of one decision, at most. */
    public limit: Asset = new Asset(),
    public expires: TimePointSec = new TimePointSec(),
    /** Whether the robot also signs as chair. */
    public signs: bool = false,
  ) {
    super();
  }
}

/** A seat in the council of the cooperative that is the table's scope. Roles: chair, member. */
@table('seats')
export class Seat extends Table {
  constructor(
    public member: Name = EMPTY_NAME,
    public role: Name = EMPTY_NAME,
    public robots: Delegation[] = [],
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.member.N;
  }
}

/** Modes: vote, robot, founding. States: open → signed → executed, or rejected, or withdrawn. */
@table('decisions')
export class Decision extends Table {
  constructor(
    public decision_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public kind: Name = EMPTY_NAME,
    /** What it is about: an id, or an account's name as a number, in the contract that the kind belongs to. */
    public subject: u64 = 0,
    public amount: Asset = new Asset(),
    public document_hash: Checksum256 = new Checksum256(),
    public proposer: Name = EMPTY_NAME,
    public mode: Name = EMPTY_NAME,
    public seats: u16 = 0,
    public votes_for: u16 = 0,
    public votes_against: u16 = 0,
    /** 0 not yet, 1 for, 2 against: on a tie the chair's own vote wins. */
    public chair_vote: u8 = 0,
    public signer: Name = EMPTY_NAME,
    public status: Name = EMPTY_NAME,
    public proposed_at: TimePointSec = new TimePointSec(),
    /** Not signed by then, it lapses. */
    public until: TimePointSec = new TimePointSec(),
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.decision_id;
  }
}

/** A vote on the decision that is the table's scope; `robot` is empty where the member voted in person. */
@table('votes')
export class SeatVote extends Table {
  constructor(
    public member: Name = EMPTY_NAME,
    public in_favour: bool = false,
    public robot: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.member.N;
  }
}
