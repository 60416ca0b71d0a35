import { Asset, Checksum256, Name, TableStore, TimePointSec, currentTimeSec, requireAuth } from 'proton-tsc';
import { requirePositive, roubles } from '../shared/amounts';
import { refuse, requireHash, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireActive } from '../shared/members';
import { requireInForce, requireJoined, requireProgramme } from '../shared/programmes';
import { requireRole } from '../shared/roles';
import { isOver } from '../shared/terms';
import { CASH_ENTRIES, REFUND_ENTRIES, entryOf } from './entries.tables';
import { Posting, paymentFact } from './funds.log';
import { Payment } from './funds.tables';
import { Postings } from './postings.contract';

/** Seconds that a promised contribution waits for its money: 90 days. */
const PROMISE_SECONDS: u32 = 90 * 24 * 3600;

/** Money between members and their cooperative: promised by the one side, confirmed by the cashier from the bank's paper. */
export class Money extends Postings {
  payments: TableStore<Payment> = new TableStore<Payment>(this.receiver);

  /**
   * Promises a contribution of money; an active member who joined the programme signs. It counts when the cashier confirms it, and is
   * divided by the version that the member had signed by now, whatever is in force then (R65, R67).
   */
  @action('contribute')
  contribute(member: Name, programme_id: u64, kind: Name, amount: Asset, document_hash: Checksum256): void {
    requireAuth(member);

    entryOf(CASH_ENTRIES, kind);
    requirePositive('amount', amount, roubles());
    requireHash('document_hash', document_hash);
    const programme = requireInForce(programme_id);
    requireActive('member', member, programme.coop);
    requireJoined('member', programme, member);

    const row = this.newPayment(programme.coop, programme_id, member, kind, amount, document_hash);
    row.share_ppm = programme.share_ppm;
    this.promise(row);
  }

  /**
   * Asks the share account's money back (R66); the member signs, and nothing else is asked: neither a programme in force
   * nor membership. The balance goes down at once, the money is owed until the cashier confirms that it is paid out.
   */
  @action('refund')
  refund(member: Name, programme_id: u64, amount: Asset, document_hash: Checksum256): void {
    requireAuth(member);

    requirePositive('amount', amount, roubles());
    requireHash('document_hash', document_hash);
    const coop = requireProgramme(programme_id).coop;

    const kind = Name.fromString('refund');
    const posting = new Posting(0, coop, programme_id, kind, member, 0, document_hash, amount);
    this.book(posting, entryOf(REFUND_ENTRIES, kind), 0);
    this.promise(this.newPayment(coop, programme_id, member, kind, amount, document_hash));
  }

  /** Confirms by the bank's paper that the money came, or that a refund was paid out; a cashier of the cooperative signs. */
  @action('confirmpay')
  confirmpay(cashier: Name, payment_id: u64, bank_hash: Checksum256): void {
    requireAuth(cashier);

    requireHash('bank_hash', bank_hash);
    const payment = this.requirePayment(payment_id);
    requireRole('cashier', payment.coop, cashier, Name.fromString('cashier'));

    this.payments.remove(payment);
    this.settle(payment);

    const fact = paymentFact(payment, Name.fromString('confirmed'));
    fact.cashier = cashier;
    fact.bank_hash = bank_hash;
    sendLog(this.receiver, 'logpayment', fact);
  }

  /** Takes back a promise that the cashier has not confirmed; its member signs. A refund is not one: it is already booked. */
  @action('droppay')
  droppay(member: Name, payment_id: u64): void {
    requireAuth(member);

    const payment = this.requirePayment(payment_id);
    if (payment.member != member)
      refuse(`member: ${payment.member} of payment ${payment_id} expected, came ${textOf(member)}`);
    if (isRefund(payment.kind)) refuse(`payment_id: a contribution expected, ${payment_id} is a refund`);

    this.payments.remove(payment);

    sendLog(this.receiver, 'logpayment', paymentFact(payment, Name.fromString('dropped')));
  }

  /** Clears away a contribution that was promised 90 days ago and never confirmed; anybody signs. What is owed to a member stays. */
  @action('lapsepay')
  lapsepay(caller: Name, payment_id: u64): void {
    requireAuth(caller);

    const payment = this.requirePayment(payment_id);
    if (isRefund(payment.kind)) refuse(`payment_id: a contribution expected, ${payment_id} is a refund`);
    const until = payment.made_at.utcSeconds + PROMISE_SECONDS;
    if (!isOver(new TimePointSec(until)))
      refuse(`payment_id: a promise that has lapsed expected, ${payment_id} waits till ${until}`);

    this.payments.remove(payment);

    sendLog(this.receiver, 'logpayment', paymentFact(payment, Name.fromString('lapsed')));
  }

  private newPayment(
    coop: Name,
    programme: u64,
    member: Name,
    kind: Name,
    amount: Asset,
    document_hash: Checksum256,
  ): Payment {
    const counters = this.counters.get();
    counters.payment_id += 1;
    this.counters.set(counters, this.receiver);
    const now = new TimePointSec(currentTimeSec());
    return new Payment(counters.payment_id, coop, programme, member, kind, amount, document_hash, now);
  }

  private promise(row: Payment): void {
    this.payments.store(row, this.receiver);
    sendLog(this.receiver, 'logpayment', paymentFact(row, Name.fromString('promised')));
  }

  /** The money moves: into the cash by the contribution's kind, or out of it. */
  private settle(payment: Payment): void {
    const paidOut = isRefund(payment.kind);
    const kind = paidOut ? Name.fromString('paidout') : payment.kind;
    const posting = new Posting(0, payment.coop, payment.programme, kind, payment.member);
    posting.document_hash = payment.document_hash;
    posting.amount = payment.amount;
    this.book(posting, entryOf(paidOut ? REFUND_ENTRIES : CASH_ENTRIES, kind), payment.share_ppm);
  }

  private requirePayment(payment_id: u64): Payment {
    const found = this.payments.get(payment_id);
    if (found == null) refuse(`payment_id: a promised payment expected, came ${payment_id}`);
    return found!;
  }
}

function isRefund(kind: Name): bool {
  return kind == Name.fromString('refund');
}
