import { Asset, Checksum256, EMPTY_NAME, Name, Table, TableStore, TimePointSec } from 'proton-tsc';
import { refuse } from '../../shared/checks';
import { Investment } from './investments.tables';

/** Members of one pool, at most: their pledges are in its row. */
export const MAX_PLEDGES: i32 = 64;

@packer
export class Pledge extends Table {
  constructor(
    public member: Name = EMPTY_NAME,
    public amount: Asset = new Asset(),
  ) {
    super();
  }
}

/**
 * Members who gather for an order, a rent or an investment that none of them makes alone. States: open → full, when
 * nothing is left of the target; closed by its opener, or by anyone after `till`, when the row goes.
 */
@table('pools')
export class OpenPool extends Table {
  constructor(
    public pool_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public kind: Name = EMPTY_NAME,
    /** Of an order the product's name as a number, of a rent the thing; of an investment what its opener means. */
    public subject: u64 = 0,
    /** A quantity of the product, or roubles. */
    public target: Asset = new Asset(),
    public collected: Asset = new Asset(),
    public till: TimePointSec = new TimePointSec(),
    public opener: Name = EMPTY_NAME,
    public decision_id: u64 = 0,
    public robot: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
    public pledges: Pledge[] = [],
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.pool_id;
  }
}

/** A pool's new state with the member who brought it there and what they pledged by it. */
@packer
export class PoolFact extends Table {
  constructor(
    public pool_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public kind: Name = EMPTY_NAME,
    public subject: u64 = 0,
    public target: Asset = new Asset(),
    public collected: Asset = new Asset(),
    public till: TimePointSec = new TimePointSec(),
    public opener: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public amount: Asset = new Asset(),
    public decision_id: u64 = 0,
    public robot: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
    public status: Name = EMPTY_NAME,
  ) {
    super();
  }
}

export function poolFact(pool: OpenPool, member: Name, amount: i64, status: Name): PoolFact {
  return new PoolFact(
    pool.pool_id,
    pool.coop,
    pool.programme,
    pool.kind,
    pool.subject,
    pool.target,
    pool.collected,
    pool.till,
    pool.opener,
    member,
    new Asset(amount, pool.target.symbol),
    pool.decision_id,
    pool.robot,
    pool.document_hash,
    status,
  );
}

/** Place of a member among the pledges, or -1. */
export function pledgeIndex(pool: OpenPool, member: Name): i32 {
  for (let i = 0; i < pool.pledges.length; i++) {
    if (pool.pledges[i].member == member) return i;
  }
  return -1;
}

/** Nothing is left of a full pool's target. */
export function isFull(pool: OpenPool): bool {
  return pool.collected == pool.target;
}

export function requirePool(pools: TableStore<OpenPool>, pool_id: u64): OpenPool {
  const found = pools.get(pool_id);
  if (found == null) refuse(`pool_id: a standing pool expected, came ${pool_id}`);
  return found!;
}

/** Uses up the investor's pledge in a full pool; the amount is the pledge's, the programme the pool's. */
export function takePledge(pools: TableStore<OpenPool>, self: Name, investment: Investment): void {
  const pool = requirePool(pools, investment.pool_id);
  const what = `pool ${pool.pool_id}`;
  if (pool.kind != Name.fromString('invest'))
    refuse(`pool_id: a pool to invest expected, ${what} is to ${pool.kind}`);
  if (pool.programme != investment.programme)
    refuse(`programme: ${pool.programme} of ${what} expected, came ${investment.programme}`);
  if (!isFull(pool)) refuse(`pool_id: a full pool expected, ${what} has ${pool.collected} of ${pool.target}`);
  const at = pledgeIndex(pool, investment.member);
  if (at < 0) refuse(`member: one with a pledge in ${what} expected, ${investment.member} has none`);
  if (pool.pledges[at].amount != investment.amount)
    refuse(`amount: ${pool.pledges[at].amount} pledged in ${what} expected, came ${investment.amount}`);
  pool.pledges.splice(at, 1);
  pools.update(pool, self);
}
