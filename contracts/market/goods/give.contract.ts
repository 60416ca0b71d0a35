import { Asset, Checksum256, Name, requireAuth } from 'proton-tsc';
import { refuse, requireHash, requireWord } from '../../shared/checks';
import { Place, isUnknown } from '../../shared/place';
import { checkTaking, lotStatus, requireLot } from '../lots.tables';
import { takeAct } from '../deals/ids.tables';
import { fillOrder } from '../deals/orders.tables';
import { Movement, RECIPIENT_KINDS } from '../market.log';
import { Lot } from '../market.tables';
import { Terms, movementOf } from '../movement.log';
import { placeOf } from '../reference.tables';
import { Carriage } from './carry.contract';
import { requireHalf } from './intents.tables';

/** Goods that leave the network: to a member by two halves, or sold outside. */
export class Giving extends Carriage {
  /** Sells a part of a lot to a buyer outside the network; the section's chair signs. */
  @action('sellout')
  sellout(
    chair: Name,
    lot_id: u64,
    quantity: Asset,
    price: Asset,
    recipient_kind: Name,
    to: Place,
    programme: u64,
    decision_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(chair);

    requireHash('document_hash', document_hash);
    requireWord('recipient_kind', recipient_kind, RECIPIENT_KINDS);
    const lot = requireLot(this.lots, lot_id);
    const from = this.reference.point('point_id', lot.point_id);
    this.reference.requireChair(from, chair);
    this.reference.requireProgramme(programme, lot.coop);
    this.reference.requirePlace('to', to);
    if (isUnknown(to)) refuse("to: the buyer's territory or country expected, came nothing");
    checkTaking(lot, quantity, price);

    const terms = new Terms(chair, programme, document_hash);
    const body = movementOf(terms, lot, this.reference.goods(lot.product), quantity, price);
    body.from = placeOf(from);
    body.to = to;
    body.recipient_kind = recipient_kind;
    this.leave(Name.fromString('sellout'), lot, body, decision_id);
  }

  /** A member asks for a part of a lot, for own use; the chair's `issue` completes it. Nothing is set aside meanwhile. */
  @action('claim')
  claim(
    member: Name,
    lot_id: u64,
    quantity: Asset,
    price: Asset,
    programme: u64,
    order_id: u64,
    document_hash: Checksum256,
  ): void {
    requireAuth(member);

    requireHash('document_hash', document_hash);
    const lot = requireLot(this.lots, lot_id);
    const terms = new Terms(new Name(), programme, document_hash);
    const body = this.handing(terms, lot, member, quantity, price);
    body.order_id = order_id;
    body.status = Name.fromString('claimed');
    this.wait(body);
  }

  /** Hands over what a member claimed, and fills the order that it names; the section's chair signs. It goes to where the member lives. */
  @action('issue')
  issue(chair: Name, document_hash: Checksum256, decision_id: u64): void {
    requireAuth(chair);

    const half = requireHalf(this.intents, document_hash, Name.fromString('claimed'));
    const claimed = half.body;
    const lot = requireLot(this.lots, claimed.lot_id);
    this.reference.requireChair(this.reference.point('point_id', lot.point_id), chair);
    const terms = new Terms(chair, claimed.programme, document_hash);
    const body = this.handing(terms, lot, claimed.recipient, claimed.quantity, claimed.price);
    body.order_id = claimed.order_id;

    this.intents.remove(half);
    const order = claimed.order_id;
    if (order != 0) {
      const self = this.receiver;
      fillOrder(this.orders, self, order, body.recipient, body.product, body.coop, body.quantity);
    }
    this.leave(Name.fromString('issue'), lot, body, decision_id);
  }

  /** What a member gets of a lot, if it may be had now; either half checks it. */
  private handing(terms: Terms, lot: Lot, member: Name, quantity: Asset, price: Asset): Movement {
    const from = this.reference.point('point_id', lot.point_id);
    this.reference.requireParticipant('member', terms.programme, lot.coop, member);
    checkTaking(lot, quantity, price);
    const residence = this.reference.residenceOf(member);
    const body = movementOf(terms, lot, this.reference.goods(lot.product), quantity, price);
    body.from = placeOf(from);
    body.to = new Place(0, residence, '');
    body.recipient = member;
    body.recipient_kind = Name.fromString('ownuse');
    body.residence = residence;
    return body;
  }

  private leave(kind: Name, lot: Lot, body: Movement, decision_id: u64): void {
    body.act_id = takeAct(this.receiver);
    this.move(kind, lot, body.quantity);
    body.status = lotStatus(lot);
    this.decide(body, kind, body.act_id, decision_id);
    this.finish(kind, body);
  }
}
