import { Asset, Checksum256, EMPTY_NAME, Name, Table, requireAuth } from 'proton-tsc';
import { requireAtMost, requirePositive, requirePrice } from '../../shared/amounts';
import { refuse, requireHash } from '../../shared/checks';
import { Point, Product } from '../../registry/registry.tables';
import { takeAct } from '../deals/ids.tables';
import { requireLot } from '../lots.tables';
import { Movement } from '../market.log';
import { Terms, movementOf, weigh } from '../movement.log';
import { placeOf } from '../reference.tables';
import { Mixture } from './origins.tables';
import { Stocktaking } from './stock.contract';

const MAX_INPUTS: i32 = 16;

/** What processing takes from a lot. */
@packer
export class Input extends Table {
  constructor(
    public lot_id: u64 = 0,
    public quantity: Asset = new Asset(),
  ) {
    super();
  }
}

/** Goods made of goods. */
export class Processing extends Stocktaking {
  /**
   * Makes a lot of a product from parts of other lots at the same point; the section's chair signs. The cooperative is the
   * producer; the origins of what was used pass to the new lot by their mass.
   */
  @action('process')
  process(
    chair: Name,
    point_id: u64,
    inputs: Input[],
    product: Name,
    quantity: Asset,
    price: Asset,
    grade: u8,
    programme: u64,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(chair);

    requireHash('document_hash', document_hash);
    if (inputs.length == 0 || inputs.length > MAX_INPUTS)
      refuse(`inputs: 1 to ${MAX_INPUTS} expected, came ${inputs.length}`);
    const point = this.reference.openPoint('point_id', point_id);
    const goods = this.reference.goodsToday(product);
    this.reference.requireChair(point, chair);
    this.reference.requireProgramme(programme, point.coop);
    requirePositive('quantity', quantity, goods.unit);
    requirePrice('price', price);

    const made = Name.fromString('made');
    const terms = new Terms(chair, programme, document_hash);
    const body = this.output(terms, point, goods, quantity, price, grade);
    this.decide(body, Name.fromString('process'), body.act_id, decision_id);
    const used = this.use(terms, body, inputs);
    this.open(made, body);
    this.finish(made, body);
    for (let i = 0; i < used.length; i++) this.finish(Name.fromString('used'), used[i]);
  }

  private output(
    terms: Terms,
    point: Point,
    goods: Product,
    quantity: Asset,
    price: Asset,
    grade: u8,
  ): Movement {
    const body = new Movement();
    weigh(body, goods, quantity, price);
    body.act_id = takeAct(this.receiver);
    body.coop = point.coop;
    body.chair = terms.chair;
    body.programme = terms.programme;
    body.document_hash = terms.document_hash;
    body.product = goods.product;
    body.producer = point.coop;
    body.producer_kind = Name.fromString('coop');
    body.grade = grade;
    body.from = placeOf(point);
    body.to = body.from;
    body.status = Name.fromString('made');
    return body;
  }

  /** Takes the inputs from their lots, each in an act of its own, and gives what was made their origins. */
  private use(terms: Terms, made: Movement, inputs: Input[]): Movement[] {
    const mixture = new Mixture();
    const used: Movement[] = [];
    for (let i = 0; i < inputs.length; i++) {
      const lot = requireLot(this.lots, inputs[i].lot_id);
      const quantity = inputs[i].quantity;
      const at = made.to.point_id;
      if (lot.point_id != at)
        refuse(`inputs: lots at point ${at} expected, lot ${lot.lot_id} stands at ${lot.point_id}`);
      requirePositive('inputs', quantity, lot.stock.symbol);
      requireAtMost('inputs', quantity, lot.stock);
      const body = movementOf(terms, lot, this.reference.goods(lot.product), quantity, lot.price);
      body.act_id = takeAct(this.receiver);
      body.parent_act = made.act_id;
      body.decision_id = made.decision_id;
      body.robot = made.robot;
      body.from = made.from;
      body.to = made.from;
      body.status = Name.fromString('used');
      this.move(body.status, lot, quantity);
      mixture.add(body);
      used.push(body);
    }
    mixture.describe(made);
    return used;
  }
}
