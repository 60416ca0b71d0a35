import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import pino from 'pino';
import { httpDriver } from '../../contracts/chain/http.ts';
import { demoKeys } from '../../contracts/scenario/keys.ts';
import { readConfig } from '../../zakroma.config.ts';
import type { PageHandler } from '../api/pages.ts';
import { startZakroma } from './start.ts';
import type { Zakroma } from './start.ts';
import { regionOf, settleRegion } from './region.ts';
import type { Load, Loaded } from './testing/load.worker.ts';
import { purchaseIn } from './testing/purchase.ts';

/** The whole installation on the default demo region: from start to figures, catch-up, pages, and an act's way to the screen. */
const folder = await mkdtemp(join(tmpdir(), 'zakroma-bench-'));
const seed = 'zarechnaya';
const { handler } = (await import(
  pathToFileURL(join(import.meta.dirname, '../../build/handler.js')).href
)) as {
  handler: PageHandler;
};

function figure(name: string, value: number, unit: string): void {
  console.log(JSON.stringify({ name, value, unit }));
}

function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0;
}

const env = {
  ZAKROMA_DATA: folder,
  ZAKROMA_PORT: '0',
  ZAKROMA_CHAIN_HTTP_PORT: '0',
  ZAKROMA_SHIP_PORT: '0',
  ZAKROMA_SEED: seed,
  ZAKROMA_LIVE_EVERY_MS: '0',
};
const config = readConfig(env, []);

async function start(): Promise<{ zakroma: Zakroma; ms: number }> {
  const began = performance.now();
  const live = Promise.withResolvers<undefined>();
  const zakroma = await startZakroma(config, {
    log: pino({ level: 'silent' }),
    page: handler,
    onStatus: ({ phase }) => {
      if (phase === 'live') live.resolve(undefined);
    },
    onFailure: (message) => {
      live.reject(new Error(message));
    },
  });
  await live.promise;
  return { zakroma, ms: performance.now() - began };
}

async function timed(url: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return performance.now() - began;
}

async function measurePages({ url }: Zakroma): Promise<void> {
  for (const [name, path] of [
    ['overview', '/'],
    ['records', '/records'],
    ['act card', '/act/100'],
  ] as const) {
    figure(`page ${name}, first time`, await timed(url + path), 'ms');
    const again: number[] = [];
    for (let at = 0; at < 20; at += 1) again.push(await timed(url + path));
    figure(`page ${name}, again, median of 20`, quantile(again, 0.5), 'ms');
  }
  const cold: number[] = [];
  for (const month of ['2026-09', '2026-10', '2026-11']) {
    for (const territory of ['02614000', '02628000', '02701000']) {
      cold.push(await timed(`${url}/api/indicators?t=${territory}&p=${month}`));
    }
  }
  figure('API, indicators never asked before, median of 9', quantile(cold, 0.5), 'ms');
}

const region = () => regionOf(settleRegion(folder, config.region, new Date()));

/** From the block being irreversible on the chain to the event that open pages get. */
async function measureFinality(zakroma: Zakroma): Promise<void> {
  const { httpUrl } = await zakroma.chain;
  const driver = httpDriver({ url: httpUrl, settle: 'accepted' });
  const { chair, action } = await purchaseIn(region(), driver);
  const delays: number[] = [];
  for (let at = 0; at < 10; at += 1) {
    const sent = await driver.transact([action], [demoKeys(seed, chair)]);
    const told = new Promise<number>((resolve) => {
      const leave = zakroma.subscribe((event) => {
        if (event.type !== 'final' || event.block < sent.blockNum) return;
        leave();
        resolve(performance.now());
      });
    });
    while ((await driver.info()).lastIrreversibleBlockNum < sent.blockNum) await sleep(5);
    const final = performance.now();
    delays.push(Math.max(0, (await told) - final));
  }
  await driver.close();
  figure('from finality to the event of open pages, median of 10', quantile(delays, 0.5), 'ms');
  figure('from finality to the event of open pages, longest of 10', quantile(delays, 1), 'ms');
}

/** Acts sent over HTTP at a steady rate while a page listens and reads its figures again at every finality. */
async function measureLoad(zakroma: Zakroma): Promise<void> {
  const { httpUrl } = await zakroma.chain;
  const driver = httpDriver({ url: httpUrl });
  const { chair, action } = await purchaseIn(region(), driver);
  await driver.close();
  const page = new AbortController();
  const pages = watch(zakroma.url, page.signal);
  const load: Load = { url: httpUrl, chair, action, key: demoKeys(seed, chair), perSecond: 200, seconds: 15 };
  const worker = new Worker(new URL('./testing/load.worker.ts', import.meta.url), { workerData: load });
  const [{ accepted, reasons, seconds }] = (await once(worker, 'message')) as [Loaded];
  page.abort();
  const { reloads, slowest } = await pages;
  figure('live with a page open: acts accepted over HTTP, 200 sent a second', accepted / seconds, 'acts/s');
  figure('live with a page open: acts refused', reasons.length, 'acts');
  for (const reason of reasons) console.error(reason);
  figure('live with a page open: the page read again', reloads, 'times');
  figure('live with a page open: the page read again, slowest', slowest, 'ms');
}

/** An open overview: reads the figures again at every event of finality. */
async function watch(url: string, signal: AbortSignal): Promise<{ reloads: number; slowest: number }> {
  let [reloads, slowest] = [0, 0];
  try {
    const { body } = await fetch(`${url}/api/events`, { signal });
    for await (const chunk of body ?? []) {
      if (!Buffer.from(chunk).includes('event: final')) continue;
      slowest = Math.max(slowest, await timed(url));
      reloads += 1;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return { reloads, slowest };
}

const loop = monitorEventLoopDelay({ resolution: 10 });
loop.enable();
const first = await start();
loop.disable();
figure('empty folder to live figures', first.ms / 1000, 's');
figure('web thread event-loop delay while building, p99', loop.percentile(99) / 1e6, 'ms');
await measurePages(first.zakroma);
await measureFinality(first.zakroma);
await measureLoad(first.zakroma);
figure('resident memory, all parts', process.memoryUsage.rss() / 2 ** 20, 'MiB');
await first.zakroma.stop();

await rm(join(folder, 'warehouse'), { recursive: true });
const second = await start();
const [counted] = await second.zakroma.warehouse.query<{ actions: string }>(
  'select count() as actions from chain.action',
);
figure('restart with an empty warehouse: chain restored, read and live', second.ms / 1000, 's');
figure('watched actions read at that restart', Number(counted?.actions ?? 0), 'actions');
await second.zakroma.stop();
await rm(folder, { recursive: true });
