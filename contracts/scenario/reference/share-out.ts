/** Members shared out over cooperatives by weight. The weights repeat, so that any number of cooperatives needs no list. */
export type ShareOut = {
  /** First member of a cooperative; of the cooperative after the last, the number of members. */
  start(coop: number): number;
  /** The cooperative of a member. */
  coopOf(member: number): number;
};

/** Of every cooperative, however light: five seats of the council, a cashier and four more. */
export const LEAST_MEMBERS = 10;

/** Throws `RangeError` where there are too few members for the cooperatives. */
export function shareOut(members: number, coops: number, weights: readonly number[]): ShareOut {
  if (!Number.isInteger(coops) || coops < 1)
    throw new RangeError(`coops: a whole number from 1 expected, got ${coops}`);
  if (!Number.isInteger(members) || members < coops * LEAST_MEMBERS)
    throw new RangeError(
      `members: at least ${coops * LEAST_MEMBERS} (${LEAST_MEMBERS} a cooperative) expected, got ${members}`,
    );
  const before = weights.map((_, at) => weights.slice(0, at).reduce((sum, weight) => sum + weight, 0));
  const round = weights.reduce((sum, weight) => sum + weight, 0);
  const weightBefore = (coop: number): number =>
    Math.floor(coop / weights.length) * round + (before[coop % weights.length] ?? 0);
  const spread = members - coops * LEAST_MEMBERS;
  const start = (coop: number): number =>
    coop * LEAST_MEMBERS + Math.floor((spread * weightBefore(coop)) / weightBefore(coops));
  return {
    start,
    coopOf(member) {
      if (!Number.isInteger(member) || member < 0 || member >= members)
        throw new RangeError(`a member from 0 to ${members - 1} expected, got ${member}`);
      let low = 0;
      let high = coops - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (start(middle) <= member) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
