import { Asset, EMPTY_NAME, Name, Singleton, TableStore } from 'proton-tsc';
import { sendLog } from '../../shared/log';
import { PostCall, sendPost, underDecision } from '../../shared/calls';
import { checkIdentity, lotOf, moveWithin, requireLot } from '../lots.tables';
import { Movement } from '../market.log';
import { Complaint, Counters, Lot, Shipment } from '../market.tables';
import { Act, newAct } from './acts.tables';
import { Intent, newIntent } from './intents.tables';
import { Works } from '../deals/works.contract';
import { Way, wayOf } from './ways.tables';

/** What every act on goods needs: its tables, its decision, its booking and its log. */
export class GoodsDesk extends Works {
  get lots(): TableStore<Lot> {
    return new TableStore<Lot>(this.receiver);
  }

  get shipments(): TableStore<Shipment> {
    return new TableStore<Shipment>(this.receiver);
  }

  get intents(): TableStore<Intent> {
    return new TableStore<Intent>(this.receiver);
  }

  get acts(): TableStore<Act> {
    return new TableStore<Act>(this.receiver);
  }

  get complaints(): TableStore<Complaint> {
    return new TableStore<Complaint>(this.receiver);
  }

  get counters(): Singleton<Counters> {
    return new Singleton<Counters>(this.receiver);
  }

  /** Puts an act with its value under a decision of the cooperative's council; of the robot where `decision_id` is 0 (R22). */
  protected decide(body: Movement, kind: Name, subject: u64, decision_id: u64): void {
    const hash = body.document_hash;
    const taken = underDecision(this.receiver, body.coop, decision_id, kind, subject, body.value, hash);
    body.decision_id = taken;
    body.robot = decision_id == 0 ? this.receiver : EMPTY_NAME;
  }

  /** Keeps the first half of a pair until the other side signs, and logs it. */
  protected wait(body: Movement): void {
    this.intents.store(newIntent(this.intents, body), this.receiver);
    sendLog(this.receiver, 'logintent', body);
  }

  /** The lot that the act brings to a point, with its quantity. */
  protected open(kind: Name, body: Movement): Lot {
    body.lot_id = this.takeLot();
    const lot = lotOf(body);
    const way = wayOf(kind);
    moveWithin(lot, way.from, way.to, body.quantity);
    checkIdentity(lot);
    this.lots.store(lot, this.receiver);
    return lot;
  }

  /** Moves the act's quantity between the parts of its lot, as acts of its kind do. */
  protected move(kind: Name, lot: Lot, quantity: Asset): void {
    const way = wayOf(kind);
    this.carryOver(lot, way.from, way.to, quantity);
  }

  /** Moves it the other way. */
  protected moveBack(kind: Name, lot: Lot, quantity: Asset): void {
    const way = wayOf(kind);
    this.carryOver(lot, way.to, way.from, quantity);
  }

  private carryOver(lot: Lot, from: Name, to: Name, quantity: Asset): void {
    moveWithin(lot, from, to, quantity);
    checkIdentity(lot);
    this.lots.update(lot, this.receiver);
  }

  /** The end of an act: it is booked, kept for what may follow it, and logged. */
  protected finish(kind: Name, body: Movement): void {
    const way = wayOf(kind);
    this.book(kind, way, body, false);
    this.acts.store(newAct(kind, body), this.receiver);
    sendLog(this.receiver, way.log, body);
  }

  /** Books an act in funds, or takes its booking back. Goods that a member spoiled are the member's to return and the cooperative's to lose. */
  protected book(kind: Name, way: Way, body: Movement, undo: bool): void {
    if (kind == Name.fromString('receive')) {
      const sender = requireLot(this.lots, body.parent_lot).coop;
      if (sender == body.coop) return;
      this.post(body, sender, Name.fromString('shipout'), EMPTY_NAME, undo);
    }
    if (way.entry != EMPTY_NAME) this.post(body, body.coop, way.entry, this.partyOf(kind, body), undo);
    if (kind == Name.fromString('spoiled'))
      this.post(body, body.coop, Name.fromString('loss'), EMPTY_NAME, undo);
  }

  /** The member who signed the act's other side, whose share account it changes; empty where there is none. */
  protected partyOf(kind: Name, body: Movement): Name {
    if (kind == Name.fromString('accept')) return body.producer;
    return wayOf(kind).from == Name.fromString('issued') || kind == Name.fromString('issue')
      ? body.recipient
      : EMPTY_NAME;
  }

  private post(body: Movement, coop: Name, entry: Name, member: Name, undo: bool): void {
    const hash = body.document_hash;
    const act = body.act_id;
    sendPost(
      this.receiver,
      new PostCall(this.receiver, coop, body.programme, entry, member, act, body.value, hash, undo),
    );
  }

  protected takeLot(): u64 {
    const counters = this.counters.get();
    counters.lot_id += 1;
    this.counters.set(counters, this.receiver);
    return counters.lot_id;
  }
}
