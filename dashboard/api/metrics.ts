import { indexerMetrics, processMetrics, renderMetrics } from '../../indexer/metrics.ts';
import type { Metric } from '../../indexer/metrics.ts';
import type { Phase, SystemStatus } from './status.ts';

const phases: readonly Phase[] = ['starting', 'building', 'catching-up', 'live', 'stalled', 'failed'];

/** The whole process for Prometheus: the phase that pages show, the indexer, memory and processor time. */
export function metricsText({ phase, chain, indexer }: SystemStatus): string {
  const phaseMetric: Metric = {
    ...{ name: 'zakroma_phase', type: 'gauge', help: 'The phase that the pages show: 1 for one of them.' },
    samples: phases.map((each) => ({ labels: { phase: each }, value: each === phase ? 1 : 0 })),
  };
  const { state, committed, lagBlocks, tailBlocks, actions, rate, undecoded, endpoint, failures } = indexer;
  const { rows, undecodedRows } = indexer;
  const read = indexerMetrics({
    ...{ state, head: chain.head, lib: chain.lib, committed, lag: lagBlocks, tail: tailBlocks },
    ...{ actions, rate, undecoded, rows, undecodedRows, endpoint, failures, error: null },
  });
  return renderMetrics([phaseMetric, ...read, ...processMetrics()]);
}
