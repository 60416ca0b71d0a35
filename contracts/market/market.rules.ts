import { Asset } from 'proton-tsc';
import { refuse, requireShort, requireText } from '../shared/checks';

export const PRODUCER_KINDS: string = 'household farm trader organisation coop unknown';
export const RECIPIENT_KINDS: string = 'ownuse catering trade processing';

/** 0 unknown, 1 declared, 2 document, 3 inspected. */
const MAX_EVIDENCE: u8 = 3;

/** Nothing can prove an origin that is unknown. */
export function checkEvidence(evidence: u8, originUnknown: bool): void {
  if (evidence > MAX_EVIDENCE) refuse(`evidence: 0 to ${MAX_EVIDENCE} expected, came ${evidence}`);
  if (originUnknown && evidence != 0) refuse(`evidence: 0 for an unknown origin expected, came ${evidence}`);
}

/** A rejection has a reason; no rejection has none. */
export function checkRejected(rejected: Asset, reason: string): void {
  if (rejected.amount > 0) {
    requireText('reject_reason', reason);
    return;
  }
  requireShort('reject_reason', reason);
  if (reason.length > 0) refuse('reject_reason: nothing expected when nothing is rejected, came a text');
}
