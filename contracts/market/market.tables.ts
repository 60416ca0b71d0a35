import { Asset, Checksum256, EMPTY_NAME, Name, Table } from 'proton-tsc';
import { OriginShare, Place } from '../shared/place';

/**
 * A quantity of one product with one origin, standing at a point.
 * Invariant, after every action: accepted = issued + shipped + sold + processed + lost + stock, none below zero.
 */
@table('lots')
export class Lot extends Table {
  constructor(
    public lot_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public point_id: u64 = 0,
    public product: Name = EMPTY_NAME,
    public origin: Place = new Place(),
    public evidence: u8 = 0,
    public producer: Name = EMPTY_NAME,
    public producer_kind: Name = EMPTY_NAME,
    public producer_member: bool = false,
    public grade: u8 = 0,
    public accepted: Asset = new Asset(),
    public issued: Asset = new Asset(),
    public shipped: Asset = new Asset(),
    public sold: Asset = new Asset(),
    public lost: Asset = new Asset(),
    public stock: Asset = new Asset(),
    public parent_lot: u64 = 0,
    public processed: Asset = new Asset(),
    /** Of a lot mixed of several origins; empty where `origin` speaks. */
    public origins: OriginShare[] = [],
    /** Roubles a whole unit, and the programme, under which it came. */
    public price: Asset = new Asset(),
    public programme: u64 = 0,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.lot_id;
  }
}

/** Goods on the way between two points. The id is that of the act of shipping; the row goes when they are received. */
@table('shipments')
export class Shipment extends Table {
  constructor(
    public shipment_id: u64 = 0,
    public lot_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public quantity: Asset = new Asset(),
    public price: Asset = new Asset(),
    public from_point: u64 = 0,
    public to_point: u64 = 0,
    public programme: u64 = 0,
    public decision_id: u64 = 0,
    public document_hash: Checksum256 = new Checksum256(),
    /** Who took the decision, where a robot did. */
    public robot: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.shipment_id;
  }
}

/** A member's complaint about goods issued to them. States: open → upheld or dismissed; a row while it is open. */
@table('complaints')
export class Complaint extends Table {
  constructor(
    public complaint_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public act_id: u64 = 0,
    public lot_id: u64 = 0,
    public product: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public quantity: Asset = new Asset(),
    public reason: string = '',
    public status: Name = EMPTY_NAME,
    public chair: Name = EMPTY_NAME,
    public document_hash: Checksum256 = new Checksum256(),
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.complaint_id;
  }
}

/** Last ids given; never given again. */
@table('counters', singleton)
export class Counters extends Table {
  constructor(
    public act_id: u64 = 0,
    public lot_id: u64 = 0,
    public complaint_id: u64 = 0,
  ) {
    super();
  }
}
