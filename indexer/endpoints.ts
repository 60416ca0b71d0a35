/** An address without user, password, path and query: any of them may carry a key. */
export function endpointName(url: string): string {
  if (!URL.canParse(url)) return 'an address that is none';
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/** The endpoints of one chain, in order of preference: one is in use, the others are there for when it fails. */
export type Endpoints = ReturnType<typeof createEndpoints>;

export function createEndpoints(urls: readonly string[]) {
  const struck = new Set<number>();
  let at = 0;

  const live = (): string[] => urls.filter((_url, i) => !struck.has(i));

  /** Goes to the next one that is left, in a circle; stays where there is no other. */
  function next(): void {
    for (let step = 1; step <= urls.length; step++) {
      const candidate = (at + step) % urls.length;
      if (struck.has(candidate)) continue;
      at = candidate;
      return;
    }
  }

  return {
    current: (): string => urls[at] ?? '',
    /** Place of the one in use, from 1. */
    place: (): number => at + 1,
    live,
    next,
    /** Leaves the one in use for good; false when it is the last. */
    strike(): boolean {
      if (live().length <= 1) return false;
      struck.add(at);
      next();
      return true;
    },
  };
}
