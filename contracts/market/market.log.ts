import { Asset, Checksum256, EMPTY_NAME, Name, Table } from 'proton-tsc';
import { refuse, requireShort, requireText } from '../shared/checks';
import { OriginShare, Place } from '../shared/place';

export const PRODUCER_KINDS: string = 'household farm trader organisation coop unknown';
export const RECIPIENT_KINDS: string = 'ownuse catering trade processing';

/** 0 unknown, 1 declared, 2 document, 3 inspected. */
const MAX_EVIDENCE: u8 = 3;

/** Nothing can prove an origin that is unknown. */
export function checkEvidence(evidence: u8, originUnknown: bool): void {
  if (evidence > MAX_EVIDENCE) refuse(`evidence: 0 to ${MAX_EVIDENCE} expected, came ${evidence}`);
  if (originUnknown && evidence != 0) refuse(`evidence: 0 for an unknown origin expected, came ${evidence}`);
}

/** A rejection has a reason; no rejection has none. */
export function checkRejected(rejected: Asset, reason: string): void {
  if (rejected.amount > 0) {
    requireText('reject_reason', reason);
    return;
  }
  requireShort('reject_reason', reason);
  if (reason.length > 0) refuse('reject_reason: nothing expected when nothing is rejected, came a text');
}

/** The fact of one movement of goods: the same body in every log of the market. Its field order is the wire's. */
@packer
export class Movement extends Table {
  constructor(
    public act_id: u64 = 0,
    public parent_act: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public decision_id: u64 = 0,
    public robot: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
    public lot_id: u64 = 0,
    public product: Name = EMPTY_NAME,
    public quantity: Asset = new Asset(),
    public grams: u64 = 0,
    public price: Asset = new Asset(),
    public value: Asset = new Asset(),
    public origin: Place = new Place(),
    public from: Place = new Place(),
    public to: Place = new Place(),
    public evidence: u8 = 0,
    public producer: Name = EMPTY_NAME,
    public producer_kind: Name = EMPTY_NAME,
    public producer_member: bool = false,
    public recipient: Name = EMPTY_NAME,
    public recipient_kind: Name = EMPTY_NAME,
    public residence: string = '',
    public grade: u8 = 0,
    public rejected: Asset = new Asset(),
    public reject_reason: string = '',
    public status: Name = EMPTY_NAME,
    public parent_lot: u64 = 0,
    public order_id: u64 = 0,
    public chair: Name = EMPTY_NAME,
    public reason: string = '',
    public origins: OriginShare[] = [],
  ) {
    super();
  }
}
