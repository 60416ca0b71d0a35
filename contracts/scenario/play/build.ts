import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Devnet } from '../../devnet/devnet.ts';
import { devnetDriver } from '../../devnet/driver.ts';
import { DAY_MS, type Region } from '../plan.ts';
import { expectIds, readIds } from './counters.ts';
import type { PackMessage, PackWorkerData } from './messages.ts';
import type { PackedBlock } from './packer.ts';
import { createWindow, knownTo, type Window } from './window.ts';

/** A reader of the chain waits no longer than this for the block under way. */
const LONGEST_BREATH_MS = 25;

/** Days lived through, of the days of the region. */
export type Progress = { readonly done: number; readonly total: number };

export type BuildOptions = {
  readonly onProgress?: (progress: Progress) => void;
  /** Stops between two blocks; asked again, the build goes on from there. */
  readonly signal?: AbortSignal;
};

/**
 * Builds a region on the embedded chain in time travel: another thread plans, packs and signs, this one executes and makes blocks. The
 * same region gives the same blocks, whatever the threads' timing. A chain that holds a part already, after a stop at any
 * point, goes on from its head. Throws where the chain refuses a step, or holds something else than this region.
 */
export async function buildRegion(devnet: Devnet, region: Region, options: BuildOptions = {}): Promise<void> {
  const { onProgress, signal } = options;
  const { days, firstDay } = region;
  const isLivedThrough = devnet.info().headTimeMs >= firstDay + days * DAY_MS;
  if (signal?.aborted === true || isLivedThrough) return;
  const window = createWindow();
  for (const num of knownTo(devnet.info().headNum)) window.made(num, blockId(devnet, num));
  const tell = progressOf(region, onProgress);
  const packing = startPacking(devnet, region, window, ({ num, timeMs, transactions }) => {
    execute(devnet, { num, timeMs, transactions });
    window.made(num, devnet.info().headId);
    tell(timeMs);
  });
  signal?.addEventListener('abort', packing.stop);
  try {
    if ((await packing.ended) === 'whole') onProgress?.({ done: days, total: days });
  } finally {
    signal?.removeEventListener('abort', packing.stop);
    window.stop();
    await packing.close();
  }
}

type Packing = {
  readonly ended: Promise<'whole' | 'stopped'>;
  readonly stop: () => void;
  readonly close: () => Promise<unknown>;
};

/** Starts the packing thread; its blocks come one by one, none after a stop. */
function startPacking(
  devnet: Devnet,
  { plan }: Region,
  window: Window,
  onBlock: (block: PackedBlock) => void,
): Packing {
  const { headNum: after, chainId } = devnet.info();
  const data: PackWorkerData = { plan, chainId, after, shared: window.shared };
  const worker = new Worker(new URL('./pack.worker.ts', import.meta.url), { workerData: data });
  const { promise, resolve, reject } = Promise.withResolvers<'whole' | 'stopped'>();
  const breathe = breather();
  let isOver = false;
  const end = (how: 'whole' | 'stopped'): void => {
    isOver = true;
    resolve(how);
  };
  const receive = async (message: PackMessage): Promise<void> => {
    if (isOver) return;
    if (message.type === 'block') {
      onBlock(message.block);
      await breathe();
    } else if (message.type === 'found') expectIds(message.ids, await readIds(devnetDriver(devnet)));
    else if (message.type === 'end') end('whole');
    else throw new Error(message.message);
  };
  let received = Promise.resolve();
  worker.on('message', (message: PackMessage) => {
    received = received.then(() => receive(message));
    received.catch(reject);
  });
  worker.once('error', reject);
  const exited = once(worker, 'exit');
  exited.catch(() => undefined);
  return {
    ended: promise,
    stop: () => {
      end('stopped');
    },
    /** Waits for the thread to see the window's stop: ended from outside in the middle of a signature, it takes the process with it. */
    async close() {
      isOver = true;
      await exited.catch(() => undefined);
    },
  };
}

/** Lets this thread answer others between two blocks, often enough that nobody notices the work. */
function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONGEST_BREATH_MS) return;
    await turn();
    since = performance.now();
  };
}

function blockId(devnet: Devnet, num: number): string {
  const block = devnet.block(num);
  if (block === undefined) throw new Error(`block ${num} of the chain expected, it is not there`);
  return block.id.toString('hex');
}

function execute(devnet: Devnet, { num, timeMs, transactions }: PackedBlock): void {
  devnet.travel(timeMs);
  for (const packed of transactions) devnet.pushPacked(packed);
  const made = devnet.produceBlock();
  if (made.num !== num) throw new Error(`block ${num} of the plan expected, the chain made ${made.num}`);
}

/** Tells of each day once. */
function progressOf(
  { firstDay, days }: Region,
  onProgress: BuildOptions['onProgress'],
): (timeMs: number) => void {
  let told = -1;
  return (timeMs) => {
    const done = Math.max(0, Math.floor((timeMs - firstDay) / DAY_MS));
    if (done === told) return;
    told = done;
    onProgress?.({ done, total: days });
  };
}
