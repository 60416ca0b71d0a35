import { Asset, Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';
import { documentKey } from '../../shared/documents';

/**
 * Work that a member reports and the section's chair has yet to approve, under the first eight bytes of its document's hash.
 * States: claimed → approved, or lapsed; the row goes with either.
 */
@table('works')
export class WorkReport extends Table {
  constructor(
    public act_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public section_id: u64 = 0,
    public member: Name = EMPTY_NAME,
    public minutes: u32 = 0,
    /** Roubles an hour. */
    public rate: Asset = new Asset(),
    public value: Asset = new Asset(),
    public chair: Name = EMPTY_NAME,
    public decision_id: u64 = 0,
    public robot: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
    public until: TimePointSec = new TimePointSec(),
    public status: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return documentKey(this.document_hash);
  }
}
