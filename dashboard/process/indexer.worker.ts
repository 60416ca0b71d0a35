import { parentPort, workerData } from 'node:worker_threads';
import pino from 'pino';
import { FatalError } from '../../indexer/errors.ts';
import { createIndexer } from '../../indexer/indexer.ts';
import { createChainSink } from '../../warehouse/sink/sink.ts';
import { WarehouseError } from '../../warehouse/error.ts';
import { connectWarehouse } from '../../warehouse/port.ts';
import { repairModels } from '../../warehouse/models/build.ts';
import { messageOf } from './errors.ts';
import type { IndexerMessage, IndexerWorkerData } from './messages.ts';
import { observeSink } from './observe-sink.ts';
import { models } from './prepare.ts';

/** The indexer in its own thread: it decodes here and hands statements to the thread that holds the engine. */
const { warehouse: port, log: level, hasModels, ...options } = workerData as IndexerWorkerData;
const log = pino({ level, name: 'indexer' });
const abort = new AbortController();
const post = (message: IndexerMessage): void => parentPort?.postMessage(message);

parentPort?.once('message', () => {
  abort.abort();
});

const warehouse = await connectWarehouse(port);
const afterRepeat = async (): Promise<void> => {
  await repairModels(warehouse, models);
};
const sink = hasModels
  ? observeSink(createChainSink(warehouse, { afterRepeat }), warehouse, post)
  : createChainSink(warehouse);
const indexer = createIndexer({
  ...options,
  sink,
  signal: abort.signal,
  log,
  onStatus: (status) => {
    post({ type: 'status', status });
  },
});

try {
  await indexer.run();
  post({ type: 'done' });
} catch (error) {
  log.error({ err: error }, 'the indexer stopped');
  const isFatal = error instanceof FatalError || (error instanceof WarehouseError && !error.retryable);
  post({ type: 'failed', message: messageOf(error), fatal: isFatal });
} finally {
  await warehouse.close();
  parentPort?.close();
}
