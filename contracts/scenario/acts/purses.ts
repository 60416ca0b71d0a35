export type Purses = ReturnType<typeof createPurses>;

const MILLION = 1_000_000n;

/** The share part of a contribution, rounded down as the contract does (R67). Kopecks. */
export const sharePart = (value: number, sharePpm: number): number =>
  Number((BigInt(value) * BigInt(sharePpm)) / MILLION);

/** Members' share accounts, kopecks, by cooperative. An account never goes below zero: such an act would be refused. */
export function createPurses() {
  const balances = new Map<string, number>();
  const key = (coop: number, member: string): string => `${coop} ${member}`;
  const balance = (coop: number, member: string): number => balances.get(key(coop, member)) ?? 0;
  return {
    balance,
    add(coop: number, member: string, kopecks: number): void {
      const next = balance(coop, member) + kopecks;
      if (next < 0)
        throw new RangeError(`at least ${-kopecks} of ${member} in ${coop} expected, has ${next - kopecks}`);
      balances.set(key(coop, member), next);
    },
    set(coop: number, member: string, kopecks: number): void {
      balances.set(key(coop, member), kopecks);
    },
  };
}
