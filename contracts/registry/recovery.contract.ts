import {
  Action,
  Authority,
  Checksum256,
  KeyWeight,
  Name,
  PermissionLevel,
  PublicKey,
  TableStore,
  TimePointSec,
  currentTimeSec,
  requireAuth,
} from 'proton-tsc';
import { Seat } from '../council/council.tables';
import { refuse, requireHash, textOf } from '../shared/checks';
import { sendLog } from '../shared/log';
import { requireActive } from '../shared/members';
import { hasRole } from '../shared/roles';
import { Recovery, UpdateAuth } from './recovery.tables';
import { lastDecision, requireAskedBy } from './requests.tables';
import { Roles } from './roles.contract';

/** Time for the account to stop a recovery that it does not want. */
const WAITING_SECONDS: u32 = 72 * 3600;

/** A new key for a lost one: asked for in the cooperative, decided by its council, done after a waiting period. */
export class Recoveries extends Roles {
  recoveries: TableStore<Recovery> = new TableStore<Recovery>(this.receiver);

  /**
   * Asks the council to give a member's account a new key; a cashier, a section's chair or a seat of the cooperative signs. It takes the
   * place of one that was only asked for, of which no earlier decision can then speak.
   */
  @action('askrecover')
  askrecover(asker: Name, coop: Name, account: Name, key: PublicKey, document_hash: Checksum256): void {
    requireAuth(asker);

    requireHash('document_hash', document_hash);
    this.requireOfficer(asker, coop);
    requireActive('account', account, coop);
    const known = this.recoveries.get(account.N);
    if (known != null && known.status == Name.fromString('waiting'))
      refuse(`account: no recovery under way expected, ${account} has one of ${known.coop}`);

    const recovery = new Recovery(account, coop, key, document_hash, asker, lastDecision());
    recovery.status = Name.fromString('asked');
    this.recoveries.set(recovery, this.receiver);

    sendLog(this.receiver, 'logrecover', recovery);
  }

  /** Starts the waiting period of 72 hours; the council signs. */
  @action('recover')
  recover(coop: Name, account: Name, decision_id: u64, document_hash: Checksum256): void {
    requireAuth(Name.fromString('council'));

    const recovery = this.requireRecovery(account, Name.fromString('asked'));
    if (recovery.coop != coop) refuse(`coop: ${recovery.coop}, where it was asked, expected, came ${coop}`);
    if (decision_id <= recovery.after)
      refuse(`decision_id: one after ${recovery.after}, when it was asked, expected, came ${decision_id}`);
    requireAskedBy(recovery.document_hash, decision_id, document_hash);
    requireActive('account', account, coop);

    recovery.decision_id = decision_id;
    recovery.due = new TimePointSec(currentTimeSec() + WAITING_SECONDS);
    recovery.status = Name.fromString('waiting');
    this.recoveries.update(recovery, this.receiver);

    sendLog(this.receiver, 'logrecover', recovery);
  }

  /** Stops a recovery, asked for or waiting; the account itself signs. */
  @action('stoprecover')
  stoprecover(account: Name): void {
    requireAuth(account);

    const recovery = this.recoveries.get(account.N);
    if (recovery == null) refuse(`account: one with a recovery expected, ${textOf(account)} has none`);

    this.recoveries.remove(recovery!);

    recovery!.status = Name.fromString('stopped');
    sendLog(this.receiver, 'logrecover', recovery!);
  }

  /**
   * Gives the account's active permission the new key alone, after the waiting period; anybody signs. The
   * account's owner permission must hold `registry@eosio.code`, or the chain refuses.
   */
  @action('endrecover')
  endrecover(caller: Name, account: Name): void {
    requireAuth(caller);

    const recovery = this.requireRecovery(account, Name.fromString('waiting'));
    const due = recovery.due.utcSeconds;
    if (currentTimeSec() < due)
      refuse(`account: after ${due} expected, the block's time is ${currentTimeSec()}`);

    this.recoveries.remove(recovery);
    this.giveKey(account, recovery.key);

    recovery.status = Name.fromString('done');
    sendLog(this.receiver, 'logrecover', recovery);
  }

  private giveKey(account: Name, key: PublicKey): void {
    const owner = Name.fromString('owner');
    const authority = new Authority(1, [new KeyWeight(key, 1)]);
    const data = new UpdateAuth(account, Name.fromString('active'), owner, authority).pack();
    const levels = [new PermissionLevel(account, owner)];
    new Action(Name.fromString('eosio'), Name.fromString('updateauth'), levels, data).send();
  }

  private requireRecovery(account: Name, status: Name): Recovery {
    const recovery = this.recoveries.get(account.N);
    if (recovery == null) refuse(`account: one with a recovery expected, ${textOf(account)} has none`);
    if (recovery!.status != status)
      refuse(`account: a recovery that is ${status} expected, ${account}'s is ${recovery!.status}`);
    return recovery!;
  }

  private requireOfficer(asker: Name, coop: Name): void {
    if (new TableStore<Seat>(Name.fromString('council'), coop).exists(asker.N)) return;
    requireActive('asker', asker, coop);
    if (hasRole(coop, asker, Name.fromString('cashier'))) return;
    if (this.sectionsChaired(asker, coop) == 0)
      refuse(`asker: a cashier, a section's chair or a seat of ${coop} expected, ${asker} is none`);
  }
}
