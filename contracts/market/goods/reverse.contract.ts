import { Checksum256, EMPTY_NAME, Name, requireAuth } from 'proton-tsc';
import { amountText } from '../../shared/amounts';
import { refuse, requireHash, requireText, textOf } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { takeAct } from '../deals/ids.tables';
import { unfillOrder } from '../deals/orders.tables';
import { requireLot, shipmentOf } from '../lots.tables';
import { Movement } from '../market.log';
import { copyOf } from '../movement.log';
import { Act, noteReturn, requireAct, requireStanding } from './acts.tables';
import { Processing } from './process.contract';
import { wayOf } from './ways.tables';

/** Wrong acts, taken back by equal and opposite ones. */
export class Reversal extends Processing {
  /**
   * Takes an act back, with its booking and with the acts that were logged as parts of it; who signed it signs: the
   * chair of the point where it happened, and the member on its other side as `party` where it had one. Refused when
   * what it would take back has moved on.
   */
  @action('reverse')
  reverse(
    chair: Name,
    party: Name,
    act_id: u64,
    reason: string,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(chair);
    if (party != EMPTY_NAME) requireAuth(party);

    requireHash('document_hash', document_hash);
    requireText('reason', reason);
    const act = requireStanding(this.acts, act_id);
    this.requireWhole(act);
    this.reference.requireChair(this.reference.point('point_id', this.pointOf(act)), chair);
    const expected = this.partyOf(act.kind, act.body);
    if (party != expected) refuse(`party: ${textOf(expected)} expected, came ${textOf(party)}`);

    const notice = copyOf(act.body);
    notice.chair = chair;
    notice.reason = reason;
    notice.document_hash = document_hash;
    this.decide(notice, Name.fromString('reverse'), act_id, decision_id);
    this.restore(act);
    this.takeBack(act, notice);
    this.takeBackParts(act, notice);
  }

  /** An act that was logged as a part of another is reversed with that other one. */
  private requireWhole(act: Act): void {
    let whole: u64 = 0;
    if (act.kind == Name.fromString('used')) whole = act.body.parent_act;
    if (act.kind == Name.fromString('shortfall')) {
      const before = this.acts.get(act.act_id - 1);
      if (before != null && isPart(before, act)) whole = before.act_id;
    }
    if (whole != 0) refuse(`act_id: ${whole} expected, of which ${act.act_id} is a part`);
  }

  /** The point where the act happened: whose chair signed it. */
  private pointOf(act: Act): u64 {
    if (act.kind == Name.fromString('shortfall'))
      return requireAct(this.acts, act.body.parent_act).body.to.point_id;
    const isReceipt = act.kind == Name.fromString('receive');
    const from = act.body.from.point_id;
    return isReceipt || from == 0 ? act.body.to.point_id : from;
  }

  /** Gives the shipment, or the issue that goods came back from, the state that it had before the act. */
  private restore(act: Act): void {
    const kind = act.kind;
    const body = act.body;
    if (kind == Name.fromString('ship')) {
      const shipment = this.shipments.get(act.act_id);
      if (shipment == null) refuse(`act_id: a shipment on the way expected, ${act.act_id} is received`);
      this.shipments.remove(shipment!);
    }
    if (kind == Name.fromString('receive') || kind == Name.fromString('shortfall'))
      this.shipments.store(shipmentOf(requireAct(this.acts, body.parent_act).body), this.receiver);
    if (kind == Name.fromString('issue')) {
      const returned = act.returned;
      if (returned.amount != 0)
        refuse(`act_id: an issue that nothing came back from expected, came ${amountText(returned)}`);
      if (body.order_id != 0) unfillOrder(this.orders, this.receiver, body.order_id, body.quantity);
    }
    if (kind == Name.fromString('returned') || kind == Name.fromString('spoiled')) {
      const issue = requireAct(this.acts, body.parent_act);
      noteReturn(issue, body, -1);
      this.acts.update(issue, this.receiver);
    }
  }

  /** Takes one act back: lot, booking and log. Its own body says what; `notice` says who, why and by which decision. */
  private takeBack(act: Act, notice: Movement): void {
    const way = wayOf(act.kind);
    const body = copyOf(act.body);
    body.chair = notice.chair;
    body.reason = notice.reason;
    body.decision_id = notice.decision_id;
    body.robot = notice.robot;
    body.document_hash = notice.document_hash;
    act.reversed = true;
    this.acts.update(act, this.receiver);
    this.moveBack(act.kind, requireLot(this.lots, body.lot_id), body.quantity);
    this.book(act.kind, way, body, true);
    body.parent_act = act.act_id;
    body.act_id = takeAct(this.receiver);
    body.status = way.word;
    sendLog(this.receiver, 'logreverse', body);
  }

  /** The parts of an act have the ids after its own. Bound: one shortfall, or 16 inputs. */
  private takeBackParts(act: Act, notice: Movement): void {
    for (let id = act.act_id + 1; ; id++) {
      const part = this.acts.get(id);
      if (part == null || !isPart(act, part)) return;
      this.takeBack(part, notice);
    }
  }
}

/** Whether an act that came after `whole` was logged as a part of it. */
function isPart(whole: Act, act: Act): bool {
  if (act.kind == Name.fromString('used')) return act.body.parent_act == whole.act_id;
  const isShortfall = act.kind == Name.fromString('shortfall') && whole.kind == Name.fromString('receive');
  return isShortfall && act.body.parent_act == whole.body.parent_act;
}
