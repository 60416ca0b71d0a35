import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import type { Logger } from 'pino';
import { CONTRACTS } from '../../contracts/built.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import { serveWarehouse } from '../../warehouse/port.ts';
import { settleWatch } from '../../warehouse/sink/watch.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { ZakromaConfig } from '../../zakroma.config.ts';
import { createApi } from '../api/app.ts';
import type { App } from '../api/app.ts';
import type { PageHandler } from '../api/pages.ts';
import type { Subscribe, SystemStatus } from '../api/status.ts';
import { startChain } from './chain.ts';
import { createHub } from './hub.ts';
import type { Hub } from './hub.ts';
import { startJobs } from './jobs.ts';
import type { Chain, ChainAddress, ChainNews, Failure, IndexerWorkerData } from './messages.ts';
import { readAsOf } from './observe-sink.ts';
import { prepareWarehouse } from './prepare.ts';
import { createStatusBoard } from './status.ts';
import type { StatusBoard } from './status.ts';
import { startWorker } from './worker.ts';
import type { WorkerHandle } from './worker.ts';

export type Deps = {
  readonly log: Logger;
  readonly page?: PageHandler;
  /** Hears of every change of phase and progress. */
  readonly onStatus?: (status: SystemStatus) => void;
  /** The part that failed cannot go on; the pages stay with what they have. */
  readonly onFailure?: (message: string) => void;
};

export type Zakroma = {
  readonly url: string;
  /** Resolves when the chain answers. */
  readonly chain: Promise<ChainAddress>;
  readonly status: () => SystemStatus;
  readonly warehouse: Warehouse;
  readonly subscribe: Subscribe;
  readonly stop: () => Promise<void>;
};

/** Starts all parts in the order of the data and stops them in the other. Throws when a folder, a port or the engine cannot be had. */
export async function startZakroma(config: ZakromaConfig, deps: Deps): Promise<Zakroma> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await startParts(config, deps, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Parts = Omit<Zakroma, 'stop'>;

async function startParts(config: ZakromaConfig, deps: Deps, undo: (() => Promise<void>)[]): Promise<Parts> {
  const { log } = deps;
  const board = createStatusBoard(
    config.chain.kind === 'devnet' ? 'devnet' : 'nodeos',
    config.chain.kind !== 'external',
  );
  const status = (): SystemStatus => board.status(Date.now());
  const hub = createHub((error) => {
    log.error({ err: error }, 'a listener failed');
  });
  const tell = createTeller(hub, status, deps.onStatus);
  const fail = ({ message }: Failure): void => {
    board.facts.error = message;
    tell();
    deps.onFailure?.(message);
  };

  const warehouse = await openWarehouse(config.warehouse);
  undo.push(() => warehouse.close());
  await prepareWarehouse(warehouse);
  await settleWatch(warehouse, { accounts: CONTRACTS, rows: config.indexer.rows });
  board.facts.committed = (await readAsOf(warehouse)) ?? null;

  const api = createApi({
    warehouse,
    status,
    subscribe: hub.subscribe,
    ...(deps.page === undefined ? {} : { page: deps.page }),
  });
  undo.push(() => api.close());
  const url = await listen(api, config);

  const chain = await startChain(config, log, (news) => {
    hearChain(board, news, fail);
    tell();
  });
  undo.push(() => chain.stop());
  const jobs = startJobs(
    warehouse,
    log,
    (message) => {
      log.error(message);
    },
    (message) => {
      fail({ type: 'failed', message, fatal: true });
      void indexer.then((worker) => worker?.stop());
    },
  );
  undo.push(() => jobs.stop());

  const indexer = chain.address.then(
    (address) => {
      board.facts.chainId = address.chainId;
      return startIndexer(config, chain, address, { board, hub, warehouse, fail, tell });
    },
    () => undefined,
  );
  undo.push(async () => (await indexer)?.stop());
  return { url, chain: chain.address, status, warehouse, subscribe: hub.subscribe };
}

async function listen(api: App, { web }: ZakromaConfig): Promise<string> {
  await api.listen({ host: web.host, port: web.port });
  const { address, port } = api.server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function hearChain(board: StatusBoard, news: ChainNews, fail: (failure: Failure) => void): void {
  switch (news.type) {
    case 'head':
      board.facts.head = news;
      board.facts.headSeenAt = Date.now();
      break;
    case 'progress':
      board.facts.building = news.done < news.total ? { done: news.done, total: news.total } : null;
      break;
    case 'built':
      board.facts.building = null;
      board.facts.isBuilt = true;
      break;
    case 'failed':
      fail(news);
      break;
  }
}

type IndexerDeps = {
  readonly board: StatusBoard;
  readonly hub: Hub;
  readonly warehouse: Warehouse;
  readonly fail: (failure: Failure) => void;
  readonly tell: () => void;
};

function startIndexer(
  config: ZakromaConfig,
  chain: Chain,
  address: ChainAddress,
  deps: IndexerDeps,
): WorkerHandle {
  const { board, hub, warehouse, fail, tell } = deps;
  const { port1, port2 } = new MessageChannel();
  const stopServing = serveWarehouse(warehouse, port1);
  const data: IndexerWorkerData = {
    shipUrls: address.shipUrls,
    chainId: address.chainId,
    startBlock: chain.startBlock,
    parallel: 1,
    watched: [...CONTRACTS],
    rows: config.indexer.rows,
    hasModels: true,
    warehouse: port2,
    log: config.log,
  };
  const worker = startWorker('indexer', data, [port2], (message) => {
    switch (message.type) {
      case 'status':
        board.facts.indexer = message.status;
        tell();
        break;
      case 'final':
        board.facts.committed = { block: message.block, time: message.time };
        hub.emit({ type: 'final', block: message.block, time: message.time, acts: message.acts });
        tell();
        break;
      case 'pending':
        hub.emit(message);
        break;
      case 'done':
        break;
      case 'failed':
        fail(message);
        break;
    }
  });
  return {
    async stop() {
      await worker.stop();
      stopServing();
    },
  };
}

/** Tells pages only when what they show of the system has changed: phase or progress, not each block. */
function createTeller(hub: Hub, status: () => SystemStatus, onStatus: Deps['onStatus']): () => void {
  let told = '';
  return () => {
    const now = status();
    const shown = JSON.stringify([now.phase, now.progress, now.error, now.chain.chainId]);
    if (shown === told) return;
    told = shown;
    onStatus?.(now);
    hub.emit({ type: 'status' });
  };
}
