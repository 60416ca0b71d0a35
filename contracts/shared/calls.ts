import { Action, Asset, Checksum256, EMPTY_NAME, Name, PermissionLevel, Singleton, Table } from 'proton-tsc';
import { CouncilCounters } from '../council/counters.tables';

/** Inline calls between the contracts. Each is authorised by the calling contract itself. */

/** `council::automate` and `council::authorise`; a robot's name for the first, the calling contract's for the second. */
@packer
export class DecisionCall extends Table {
  constructor(
    public caller: Name = EMPTY_NAME,
    public decision_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public kind: Name = EMPTY_NAME,
    public subject: u64 = 0,
    public amount: Asset = new Asset(),
    public document_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }
}

/** `funds::post`: books an act. `kind` chooses the entries; `undo` books them the other way round. */
@packer
export class PostCall extends Table {
  constructor(
    public caller: Name = EMPTY_NAME,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public kind: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public act_id: u64 = 0,
    public amount: Asset = new Asset(),
    public document_hash: Checksum256 = new Checksum256(),
    public undo: bool = false,
  ) {
    super();
  }
}

function call(contract: Name, action: string, self: Name, data: u8[]): void {
  new Action(contract, Name.fromString(action), [new PermissionLevel(self)], data).send();
}

/**
 * Puts an act under a decision of the cooperative's council (R22) and returns the decision's id: the given one, which must be
 * signed and of this kind, subject and amount, and is used up by it; or, given 0, one that the robot named like
 * the calling contract takes for the members who delegated this kind to it. Refused, the whole transaction is.
 */
export function underDecision(
  self: Name,
  coop: Name,
  decision_id: u64,
  kind: Name,
  subject: u64,
  amount: Asset,
  document_hash: Checksum256,
): u64 {
  const council = Name.fromString('council');
  if (decision_id != 0) {
    const given = new DecisionCall(self, decision_id, coop, kind, subject, amount, document_hash);
    call(council, 'authorise', self, given.pack());
    return decision_id;
  }
  const next = new Singleton<CouncilCounters>(council).get().decision_id + 1;
  const taken = new DecisionCall(self, next, coop, kind, subject, amount, document_hash);
  call(council, 'automate', self, taken.pack());
  return next;
}

/** Books an act in the cooperative's ledger and the member's share account. */
export function sendPost(self: Name, entry: PostCall): void {
  call(Name.fromString('funds'), 'post', self, entry.pack());
}
