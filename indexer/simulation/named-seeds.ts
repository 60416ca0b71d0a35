/** A seed that once failed, or that must always be there, with its reason. */
export type NamedSeed = {
  readonly seed: string;
  /** Holds a message over 100 MiB whatever the seed draws. */
  readonly isHuge?: boolean;
  readonly cause: string;
};

export const namedSeeds: readonly NamedSeed[] = [
  { seed: 'huge', isHuge: true, cause: 'a message over 100 MiB, at which WebSocket libraries usually stop' },
];
