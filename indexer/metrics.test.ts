import { expect, test } from 'vitest';
import { indexerMetrics, processMetrics, renderMetrics } from './metrics.ts';
import type { IndexerStatus } from './status.ts';

const status: IndexerStatus = {
  ...{ state: 'server-stuck', head: 120, lib: 110, committed: 100, lag: 10, tail: 7 },
  ...{
    actions: 5_000_000_000,
    rate: 250_000,
    undecoded: 3,
    rows: 9,
    undecodedRows: 1,
    endpoint: 2,
    failures: 4,
  },
  error: 'ws://node.example:8080 closed the stream (code 1006)',
};

test('the status becomes figures with help and type, and exactly one state is 1', () => {
  const text = renderMetrics(indexerMetrics(status));
  expect(text).toContain(
    '# HELP zakroma_indexer_lag_blocks Irreversible blocks that are not committed yet.\n' +
      '# TYPE zakroma_indexer_lag_blocks gauge\n' +
      'zakroma_indexer_lag_blocks 10\n',
  );
  expect(text).toContain('zakroma_indexer_actions_total 5000000000\n');
  const states = text.split('\n').filter((line) => line.startsWith('zakroma_indexer_state{'));
  expect(states).toHaveLength(5);
  expect(states.filter((line) => line.endsWith(' 1'))).toEqual([
    'zakroma_indexer_state{state="server-stuck"} 1',
  ]);
});

test('no address and no error text gets out', () => {
  expect(renderMetrics(indexerMetrics(status))).not.toMatch(/node\.example|closed/);
});

test('every line is a comment or a sample of the text format', () => {
  const text = renderMetrics([...indexerMetrics(status), ...processMetrics()]);
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"\})? -?\d+(\.\d+)?(e[+-]\d+)?)$/,
    );
  }
});

test('labels are escaped', () => {
  const metric = {
    name: 'x',
    help: 'x',
    type: 'gauge' as const,
    samples: [{ labels: { a: 'b"\\\n' }, value: 1 }],
  };
  expect(renderMetrics([metric])).toContain('x{a="b\\"\\\\\\n"} 1');
});
