/** The picture of the README: data flows contracts → indexer → warehouse → assistant → dashboard, imports go the other way. */
const rooms = ['contracts', 'indexer', 'warehouse', 'assistant', 'dashboard'];

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.config\\.(js|ts|cjs)$',
          '^dashboard/routes/',
          '^dashboard/hooks',
          '\\.(test|bench)\\.ts$',
          '^\\.',
        ],
      },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^\\$', '^\\./\\$types', '\\.\\./build/'] },
    },
    ...rooms.slice(0, -1).map((room, at) => ({
      name: `${room}-looks-upstream-only`,
      severity: 'error',
      from: { path: `^${room}/` },
      to: { path: `^(${rooms.slice(at + 1).join('|')})/` },
    })),
    {
      name: 'sql-is-read-by-warehouse',
      severity: 'error',
      from: { pathNot: '^(warehouse|sql)/' },
      to: { path: '^sql/' },
    },
    {
      name: 'config-enters-at-the-top',
      severity: 'error',
      from: { path: `^(${rooms.slice(0, -1).join('|')})/` },
      to: { path: '^zakroma\\.config' },
    },
    {
      name: 'one-door-to-clickhouse',
      severity: 'error',
      from: { pathNot: '^warehouse/' },
      to: { path: 'node_modules/(chdb|@clickhouse/client)' },
    },
    {
      name: 'one-door-to-echarts',
      severity: 'error',
      from: { pathNot: '^dashboard/lib/charts/' },
      to: { path: 'node_modules/echarts' },
    },
    {
      name: 'one-door-to-secp256k1',
      severity: 'error',
      from: { pathNot: '^contracts/chain/' },
      to: { path: 'node_modules/(secp256k1|tiny-secp256k1)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^build/', '^\\.svelte-kit/', '\\.(contract|tables|log)\\.ts$', '^contracts/shared/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.svelte', '.json'],
      conditionNames: ['import', 'node', 'default', 'svelte'],
    },
  },
};
