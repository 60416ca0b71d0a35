import { configDefaults, defineConfig } from 'vitest/config';
import { findPython, noPython } from './contracts/nodeos/python.ts';

const exclude = [...configDefaults.exclude, 'build/**', 'data/**', '.cache/**'];
const minutes = 60_000;

/**
 * Suites by what they need. `unit` needs nothing, `engine` opens chDB, sockets and workers, `contracts` runs the specs on the
 * embedded chain, `browser` needs Chromium.
 */
const suites = {
  unit: { include: ['**/*.test.ts'], exclude: [...exclude, '**/*.{int,e2e,node}.test.ts'] },
  engine: { include: ['**/*.int.test.ts'], testTimeout: 3 * minutes, hookTimeout: 3 * minutes },
  contracts: { include: ['contracts/**/*.spec.ts'], testTimeout: 2 * minutes, hookTimeout: 2 * minutes },
  browser: {
    include: ['**/*.e2e.test.ts'],
    testTimeout: 2 * minutes,
    hookTimeout: 3 * minutes,
    // Each file builds the pages where they are not current.
    fileParallelism: false,
  },
};

/**
 * These start a real Antelope node: `node` proves the runner, the chain API and the indexer, `contracts-node` runs the same specs there
 * and holds the embedded chain to it, transaction by transaction.
 */
const realNodeSuites = {
  node: { include: ['**/*.node.test.ts'], testTimeout: 4 * minutes, hookTimeout: 4 * minutes },
  'contracts-node': { ...suites.contracts, env: { ZAKROMA_SPEC_CHAIN: 'twin' } },
};

/** Where `.ci/run` wants the counts. */
const report = process.env['VITEST_JSON'];

export default defineConfig(async () => {
  const hasNode = (await findPython()) !== undefined;
  if (!hasNode)
    process.stderr.write(`NOT RUN: the suites ${Object.keys(realNodeSuites).join(', ')}: ${noPython}\n`);
  const chosen = hasNode ? { ...suites, ...realNodeSuites } : suites;
  return {
    test: {
      pool: 'forks',
      maxWorkers: 2,
      ...(report === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: report } }),
      projects: Object.entries(chosen).map(([name, suite]) => ({ test: { name, exclude, ...suite } })),
    },
  };
});
