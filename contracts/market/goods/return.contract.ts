import { Asset, Checksum256, EMPTY_NAME, Name, requireAuth } from 'proton-tsc';
import { requireAtMost, requirePositive, shareOf } from '../../shared/amounts';
import { requireHash, requireText } from '../../shared/checks';
import { takeAct } from '../deals/ids.tables';
import { requireLot } from '../lots.tables';
import { Movement } from '../market.log';
import { copyOf } from '../movement.log';
import { Act, noteReturn, requireIssueTo } from './acts.tables';
import { Giving } from './give.contract';
import { requireHalf } from './intents.tables';

/** Goods that a member brings back. */
export class Returns extends Giving {
  /** A member brings back what an act issued, or a part of it; the chair's `takeback` completes it. */
  @action('giveback')
  giveback(member: Name, act_id: u64, quantity: Asset, reason: string, document_hash: Checksum256): void {
    requireAuth(member);

    requireHash('document_hash', document_hash);
    requireText('reason', reason);
    const issue = requireIssueTo(this.acts, act_id, member);
    const body = this.returning(issue, quantity, document_hash);
    body.reason = reason;
    body.status = Name.fromString('givenback');
    this.wait(body);
  }

  /** Takes it back at the lot's point, to its stock when it is `fit` for that, else lost; the section's chair signs. */
  @action('takeback')
  takeback(chair: Name, document_hash: Checksum256, fit: bool, decision_id: u64): void {
    requireAuth(chair);

    const half = requireHalf(this.intents, document_hash, Name.fromString('givenback'));
    const given = half.body;
    const issue = requireIssueTo(this.acts, given.parent_act, given.recipient);
    const lot = requireLot(this.lots, given.lot_id);
    this.reference.requireChair(this.reference.point('point_id', lot.point_id), chair);
    const body = this.returning(issue, given.quantity, document_hash);

    const kind = fit ? Name.fromString('returned') : Name.fromString('spoiled');
    body.act_id = takeAct(this.receiver);
    body.chair = chair;
    body.reason = given.reason;
    body.status = kind;
    this.intents.remove(half);
    noteReturn(issue, body, 1);
    this.acts.update(issue, this.receiver);
    this.move(kind, lot, body.quantity);
    this.decide(body, Name.fromString('giveback'), issue.act_id, decision_id);
    this.finish(kind, body);
  }

  /**
   * The issue's body the other way round; either half checks it. Mass and value are the part of what is still out that
   * falls to this quantity: the last return takes the rest, so that all of it together is what was issued.
   */
  private returning(issue: Act, quantity: Asset, document_hash: Checksum256): Movement {
    const issued = issue.body;
    this.reference.requireParticipant('member', issued.programme, issued.coop, issued.recipient);
    const out = issued.quantity - issue.returned;
    requirePositive('quantity', quantity, out.symbol);
    requireAtMost('quantity', quantity, out);
    const value = (issued.value - issue.refunded).amount;
    const body = copyOf(issued);
    body.act_id = 0;
    body.parent_act = issue.act_id;
    body.order_id = 0;
    body.decision_id = 0;
    body.robot = EMPTY_NAME;
    body.chair = EMPTY_NAME;
    body.document_hash = document_hash;
    body.quantity = quantity;
    body.grams = shareOf(issued.grams - issue.returned_grams, quantity.amount, out.amount);
    body.value.amount = shareOf(<u64>value, quantity.amount, out.amount);
    body.from = issued.to;
    body.to = issued.from;
    return body;
  }
}
