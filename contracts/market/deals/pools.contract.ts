import { Asset, Checksum256, Name, TableStore, TimePointSec, requireAuth } from 'proton-tsc';
import { Programme } from '../../funds/funds.tables';
import { amountText, requirePositive, roubles } from '../../shared/amounts';
import { refuse, requireHash, requireWord, textOf } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { requireActive } from '../../shared/members';
import { requireInForce, requireJoined } from '../../shared/programmes';
import { isOver, requireFuture } from '../../shared/terms';
import { decide } from './decided.tables';
import { MAX_PLEDGES, Pledge, OpenPool, isFull, pledgeIndex, poolFact, requirePool } from './pools.tables';
import { Rents } from './rents.contract';

const POOL_KINDS = 'order rent invest';

/** Members who gather for what none of them orders, rents or invests alone. A pledge moves nothing by itself. */
export class Pools extends Rents {
  pools: TableStore<OpenPool> = new TableStore<OpenPool>(this.receiver);

  /**
   * Opens a pool: of an order with `subject` the product's name as a number and a target in its unit, of a rent with
   * `subject` the thing, or of an investment, in roubles. An active member who joined the programme signs (R64).
   */
  @action('pool')
  pool(
    member: Name,
    programme: u64,
    kind: Name,
    subject: u64,
    target: Asset,
    till: TimePointSec,
    document_hash: Checksum256,
    decision_id: u64,
  ): void {
    requireAuth(member);

    requireHash('document_hash', document_hash);
    requireWord('kind', kind, POOL_KINDS);
    requireFuture('till', till);
    this.requireTarget(kind, subject, target);
    const rules = requireInForce(programme);
    requirePooler(member, rules);

    const counters = this.dealCounters.get();
    counters.pool_id += 1;
    this.dealCounters.set(counters, this.receiver);
    const money = target.symbol == roubles() ? target : new Asset(0, roubles());
    const by = decide(this.receiver, rules.coop, decision_id, 'pool', subject, money, document_hash);
    const row = new OpenPool(counters.pool_id, rules.coop, programme, kind, subject, target);
    row.collected = new Asset(0, target.symbol);
    row.till = till;
    row.opener = member;
    row.decision_id = by.decision_id;
    row.robot = by.robot;
    row.document_hash = document_hash;
    this.pools.store(row, this.receiver);

    sendLog(this.receiver, 'logpool', poolFact(row, member, 0, Name.fromString('open')));
  }

  /** Pledges a part of what is left of the target; an active member who joined the pool's programme signs (R64). */
  @action('joinpool')
  joinpool(member: Name, pool_id: u64, amount: Asset, document_hash: Checksum256): void {
    requireAuth(member);

    requireHash('document_hash', document_hash);
    const row = requirePool(this.pools, pool_id);
    requirePooler(member, requireInForce(row.programme));
    if (isOver(row.till))
      refuse(`pool_id: a pool that is open expected, ${pool_id} was till ${row.till.utcSeconds}`);
    requirePositive('amount', amount, row.target.symbol);
    const left = row.target - row.collected;
    if (amount.amount > left.amount)
      refuse(`amount: at most ${amountText(left)} of pool ${pool_id} expected, came ${amountText(amount)}`);

    const at = pledgeIndex(row, member);
    if (at >= 0) row.pledges[at].amount = row.pledges[at].amount + amount;
    else row.pledges.push(new Pledge(member, amount));
    if (row.pledges.length > MAX_PLEDGES)
      refuse(`pool_id: at most ${MAX_PLEDGES} members of a pool expected, ${pool_id} has them`);
    row.collected = row.collected + amount;
    row.document_hash = document_hash;
    this.pools.update(row, this.receiver);

    const status = isFull(row) ? Name.fromString('full') : Name.fromString('open');
    sendLog(this.receiver, 'logpool', poolFact(row, member, amount.amount, status));
  }

  /** Closes a pool, full or not: its opener signs, or anybody once its time is over. */
  @action('closepool')
  closepool(member: Name, pool_id: u64): void {
    requireAuth(member);

    const row = requirePool(this.pools, pool_id);
    if (member != row.opener && !isOver(row.till))
      refuse(`member: ${row.opener}, who opened pool ${pool_id}, expected, came ${textOf(member)}`);

    this.pools.remove(row);

    sendLog(this.receiver, 'logpool', poolFact(row, member, 0, Name.fromString('closed')));
  }

  private requireTarget(kind: Name, subject: u64, target: Asset): void {
    if (kind == Name.fromString('order')) {
      requirePositive('target', target, this.reference.product(new Name(subject)).unit);
      return;
    }
    requirePositive('target', target, roubles());
    if (kind == Name.fromString('rent') && !this.things.exists(subject))
      refuse(`subject: a registered thing expected, came ${subject}`);
  }
}

function requirePooler(member: Name, programme: Programme): void {
  requireActive('member', member, programme.coop);
  requireJoined('member', programme, member);
}
