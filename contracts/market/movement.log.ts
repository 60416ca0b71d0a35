import { Asset, Checksum256, Name } from 'proton-tsc';
import { Product } from '../registry/registry.tables';
import { times } from '../shared/amounts';
import { Movement } from './market.log';
import { Lot } from './market.tables';

/** Who signs for the section, under which programme, and the sha256 of the document. */
export class Terms {
  constructor(
    public chair: Name,
    public programme: u64,
    public document_hash: Checksum256,
  ) {}
}

/** Sets quantity and price (roubles a whole unit), and by them mass and value. */
export function weigh(body: Movement, product: Product, quantity: Asset, price: Asset): void {
  body.quantity = quantity;
  body.grams = times('grams', product.grams_per_unit, quantity);
  body.price = price;
  body.value = new Asset(times('value', price.amount, quantity), price.symbol);
  body.rejected = new Asset(0, quantity.symbol);
}

/** What every act on a part of a lot takes from the lot; the action fills in the rest. */
export function movementOf(
  terms: Terms,
  lot: Lot,
  product: Product,
  quantity: Asset,
  price: Asset,
): Movement {
  const body = new Movement();
  weigh(body, product, quantity, price);
  body.coop = lot.coop;
  body.chair = terms.chair;
  body.programme = terms.programme;
  body.document_hash = terms.document_hash;
  body.lot_id = lot.lot_id;
  body.parent_lot = lot.parent_lot;
  body.product = lot.product;
  body.origin = lot.origin;
  body.origins = lot.origins;
  body.evidence = lot.evidence;
  body.producer = lot.producer;
  body.producer_kind = lot.producer_kind;
  body.producer_member = lot.producer_member;
  body.grade = lot.grade;
  return body;
}

/** The body of an act about an earlier one, to be changed without changing the earlier one's. */
export function copyOf(body: Movement): Movement {
  const copy = new Movement();
  copy.unpack(body.pack());
  return copy;
}
