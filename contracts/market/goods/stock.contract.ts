import { Asset, Checksum256, Name, requireAuth } from 'proton-tsc';
import { amountText, requireAtMost, requireNotNegative, requirePositive } from '../../shared/amounts';
import { refuse, requireHash, requireText } from '../../shared/checks';
import { Place } from '../../shared/place';
import { takeAct } from '../deals/ids.tables';
import { requireLot } from '../lots.tables';
import { Movement } from '../market.log';
import { Lot } from '../market.tables';
import { Terms, movementOf } from '../movement.log';
import { placeOf } from '../reference.tables';
import { Complaints } from './complain.contract';

/** Stock that is not what it should be. It is valued at the price at which the lot came. */
export class Stocktaking extends Complaints {
  /** Writes a part of a lot off under a decision that the council took by votes; the section's chair signs. */
  @action('writeoff')
  writeoff(
    chair: Name,
    lot_id: u64,
    quantity: Asset,
    reason: string,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(chair);

    if (decision_id == 0) refuse('decision_id: a decision of the council expected, came 0');
    const lot = requireLot(this.lots, lot_id);
    requirePositive('quantity', quantity, lot.stock.symbol);
    requireAtMost('quantity', quantity, lot.stock);
    const body = this.correction(chair, lot, quantity, reason, document_hash);

    const kind = Name.fromString('writeoff');
    body.status = Name.fromString('lost');
    this.move(kind, lot, quantity);
    this.decide(body, kind, lot_id, decision_id);
    this.finish(kind, body);
  }

  /** Sets a lot's stock to what was counted: the difference is a shortage or a surplus; the section's chair signs. */
  @action('count')
  count(
    chair: Name,
    lot_id: u64,
    counted: Asset,
    reason: string,
    document_hash: Checksum256,
    decision_id: u64,
  ): void {
    requireAuth(chair);

    const lot = requireLot(this.lots, lot_id);
    requireNotNegative('counted', counted, lot.stock.symbol);
    const short = counted.amount < lot.stock.amount;
    const difference = short ? lot.stock - counted : counted - lot.stock;
    if (difference.amount == 0)
      refuse(`counted: other than the stock expected, lot ${lot_id} has ${amountText(lot.stock)}`);
    const body = this.correction(chair, lot, difference, reason, document_hash);

    const kind = short ? Name.fromString('shortage') : Name.fromString('surplus');
    if (!short) {
      body.to = body.from;
      body.from = new Place();
    }
    body.status = kind;
    this.move(kind, lot, difference);
    this.decide(body, Name.fromString('count'), body.act_id, decision_id);
    this.finish(kind, body);
  }

  /** From the lot's point to nowhere, at the lot's own price and programme. */
  private correction(
    chair: Name,
    lot: Lot,
    quantity: Asset,
    reason: string,
    document_hash: Checksum256,
  ): Movement {
    requireHash('document_hash', document_hash);
    requireText('reason', reason);
    const point = this.reference.point('point_id', lot.point_id);
    this.reference.requireChair(point, chair);
    const goods = this.reference.goods(lot.product);
    const terms = new Terms(chair, lot.programme, document_hash);
    const body = movementOf(terms, lot, goods, quantity, lot.price);
    body.act_id = takeAct(this.receiver);
    body.from = placeOf(point);
    body.reason = reason;
    return body;
  }
}
