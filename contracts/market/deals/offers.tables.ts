import { Asset, Checksum256, EMPTY_NAME, Name, Table, TimePointSec } from 'proton-tsc';

/** Products that an offer may ask for in exchange, at most. */
export const MAX_WANTS: i32 = 8;

/** Offers and needs of one member that stand at a time. */
export const MAX_STANDING: u32 = 100;

/**
 * What a member offers or needs at a point. Kinds: offer, need. States: open → withdrawn, or lapsed after `till`; the row goes
 * with either.
 */
@table('offers')
export class StandingOffer extends Table {
  constructor(
    public offer_id: u64 = 0,
    public kind: Name = EMPTY_NAME,
    public coop: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public product: Name = EMPTY_NAME,
    public quantity: Asset = new Asset(),
    /** Roubles a whole unit. */
    public price: Asset = new Asset(),
    public from: TimePointSec = new TimePointSec(),
    public till: TimePointSec = new TimePointSec(),
    /** Zero where the goods keep. */
    public best_before: TimePointSec = new TimePointSec(),
    public point_id: u64 = 0,
    /** Products that would be taken in exchange. */
    public wants: Name[] = [],
    public document_hash: Checksum256 = new Checksum256(),
    public status: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.offer_id;
  }
}

/** How many offers and needs of a member stand; no row where none. */
@table('standing')
export class StandingCount extends Table {
  constructor(
    public member: Name = EMPTY_NAME,
    public offers: u32 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.member.N;
  }
}
