import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevnet } from '../devnet/devnet.ts';
import { regionSteps } from './acts/region-steps.ts';
import { type Scale, USUAL } from './reference/reference.ts';
import { buildRegion, planRegion } from './region.ts';

/**
 * The demo region as `npm start` builds it, and planning alone at a larger scale.
 * `node contracts/scenario/scenario.bench.ts [days [members [coops]]]`: of that size instead, and no other.
 */
const YEAR_DAYS = 365;
const END = new Date('2026-11-01T00:00:00Z');

const report = (name: string, value: number, unit: string): void => {
  process.stdout.write(`${JSON.stringify({ name, value: Number(value.toPrecision(3)), unit })}\n`);
};
const seconds = (since: number): number => (performance.now() - since) / 1000;
const residentMiB = (): number => process.resourceUsage().maxRSS / 1024;

function regionOf(days: number, scale: Scale) {
  return planRegion({ seed: 'zarechnaya', until: END, days, scale });
}

async function build(days: number, scale: Scale): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'zakroma-scenario-bench-'));
  try {
    const devnet = createDevnet({ dir, chainSeed: 'zarechnaya' });
    let transactions = 0;
    devnet.onBlock((block) => (transactions += block.transactions));
    const since = performance.now();
    await buildRegion(devnet, regionOf(days, scale));
    const took = seconds(since);
    report('region built, planning, packing and signing in a second thread', took, 's');
    report('region: signed transactions', transactions, 'tx');
    report('region: transactions a second, all included', transactions / took, 'tx/s');
    report('region: peak memory of the process', residentMiB(), 'MiB');
    devnet.close();
    const size = readdirSync(dir).reduce((sum, file) => sum + statSync(join(dir, file)).size, 0);
    report('region: chain on disk', size / 2 ** 20, 'MiB');
    const again = performance.now();
    createDevnet({ dir, chainSeed: 'zarechnaya' }).close();
    report('region: chain opened again', seconds(again), 's');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Planning holds what is alive, not what has happened. */
function plan(days: number, scale: Scale): void {
  const since = performance.now();
  let [steps, actions] = [0, 0];
  for (const step of regionSteps(regionOf(days, scale))) {
    steps += 1;
    actions += step.actions.length;
  }
  const size = `${scale.members} members, ${scale.coops} cooperatives, ${days} days`;
  report(`planned: ${size}`, actions, 'actions');
  report(`planned: ${size}, steps a second`, steps / seconds(since), 'tx/s');
  report(`planned: ${size}, peak memory`, residentMiB(), 'MiB');
}

const [days, members, coops] = process.argv.slice(2).map(Number);
await build(days ?? 2 * YEAR_DAYS, { ...USUAL, ...(members && { members }), ...(coops && { coops }) });
if (days === undefined) plan(YEAR_DAYS, { members: 15_000, coops: 60 });
