import { parentPort, workerData } from 'node:worker_threads';
import pino from 'pino';
import { FatalError } from '../../indexer/errors.ts';
import { createIndexer } from '../../indexer/indexer.ts';
import { createChainSink } from '../../warehouse/sink/sink.ts';
import { connectWarehouse } from '../../warehouse/port.ts';
import { repairModels } from '../../warehouse/models/build.ts';
import { messageOf } from './errors.ts';
import type { IndexerMessage, IndexerWorkerData } from './messages.ts';
import { observeSink } from './observe-sink.ts';
import { models } from './prepare.ts';

/** The indexer in its own thread: it decodes here and hands statements to the thread that holds the engine. */
const {
  shipUrl,
  chainId,
  startBlock,
  watched,
  rows,
  warehouse: port,
  log: level,
} = workerData as IndexerWorkerData;
const log = pino({ level, name: 'indexer' });
const abort = new AbortController();
const post = (message: IndexerMessage): void => parentPort?.postMessage(message);

parentPort?.once('message', () => {
  abort.abort();
});

const warehouse = await connectWarehouse(port);
const chainSink = createChainSink(warehouse, {
  afterRepeat: async () => {
    await repairModels(warehouse, models);
  },
});
const sink = observeSink(chainSink, warehouse, post);
const indexer = createIndexer({
  shipUrl,
  chainId,
  startBlock,
  watched,
  rows,
  sink,
  signal: abort.signal,
  log,
  onStatus: (status) => {
    post({ type: 'status', status });
  },
});

try {
  await indexer.run();
} catch (error) {
  log.error({ err: error }, 'the indexer stopped');
  post({ type: 'failed', message: messageOf(error), fatal: error instanceof FatalError });
} finally {
  await warehouse.close();
  parentPort?.close();
}
