import { Asset, Checksum256, EMPTY_NAME, Name, Table, TableStore, TimePointSec } from 'proton-tsc';
import { amountText, requireSymbol } from '../../shared/amounts';
import { refuse, textOf } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { isOver } from '../../shared/terms';

/**
 * What a member wants to be issued at a point. States: open → part → filled; cancelled; lapsed after `due`, whatever the row says.
 * The row goes with cancelling, or after `due`.
 */
@table('orders')
export class StandingOrder extends Table {
  constructor(
    public order_id: u64 = 0,
    public coop: Name = EMPTY_NAME,
    public member: Name = EMPTY_NAME,
    public programme: u64 = 0,
    public product: Name = EMPTY_NAME,
    public quantity: Asset = new Asset(),
    /** Issued so far: 0 … quantity. */
    public filled: Asset = new Asset(),
    /** Roubles a whole unit. */
    public price: Asset = new Asset(),
    public point_id: u64 = 0,
    public due: TimePointSec = new TimePointSec(),
    public document_hash: Checksum256 = new Checksum256(),
    public status: Name = EMPTY_NAME,
  ) {
    super();
  }

  @primary
  get primary(): u64 {
    return this.order_id;
  }
}

export function orderStatus(order: StandingOrder): Name {
  if (order.filled.amount == 0) return Name.fromString('open');
  return order.filled == order.quantity ? Name.fromString('filled') : Name.fromString('part');
}

export function requireOrder(orders: TableStore<StandingOrder>, order_id: u64): StandingOrder {
  const found = orders.get(order_id);
  if (found == null) refuse(`order_id: a standing order expected, came ${order_id}`);
  return found!;
}

/** Fills a part of an order by an issue to its member at its cooperative, and logs it. Refuses an issue that does not fit. */
export function fillOrder(
  orders: TableStore<StandingOrder>,
  self: Name,
  order_id: u64,
  member: Name,
  product: Name,
  coop: Name,
  quantity: Asset,
): void {
  const order = requireOrder(orders, order_id);
  const what = `order ${order_id}`;
  if (order.member != member) refuse(`member: ${order.member} of ${what} expected, came ${textOf(member)}`);
  if (order.product != product) refuse(`product: ${order.product} of ${what} expected, came ${product}`);
  if (order.coop != coop) refuse(`coop: ${order.coop} of ${what} expected, came ${coop}`);
  if (isOver(order.due)) refuse(`order_id: an order that is not lapsed expected, ${what} was due`);
  requireSymbol('quantity', quantity, order.quantity.symbol);
  const left = order.quantity - order.filled;
  if (quantity.amount > left.amount)
    refuse(`quantity: at most ${amountText(left)} of ${what} expected, came ${amountText(quantity)}`);
  setFilled(orders, self, order, order.filled + quantity);
}

/** Takes a reversed issue out of its order, and logs it. An order whose row is gone keeps its last state. */
export function unfillOrder(
  orders: TableStore<StandingOrder>,
  self: Name,
  order_id: u64,
  quantity: Asset,
): void {
  const order = orders.get(order_id);
  if (order != null) setFilled(orders, self, order, order.filled - quantity);
}

function setFilled(orders: TableStore<StandingOrder>, self: Name, order: StandingOrder, filled: Asset): void {
  order.filled = filled;
  order.status = orderStatus(order);
  orders.update(order, self);
  sendLog(self, 'logorder', order);
}
