/**
 * Tells an endpoint whose blocks or finality stands still from one that gets on. An Antelope chain makes a block every half second, with or
 * without transactions: one that makes none for a minute is halted, or the node is cut off from it.
 */
export type Watchdog = ReturnType<typeof createWatchdog>;

export function createWatchdog(stuckMs: number, now: () => number) {
  const seen = { head: 0, lib: 0 };
  let headAt = now();
  let libAt = now();
  let since = now();

  /** Why it counts as stuck after this instant, else null. */
  function reason(after: number): string | null {
    const time = now();
    if (time - Math.max(headAt, after) > stuckMs)
      return `no block has come after ${seen.head} for ${stuckMs} ms`;
    if (time - Math.max(libAt, after) > stuckMs)
      return `finality has stood at block ${seen.lib} for ${stuckMs} ms`;
    return null;
  }

  return {
    /** Another endpoint is in use: it gets its own time. */
    begin(): void {
      since = now();
    },
    /** The newest block and the last final one that were read and verified: what an endpoint merely claims does not count. */
    saw(head: number, lib: number): void {
      if (head !== seen.head) [seen.head, headAt] = [head, now()];
      if (lib > seen.lib) [seen.lib, libAt] = [lib, now()];
    },
    /** Why nothing gets on, whichever endpoint is in use; null while something does. */
    stuck: (): string | null => reason(Number.NEGATIVE_INFINITY),
    /** The same for the endpoint in use, which had its full time. */
    shouldLeave: (): boolean => reason(since) !== null,
  };
}
