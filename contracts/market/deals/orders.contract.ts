import { Asset, Checksum256, Name, TableStore, TimePointSec, requireAuth } from 'proton-tsc';
import { requirePositive, requirePrice } from '../../shared/amounts';
import { refuse, requireHash, textOf } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { isOver, requireFuture } from '../../shared/terms';
import { Offers } from './offers.contract';
import { StandingOrder, requireOrder } from './orders.tables';

/** Orders of goods to be issued at a point. An issue that names an order fills it. */
export class Orders extends Offers {
  orders: TableStore<StandingOrder> = new TableStore<StandingOrder>(this.receiver);

  /** Orders goods at a point by a day; an active member who joined the programme signs (R64). */
  @action('order')
  order(
    member: Name,
    programme: u64,
    product: Name,
    quantity: Asset,
    price: Asset,
    point_id: u64,
    due: TimePointSec,
    document_hash: Checksum256,
  ): void {
    requireAuth(member);

    requireHash('document_hash', document_hash);
    requireFuture('due', due);
    const point = this.reference.openPoint('point_id', point_id);
    const goods = this.reference.goodsToday(product);
    this.reference.requireParticipant('member', programme, point.coop, member);
    requirePositive('quantity', quantity, goods.unit);
    requirePrice('price', price);

    const counters = this.dealCounters.get();
    counters.order_id += 1;
    this.dealCounters.set(counters, this.receiver);
    const none = new Asset(0, quantity.symbol);
    const row = new StandingOrder(counters.order_id, point.coop, member, programme, product, quantity, none);
    row.price = price;
    row.point_id = point_id;
    row.due = due;
    row.document_hash = document_hash;
    row.status = Name.fromString('open');
    this.orders.store(row, this.receiver);

    sendLog(this.receiver, 'logorder', row);
  }

  /** Takes back what is not yet issued of the signer's order. */
  @action('cancelorder')
  cancelorder(member: Name, order_id: u64): void {
    requireAuth(member);

    const row = requireOrder(this.orders, order_id);
    if (row.member != member)
      refuse(`member: ${row.member} of order ${order_id} expected, came ${textOf(member)}`);
    if (row.filled == row.quantity)
      refuse(`order_id: status open or part expected, order ${order_id} is filled`);

    this.endOrder(row, Name.fromString('cancelled'));
  }

  /** Clears away an order after its day; anybody signs. What was not filled has lapsed. */
  @action('lapseorder')
  lapseorder(caller: Name, order_id: u64): void {
    requireAuth(caller);

    const row = requireOrder(this.orders, order_id);
    if (!isOver(row.due))
      refuse(`order_id: an order that was due expected, ${order_id} is due at ${row.due.utcSeconds}`);

    this.endOrder(row, row.filled == row.quantity ? row.status : Name.fromString('lapsed'));
  }

  private endOrder(row: StandingOrder, status: Name): void {
    this.orders.remove(row);
    row.status = status;
    sendLog(this.receiver, 'logorder', row);
  }
}
