import { Checksum256, Name, currentTimeSec, requireAuth } from 'proton-tsc';
import { refuse } from '../../shared/checks';
import { sendLog } from '../../shared/log';
import { isOver } from '../../shared/terms';
import { requireWaiting } from './intents.tables';
import { Reversal } from './reverse.contract';

/** Acts are kept for 400 days: a year, and a month for what may follow it. */
const KEPT_SECONDS: u32 = 400 * 24 * 60 * 60;
const MAX_PRUNED: u32 = 100;

/** What anybody may do to keep the tables small. */
export class Upkeep extends Reversal {
  /** Takes away a first half that nobody answered in 30 days. */
  @action('lapse')
  lapse(caller: Name, document_hash: Checksum256): void {
    requireAuth(caller);

    const intent = requireWaiting(this.intents, document_hash);
    if (!isOver(intent.until)) {
      const until = intent.until.utcSeconds;
      refuse(`document_hash: a half that has lapsed expected, this one waits till ${until}`);
    }

    this.intents.remove(intent);
    intent.body.status = Name.fromString('lapsed');
    sendLog(this.receiver, 'logintent', intent.body);
  }

  /** Forgets acts older than 400 days, up to an id, at most `max` of them: nothing can follow them any more. */
  @action('prune')
  prune(caller: Name, up_to_act: u64, max: u32): void {
    requireAuth(caller);

    if (max == 0 || max > MAX_PRUNED) refuse(`max: 1 to ${MAX_PRUNED} expected, came ${max}`);
    const kept = currentTimeSec() - KEPT_SECONDS;
    let pruned: u32 = 0;
    for (; pruned < max; pruned++) {
      const oldest = this.acts.first();
      if (oldest == null || oldest.act_id > up_to_act || oldest.at.utcSeconds > kept) break;
      this.acts.remove(oldest);
    }
    if (pruned == 0)
      refuse(`up_to_act: an act older than 400 days expected, there is none up to ${up_to_act}`);
  }
}
