/** How a vote of the council stands. */
export const UNDECIDED: u8 = 0;
export const PASSED: u8 = 1;
export const FAILED: u8 = 2;

/** A vote of the chair, who votes as a member and breaks a tie with that same vote (R12, R13). */
export const CHAIR_SILENT: u8 = 0;
export const CHAIR_FOR: u8 = 1;
export const CHAIR_AGAINST: u8 = 2;

/**
 * The council's majority: at least half of the seats voted and more for than against, each seat weighing one; on a tie
 * the chair's own vote decides, and a silent chair leaves it undecided.
 */
export function councilOutcome(seats: u32, votes_for: u32, votes_against: u32, chair_vote: u8): u8 {
  if ((votes_for + votes_against) * 2 < seats) return UNDECIDED;
  if (votes_for > votes_against) return PASSED;
  if (votes_for < votes_against) return FAILED;
  if (chair_vote == CHAIR_FOR) return PASSED;
  return chair_vote == CHAIR_AGAINST ? FAILED : UNDECIDED;
}

/** An outcome for an error text. */
export function outcomeText(outcome: u8): string {
  if (outcome == PASSED) return 'passed';
  return outcome == FAILED ? 'voted down' : 'undecided';
}
