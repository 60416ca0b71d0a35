import { MessageChannel } from 'node:worker_threads';
import { FatalError, RetryableError } from '../../indexer/errors.ts';
import type { IndexerStatus } from '../../indexer/indexer.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import { serveWarehouse } from '../../warehouse/port.ts';
import { findGaps } from '../../warehouse/sink/gaps.ts';
import { createLedger } from '../../warehouse/sink/ledger.ts';
import { readWatch, settleWatch } from '../../warehouse/sink/watch.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { logLevel, warehouseAt } from '../../zakroma.config.ts';
import type { Environment } from '../../zakroma.config.ts';
import { everyHour } from '../process/jobs.ts';
import type { IndexerWorkerData } from '../process/messages.ts';
import { startWorker } from '../process/worker.ts';
import { chainOptions } from './chain-options.ts';
import type { Command, CommandContext } from './context.ts';
import { exitCodes } from './exit.ts';
import { serveMetrics } from './metrics-server.ts';
import { accounts, common, integer, maxBlock, one, UsageError } from './options.ts';
import type { Given } from './options.ts';
import { progressLine } from './progress.ts';

export const indexerCommand: Command = {
  summary: 'read a chain into decoded tables, and follow it',
  options: {
    ...common,
    watch: {
      takes: '<account>[,<account>]',
      help: 'contracts whose actions become tables; kept for later starts',
    },
    from: { takes: '<block>', help: 'where empty tables begin (1)' },
    to: { takes: '<block>', help: 'end when this block is in the tables' },
    rows: {
      takes: 'on|off',
      help: 'history of the contracts’ table rows; needs chain-state-history (on, or ZAKROMA_ROWS)',
    },
    parallel: { takes: '<number>', help: 'connections that history is read over at once (1)' },
    metrics: { takes: '<port>', help: 'serve /metrics, /api/status and /healthz on 127.0.0.1' },
  },
  notes: `Goes on where it was after any stop, SIGKILL included. Watch a contract from before its first ABI was set; what cannot
be decoded is kept raw and decoded by "zakroma redecode". The tables lie in the database "chain".`,
  run,
};

async function run(context: CommandContext): Promise<number> {
  const { given, env, say, signal } = context;
  const chain = chainOptions(given, env);
  const wanted = accounts(given, 'watch');
  const startBlock = integer(given, 'from', 1, maxBlock) ?? 1;
  const endBlock = integer(given, 'to', 1, maxBlock);
  if (endBlock !== undefined && endBlock < startBlock)
    throw new UsageError(`--to: expected a block not before --from ${startBlock}, got ${endBlock}`);
  const parallel = integer(given, 'parallel', 1, 64) ?? 1;
  const metricsPort = integer(given, 'metrics', 0, 65_535);

  await using closing = new AsyncDisposableStack();
  const warehouse = await openWarehouse(warehouseAt(env, one(given, 'data')));
  closing.defer(() => warehouse.close());
  const noted = await readWatch(warehouse);
  const watched = wanted ?? noted?.accounts ?? [];
  const rows = rowsOption(given, env, noted);
  if (watched.length === 0)
    throw new UsageError('--watch: expected accounts, none are given or known from before');
  await settleWatch(warehouse, { accounts: watched, rows });
  await createLedger(warehouse);
  await haltOnGaps(warehouse);

  let status: IndexerStatus | null = null;
  const ended = Promise.withResolvers<undefined>();
  ended.promise.catch(() => undefined);
  const work = startIndexing(
    warehouse,
    {
      ...{ ...chain, startBlock, parallel, watched, rows, log: logLevel(env) },
      ...(endBlock === undefined ? {} : { endBlock }),
      hasModels: await hasModels(warehouse),
    },
    (now) => {
      status = now;
      if (now.lib > 0) context.progress(progressLine(now));
    },
    ended,
  );
  closing.defer(work.stop);
  const task = everyHour('gaps', async () => {
    await haltOnGaps(warehouse).catch(ended.reject);
  });
  closing.defer(() => task.stop());
  if (metricsPort !== undefined) {
    const server = await serveMetrics('127.0.0.1', metricsPort, () => status ?? notYet);
    closing.defer(server.close);
    say(`Metrics: ${server.url}`);
  }
  const stop = (): void => {
    ended.resolve(undefined);
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  await ended.promise;
  await work.stop();
  const [end] = await warehouse.query<{ last: number }>('select max(last) as last from chain.cursor');
  say(`Stopped. The tables hold block ${end?.last ?? 0}.`);
  return exitCodes.ok;
}

/** The option, else the environment, else what the tables were filled with, else on. */
function rowsOption(given: Given, env: Environment, noted: { readonly rows: boolean } | null): boolean {
  const value = one(given, 'rows') ?? env['ZAKROMA_ROWS'];
  if (value === undefined) return noted?.rows ?? true;
  if (value !== 'on' && value !== 'off') throw new UsageError(`--rows: expected on or off, got "${value}"`);
  return value === 'on';
}

type Ended = { resolve(value: undefined): void; reject(error: unknown): void };

/** The indexer in its own thread, over this thread's warehouse; `ended` hears how it ends. */
function startIndexing(
  warehouse: Warehouse,
  options: Omit<IndexerWorkerData, 'warehouse'>,
  onStatus: (status: IndexerStatus) => void,
  ended: Ended,
): { readonly stop: () => Promise<void> } {
  const { port1, port2 } = new MessageChannel();
  const stopServing = serveWarehouse(warehouse, port1);
  const worker = startWorker('indexer', { ...options, warehouse: port2 }, [port2], (message) => {
    if (message.type === 'status') onStatus(message.status);
    else if (message.type === 'done') ended.resolve(undefined);
    else if (message.type === 'failed')
      ended.reject(message.fatal ? new FatalError(message.message) : new RetryableError(message.message));
  });
  return {
    async stop() {
      await worker.stop();
      stopServing();
    },
  };
}

/** Throws FatalError where committed rows are missing or too many. */
async function haltOnGaps(warehouse: Warehouse): Promise<void> {
  const gaps = await findGaps(warehouse);
  if (gaps.length === 0) return;
  const lines = gaps.map(({ table, what }) => `  chain.${table}: ${what}`);
  throw new FatalError(
    `The tables are not what was committed:\n${lines.join('\n')}\n` +
      'Run "zakroma verify" for the blocks that differ; then read the chain into an empty warehouse.',
  );
}

/** The dashboard's facts and marts stand on these tables too. */
export async function hasModels(warehouse: Warehouse): Promise<boolean> {
  const tables = await warehouse.query(
    "select name from system.tables where database = 'mart' and name = 'as_of'",
  );
  return tables.length > 0;
}

const notYet: IndexerStatus = {
  ...{ state: 'idle', head: 0, lib: 0, committed: 0, lag: 0, tail: 0, actions: 0 },
  ...{ rate: 0, undecoded: 0, rows: 0, undecodedRows: 0, endpoint: 1, failures: 0, error: null },
};
