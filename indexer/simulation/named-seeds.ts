/** A seed that once failed, or that must always be there, with its reason. */
export type NamedSeed = {
  readonly seed: string;
  /** Holds a message over 100 MiB whatever the seed draws. */
  readonly isHuge?: boolean;
  readonly cause: string;
};

export const namedSeeds: readonly NamedSeed[] = [
  {
    seed: 'huge',
    isHuge: true,
    cause: 'a message over 100 MiB: the endpoint was left for silence while it was still sending',
  },
  {
    seed: '47',
    cause:
      'killed before the cursor, the ABI of the repeated batch was counted twice: later actions were read by the wrong one',
  },
  {
    seed: '76',
    cause:
      'killed before the cursor, an ABI of the open batch made tables too early: the batch could not be repeated',
  },
  {
    seed: '58',
    cause:
      'a block came again after the endpoint had switched: blocks held above it became final though they were orphans',
  },
  {
    seed: '35',
    cause: 'a block below the last final one came again: taken for another history, it halted the indexer',
  },
  { seed: '54', cause: 'a sink that failed was reported as the broken stream of the same moment' },
];
