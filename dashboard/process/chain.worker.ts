import { once } from 'node:events';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import pino from 'pino';
import { createDevnet } from '../../contracts/devnet/devnet.ts';
import { devnetDriver } from '../../contracts/devnet/driver.ts';
import { serveChainApi } from '../../contracts/devnet/http/server.ts';
import { serveShip } from '../../contracts/devnet/ship/server.ts';
import { liveActs } from '../../contracts/scenario/live.ts';
import { buildRegion } from '../../contracts/scenario/region.ts';
import { messageOf } from './errors.ts';
import type { ChainMessage, ChainWorkerData } from './messages.ts';
import { regionOf } from './region.ts';

/** The embedded chain in its own thread: it builds the demo region in time travel, then lives in real time. */
const { dir, chain, region, liveEveryMs, log: level } = workerData as ChainWorkerData;
const log = pino({ level, name: 'chain' });
const abort = new AbortController();
const post = (message: ChainMessage): void => parentPort?.postMessage(message);

parentPort?.once('message', () => {
  abort.abort();
});

try {
  await run();
} catch (error) {
  post({ type: 'failed', message: messageOf(error), fatal: true });
} finally {
  parentPort?.close();
}

async function run(): Promise<void> {
  await using closing = new AsyncDisposableStack();
  const devnet = createDevnet({
    dir: join(dir, 'chain'),
    chainSeed: region.seed,
    finalityLag: chain.finalityLag,
    log,
  });
  closing.defer(() => {
    devnet.close();
  });
  const api = await serveChainApi(devnet, { port: chain.httpPort });
  closing.defer(() => api.close());
  const ship = await serveShip(devnet, { port: chain.shipPort });
  closing.defer(() => ship.close());
  devnet.onBlock((block) => {
    post({ type: 'head', head: block.num, headTime: block.time, lib: block.lib });
  });
  post({ type: 'ready', httpUrl: api.url, shipUrls: [ship.url], chainId: devnet.info().chainId });

  const plan = regionOf(region);
  await buildRegion(devnet, plan, {
    signal: abort.signal,
    onProgress: (progress) => {
      post({ type: 'progress', ...progress });
    },
  });
  if (abort.signal.aborted) return;
  devnet.startLive();
  post({ type: 'built' });
  if (liveEveryMs > 0)
    await liveActs(devnetDriver(devnet), plan, { signal: abort.signal, everyMs: liveEveryMs, log });
  else await once(abort.signal, 'abort');
}
