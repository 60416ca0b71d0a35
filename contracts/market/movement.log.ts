import { Asset, Checksum256 } from 'proton-tsc';
import { Product } from '../registry/registry.tables';
import { times } from '../shared/amounts';
import { Movement } from './market.log';
import { Lot } from './market.tables';

/** Under which programme and decision an act stands, and the sha256 of its document. */
export class Terms {
  constructor(
    public programme: u64,
    public decision_id: u64,
    public document_hash: Checksum256,
  ) {}
}

/** What every act takes from its lot, product, quantity and price (roubles a whole unit); the action fills in the rest. */
export function movementOf(
  act: u64,
  terms: Terms,
  lot: Lot,
  product: Product,
  quantity: Asset,
  price: Asset,
): Movement {
  const body = new Movement();
  body.act_id = act;
  body.coop = lot.coop;
  body.programme = terms.programme;
  body.decision_id = terms.decision_id;
  body.document_hash = terms.document_hash;
  body.lot_id = lot.lot_id;
  body.parent_lot = lot.parent_lot;
  body.product = lot.product;
  body.quantity = quantity;
  body.grams = times('grams', product.grams_per_unit, quantity);
  body.price = price;
  body.value = new Asset(times('value', price.amount, quantity), price.symbol);
  body.origin = lot.origin;
  body.origins = lot.origins;
  body.evidence = lot.evidence;
  body.producer = lot.producer;
  body.producer_kind = lot.producer_kind;
  body.producer_member = lot.producer_member;
  body.grade = lot.grade;
  body.rejected = new Asset(0, quantity.symbol);
  return body;
}
