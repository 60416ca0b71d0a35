import { Authority, Checksum256, EMPTY_NAME, Name, PublicKey, Table, TimePointSec } from 'proton-tsc';

/**
 * A new key for an account whose key is lost; at most one an account. States: asked → waiting; the row goes when it is stopped
 * or ended. Only a decision after `after` can speak of it.
 */
@table('recoveries')
export class Recovery extends Table {
  constructor(
    public account: Name = EMPTY_NAME,
    public coop: Name = EMPTY_NAME,
    public key: PublicKey = new PublicKey(),
    public document_hash: Checksum256 = new Checksum256(),
    public asker: Name = EMPTY_NAME,
    public after: u64 = 0,
    public decision_id: u64 = 0,
    /** End of the waiting period; zero while only asked. */
    public due: TimePointSec = new TimePointSec(),
    public status: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.account.N;
  }
}

/** The chain's own `updateauth`. */
@packer
export class UpdateAuth extends Table {
  constructor(
    public account: Name = EMPTY_NAME,
    public permission: Name = EMPTY_NAME,
    public parent: Name = EMPTY_NAME,
    public auth: Authority = new Authority(),
  ) {
    super();
  }
}
