import type { IndexerState, IndexerStatus } from './status.ts';

/** One figure for Prometheus; a `counter` only grows within a run. */
export type Metric = {
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  /** Samples with their labels; one without labels is the plain value. */
  readonly samples: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
};

const states: readonly IndexerState[] = ['idle', 'catching-up', 'live', 'stalled', 'server-stuck'];

function one(name: string, type: Metric['type'], help: string, value: number): Metric {
  return { name: `zakroma_indexer_${name}`, type, help, samples: [{ value }] };
}

/** The indexer's status as metrics. Error texts and addresses stay out: they may hold what others should not read. */
export function indexerMetrics(status: IndexerStatus): readonly Metric[] {
  return [
    {
      ...{
        name: 'zakroma_indexer_state',
        type: 'gauge',
        help: 'What the indexer is doing: 1 for one of the states.',
      },
      samples: states.map((state) => ({ labels: { state }, value: state === status.state ? 1 : 0 })),
    },
    one('head_block', 'gauge', "The endpoint's newest block.", status.head),
    one('lib_block', 'gauge', "The endpoint's last irreversible block.", status.lib),
    one('committed_block', 'gauge', 'Last block whose rows are in the tables for good.', status.committed),
    one('lag_blocks', 'gauge', 'Irreversible blocks that are not committed yet.', status.lag),
    one('tail_blocks', 'gauge', 'Reversible blocks in the tails.', status.tail),
    one('actions_total', 'counter', 'Watched actions committed since the start.', status.actions),
    one('actions_per_second', 'gauge', 'Watched actions committed a second, lately.', status.rate),
    one(
      'undecoded_total',
      'counter',
      'Of these, kept raw because no ABI could decode them.',
      status.undecoded,
    ),
    one('rows_total', 'counter', 'Changed table rows committed since the start.', status.rows),
    one('undecoded_rows_total', 'counter', 'Of these, kept raw.', status.undecodedRows),
    one('endpoint', 'gauge', 'The endpoint in use, its place in the list from 1.', status.endpoint),
    one('failures_total', 'counter', 'Sessions with an endpoint that ended with an error.', status.failures),
  ];
}

/** The process's own: memory in bytes, running time in seconds. */
export function processMetrics(): readonly Metric[] {
  const { rss } = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    {
      ...{ name: 'process_resident_memory_bytes', type: 'gauge', help: 'Resident memory.' },
      samples: [{ value: rss }],
    },
    {
      ...{ name: 'process_cpu_seconds_total', type: 'counter', help: 'Processor time, user and system.' },
      samples: [{ value: (cpu.user + cpu.system) / 1e6 }],
    },
    {
      ...{ name: 'process_uptime_seconds', type: 'gauge', help: 'Time since the process started.' },
      samples: [{ value: process.uptime() }],
    },
  ];
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');

/** Prometheus's text format, version 0.0.4. */
export function renderMetrics(metrics: readonly Metric[]): string {
  return metrics
    .map(({ name, help, type, samples }) => {
      const lines = samples.map(({ labels = {}, value }) => {
        const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
        return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
      });
      return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n${lines.join('')}`;
    })
    .join('');
}

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';
