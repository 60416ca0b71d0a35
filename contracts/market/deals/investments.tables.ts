import { Asset, Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';

/** A member's targeted contribution that is to be paid back. States: running → part → repaid, when the row goes. */
@table('investments')
export class Investment extends Table {
  constructor(
    public invest_id: u64 = 0,
    /** The act that brought it to this state. */
    public act_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public pool_id: u64 = 0,
    public member: Name = EMPTY_NAME,
    public amount: Asset = new Asset(),
    public due: TimePointSec = new TimePointSec(),
    /** On top of the amount, for the whole term, in millionths. */
    public return_ppm: u32 = 0,
    /** Paid back so far, the return included. */
    public repaid: Asset = new Asset(),
    /** Paid back by this act. */
    public paid: Asset = new Asset(),
    public cashier: Name = EMPTY_NAME,
    public decision_id: u64 = 0,
    public robot: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
    public status: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.invest_id;
  }
}
