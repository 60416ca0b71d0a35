import { parentPort, workerData } from 'node:worker_threads';
import { regionSteps } from '../acts/region-steps.ts';
import { planRegion } from '../plan.ts';
import { plannedBlocks } from './blocks.ts';
import type { PackMessage, PackWorkerData } from './messages.ts';
import { createPacker } from './packer.ts';
import { createWindow } from './window.ts';

/** Plans, packs and signs the blocks of a region ahead of the chain, which executes them in another thread. */
const { plan, chainId, after, shared } = workerData as PackWorkerData;
const post = (message: PackMessage): void => parentPort?.postMessage(message);

function run(): void {
  const packer = createPacker({ chainId, seed: plan.seed });
  const window = createWindow(shared);
  for (const block of plannedBlocks(regionSteps(planRegion(plan)))) {
    const last = block.steps.at(-1);
    if (block.num === after && last !== undefined) post({ type: 'found', ids: last.after });
    if (block.num <= after) {
      packer.pass(block);
      continue;
    }
    const reference = window.admit(block.num);
    if (reference === undefined) return;
    post({ type: 'block', block: packer.pack(block, reference) });
  }
  post({ type: 'end' });
}

try {
  run();
} catch (error) {
  post({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
