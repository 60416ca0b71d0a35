import { Asset, Checksum256, Name, TableStore, TimePointSec, requireAuth } from 'proton-tsc';
import { MAX_AMOUNT, requireAtMost, requirePositive, roubles } from '../../shared/amounts';
import { PostCall, sendPost } from '../../shared/calls';
import { refuse, requireHash } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { requireActive } from '../../shared/members';
import { sharePart } from '../../shared/parts';
import { requireInForce, requireJoined } from '../../shared/programmes';
import { requireRole } from '../../shared/roles';
import { requireFuture } from '../../shared/terms';
import { decide } from './decided.tables';
import { takeAct } from './ids.tables';
import { Investment } from './investments.tables';
import { Pools } from './pools.contract';
import { takePledge } from './pools.tables';

/** Of the amount, for the whole term, at most: half. The council decides how much of it, as part of what will be owed. */
const MAX_RETURN_PPM: u32 = 500_000;

/** Members' targeted contributions that the cooperative pays back with a return. */
export class Investments extends Pools {
  investments: TableStore<Investment> = new TableStore<Investment>(this.receiver);

  /**
   * Puts an amount of the signer's share account to a purpose of the programme till a day, alone or, with `pool_id`, by the
   * signer's pledge in a full pool. An active member who joined the programme signs (R64). The council decides about all that
   * will be owed, the return included.
   */
  @action('invest')
  invest(
    member: Name,
    programme: u64,
    pool_id: u64,
    amount: Asset,
    due: TimePointSec,
    return_ppm: u32,
    document_hash: Checksum256,
    decision_id: u64,
  ): void {
    requireAuth(member);

    requireHash('document_hash', document_hash);
    requirePositive('amount', amount, roubles());
    requireAtMost('amount', amount, new Asset(MAX_AMOUNT / 2, roubles()));
    requireFuture('due', due);
    if (return_ppm > MAX_RETURN_PPM)
      refuse(`return_ppm: at most ${MAX_RETURN_PPM} expected, came ${return_ppm}`);
    const rules = requireInForce(programme);
    requireActive('member', member, rules.coop);
    requireJoined('member', rules, member);

    const counters = this.dealCounters.get();
    counters.invest_id += 1;
    this.dealCounters.set(counters, this.receiver);
    const none = new Asset(0, roubles());
    const row = new Investment(counters.invest_id, takeAct(this.receiver), rules.coop, programme, pool_id);
    row.member = member;
    row.amount = amount;
    row.due = due;
    row.return_ppm = return_ppm;
    row.repaid = none;
    row.paid = none;
    row.document_hash = document_hash;
    row.status = Name.fromString('running');
    if (pool_id != 0) takePledge(this.pools, this.receiver, row);
    const debt = new Asset(owed(row), roubles());
    const by = decide(this.receiver, rules.coop, decision_id, 'invest', programme, debt, document_hash);
    row.decision_id = by.decision_id;
    row.robot = by.robot;
    this.investments.store(row, this.receiver);
    book(this.receiver, row, 'invest', amount.amount);

    sendLog(this.receiver, 'loginvest', row);
  }

  /** Pays an investment back to the member's share account, first what was invested, then the return; a cashier signs. */
  @action('payback')
  payback(cashier: Name, invest_id: u64, amount: Asset, document_hash: Checksum256, decision_id: u64): void {
    requireAuth(cashier);

    requireHash('document_hash', document_hash);
    requirePositive('amount', amount, roubles());
    const row = this.investments.get(invest_id);
    if (row == null) refuse(`invest_id: a standing investment expected, came ${invest_id}`);
    requireRole('cashier', row!.coop, cashier, Name.fromString('cashier'));
    const left = new Asset(owed(row!) - row!.repaid.amount, roubles());
    requireAtMost('amount', amount, left);

    const principal = min(amount.amount, max(row!.amount.amount - row!.repaid.amount, 0));
    row!.act_id = takeAct(this.receiver);
    row!.cashier = cashier;
    row!.paid = amount;
    row!.repaid = row!.repaid + amount;
    row!.document_hash = document_hash;
    row!.status = amount == left ? Name.fromString('repaid') : Name.fromString('part');
    const by = decide(this.receiver, row!.coop, decision_id, 'payback', invest_id, amount, document_hash);
    row!.decision_id = by.decision_id;
    row!.robot = by.robot;
    book(this.receiver, row!, 'payback', principal);
    book(this.receiver, row!, 'yield', amount.amount - principal);
    if (amount == left) this.investments.remove(row!);
    else this.investments.update(row!, this.receiver);

    sendLog(this.receiver, 'loginvest', row!);
  }
}

/** Kopecks to be paid back in all; below an asset's bound, as the amount is below half of it. */
function owed(row: Investment): i64 {
  return row.amount.amount + <i64>sharePart(row.amount.amount, row.return_ppm);
}

function book(self: Name, row: Investment, kind: string, kopecks: i64): void {
  if (kopecks == 0) return;
  const entry = new PostCall(self, row.coop, row.programme, Name.fromString(kind), row.member, row.act_id);
  entry.amount = new Asset(kopecks, roubles());
  entry.document_hash = row.document_hash;
  sendPost(self, entry);
}
