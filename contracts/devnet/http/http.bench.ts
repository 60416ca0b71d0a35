import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { httpDriver } from '../../chain/http.ts';
import { developmentKey } from '../../chain/system.ts';
import { purchase } from '../../spec/acts.ts';
import { prepare } from '../../spec/chain.ts';
import { furnishFunds } from '../../spec/funds-world.ts';
import { furnish, hashOf, worldOf } from '../../spec/world.ts';
import { createDevnet } from '../devnet.ts';
import { devnetDriver } from '../driver.ts';
import { serveChainApi } from './server.ts';

/** Purchases, each with its decision, posting and logs, sent to a live chain by parallel clients over HTTP; each client asks for head, packs, signs and sends. */
const CLIENTS = 20;
const EACH = 100;

if (isMainThread) await chain();
else await clients(workerData as { url: string });

/** The chain lives in this thread, as it does when a page is open; its clients share another. */
async function chain(): Promise<void> {
  const devnet = createDevnet();
  const driver = devnetDriver(devnet);
  await prepare(driver);
  const world = worldOf(driver, [developmentKey]);
  await furnish(world);
  await furnishFunds(world);
  devnet.travel(Date.now());
  devnet.produceBlock();
  const served = await serveChainApi(devnet, { port: 0 });
  devnet.startLive();
  const before = process.threadCpuUsage();
  const worker = new Worker(new URL(import.meta.url), { workerData: { url: served.url } });
  const [seconds] = (await once(worker, 'message')) as [number];
  const { user, system } = process.threadCpuUsage(before);
  report(seconds, 'transactions/s');
  report((user + system) / 1_000_000, "transactions/CPU s of the chain's thread");
  await worker.terminate();
  await served.close();
  devnet.close();
}

function report(seconds: number, unit: string): void {
  const name = `devnet live, ${String(CLIENTS)} clients over HTTP`;
  const value = Math.round((CLIENTS * EACH) / seconds);
  process.stdout.write(`${JSON.stringify({ name, value, unit })}\n`);
}

async function clients({ url }: { url: string }): Promise<void> {
  const started = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(url, number)));
  parentPort?.postMessage((performance.now() - started) / 1000);
}

async function client(url: string, number: number): Promise<void> {
  const driver = httpDriver({ url, settle: 'accepted' });
  const authorization = [{ actor: 'anna', permission: 'active' }];
  for (let at = 0; at < EACH; at++) {
    const data = { ...purchase, document_hash: hashOf(`purchase ${String(at)} of client ${String(number)}`) };
    await driver.transact([{ account: 'market', name: 'buy', authorization, data }], [developmentKey]);
  }
}
