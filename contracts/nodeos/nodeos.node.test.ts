import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChainError, type ChainDriver } from '../chain/driver.ts';
import { httpDriver } from '../chain/http.ts';
import { createDevnet } from '../devnet/devnet.ts';
import { devnetDriver } from '../devnet/driver.ts';
import { developmentKey, newAccount, publicText } from '../chain/system.ts';
import { demoKeys } from '../scenario/keys.ts';
import { planRegion, playRegion, sliceOf } from '../scenario/region.ts';
import { type Nodeos, startNodeos } from './nodeos.ts';
import { findPython, noPython } from './python.ts';

const python = await findPython();
const until = new Date('2026-10-05T00:00:00Z');
const region = sliceOf(planRegion({ seed: 'node', until, days: 1 }), until);
const { reference } = region;
const coops = Array.from({ length: reference.coops }, (_, index) => reference.coop(index).coop);
const chair = reference.chair(1);

let dir: string;
let node: Nodeos | undefined;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zakroma-node-'));
});
afterEach(async () => {
  await node?.kill();
  await rm(dir, { recursive: true, force: true });
});

/** The node and its helpers: every process of the group that the node leads. */
async function groupOf(pid: number): Promise<string[]> {
  const stats = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  );
  return stats.filter((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]) === pid);
}

const gone = (pid: number) =>
  vi.waitFor(
    async () => {
      expect(await groupOf(pid)).toEqual([]);
    },
    { timeout: 15_000, interval: 100 },
  );

async function tables(driver: ChainDriver) {
  const at = (code: string, scope: string, names: readonly string[]) =>
    Promise.all(names.map((table) => driver.rows({ code, scope, table })));
  return [
    await at('registry', 'registry', [
      'territories',
      'products',
      'coops',
      'sections',
      'points',
      'accounts',
      'counters',
    ]),
    ...(await Promise.all(coops.map((coop) => at('registry', coop, ['members'])))),
    await at('market', 'market', ['lots', 'shipments', 'counters']),
  ];
}

if (python === undefined) {
  test('is not run here: no fitting Python, and the runner says so', async () => {
    await expect(startNodeos({ dir })).rejects.toThrow(noPython);
  });
} else describe('a real node', realNode);

function realNode(): void {
  test('takes the contracts and the region, goes on after a clean stop, and leaves no process after a kill', async () => {
    node = await startNodeos({ dir });
    const first = httpDriver({ url: node.httpUrl, settle: 'accepted' });
    expect(await playRegion(first, region, { limit: 8 })).toEqual({ done: 8, total: 8 });
    const before = await first.info();
    const stopped = node.pid;
    expect((await groupOf(stopped)).length).toBeGreaterThan(0);
    await node.stop();
    await gone(stopped);

    node = await startNodeos({ dir });
    const again = httpDriver({ url: node.httpUrl, settle: 'accepted' });
    const { chainId, headBlockNum } = await again.info();
    expect(chainId).toBe(before.chainId);
    expect(headBlockNum).toBeGreaterThan(before.headBlockNum);
    expect(await playRegion(again, region, { limit: 12 })).toEqual({ done: 12, total: 12 });

    await node.kill();
    await gone(node.pid);
    await expect(startNodeos({ dir })).rejects.toThrow('belongs to a node that was killed');
  });

  test('holds the same rows and refuses with the same words as the embedded chain', async () => {
    node = await startNodeos({ dir });
    const real = httpDriver({ url: node.httpUrl, settle: 'accepted' });
    const embedded = devnetDriver(createDevnet(), { owns: true });
    const [onReal, onEmbedded] = await Promise.all(
      [real, embedded].map(async (driver) => {
        await playRegion(driver, region, { limit: 100 });
        return { rows: await tables(driver), refusal: await refusalOf(driver) };
      }),
    );
    await embedded.close();
    expect(onReal?.rows).toEqual(onEmbedded?.rows);
    expect(onReal?.refusal).toEqual(onEmbedded?.refusal);
    expect(onReal?.refusal).toContain(3050003);
  });

  test('ends by itself when the process that started it is killed', async () => {
    const script = `
      const { startNodeos } = await import(${JSON.stringify(new URL('./nodeos.ts', import.meta.url).href)});
      console.log((await startNodeos({ dir: ${JSON.stringify(dir)} })).pid);
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    expect((await groupOf(Number(line))).length).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await gone(Number(line));
  });

  test('gives a transaction only when a block holds it', async () => {
    node = await startNodeos({ dir });
    const driver = httpDriver({ url: node.httpUrl });
    const { blockNum } = await driver.transact(
      [newAccount('anna', publicText(developmentKey))],
      [developmentKey],
    );
    expect((await driver.info()).headBlockNum).toBeGreaterThanOrEqual(blockNum);
  });
}

async function refusalOf(driver: ChainDriver): Promise<unknown> {
  const authorization = [{ actor: chair, permission: 'active' }];
  const data = {
    chair,
    shipment_id: 999,
    quantity: '1.000 KG',
    document_hash: '11'.repeat(32),
  };
  try {
    await driver.transact(
      [{ account: 'market', name: 'receive', authorization, data }],
      [demoKeys('node', chair)],
    );
  } catch (error) {
    if (error instanceof ChainError) return [error.code, error.exception, ...error.details];
    throw error;
  }
  throw new Error('a refusal expected, the chain took a shipment that does not exist');
}
