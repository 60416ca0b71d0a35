import { configDefaults, defineConfig } from 'vitest/config';

const exclude = [...configDefaults.exclude, 'build/**', 'data/**', '.cache/**'];

/**
 * Four suites by what they need. `unit` needs nothing, `engine` opens chDB, sockets and workers, `contracts` runs the specs
 * on the chain that ZAKROMA_SPEC_CHAIN names, `browser` needs Chromium, `node` a real Antelope node.
 */
const suites = {
  unit: { include: ['**/*.test.ts'], exclude: [...exclude, '**/*.{int,e2e,node}.test.ts'] },
  engine: { include: ['**/*.int.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
  contracts: { include: ['contracts/**/*.spec.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
  browser: { include: ['**/*.e2e.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 },
  node: { include: ['**/*.node.test.ts'], testTimeout: 240_000, hookTimeout: 240_000 },
};

/** Where `.ci/run` wants the counts. */
const report = process.env['VITEST_JSON'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    ...(report === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: report } }),
    projects: Object.entries(suites).map(([name, suite]) => ({ test: { name, exclude, ...suite } })),
  },
});
