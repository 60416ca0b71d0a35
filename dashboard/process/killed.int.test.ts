import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDevnet } from '../../contracts/devnet/devnet.ts';
import { serveShip } from '../../contracts/devnet/ship/server.ts';
import { buildRegion, planRegion } from '../../contracts/scenario/region.ts';
import { runChecks } from '../../warehouse/models/checks.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { models } from './prepare.ts';

const program = fileURLToPath(new URL('./testing/indexing.ts', import.meta.url));
const kills = 10;

let root: string;
let shipUrl: string;
let stopServing: () => Promise<void>;
const devnet = createDevnet();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'zakroma-killed-'));
  const scale = { members: 60, coops: 2 };
  await buildRegion(devnet, planRegion({ seed: 'killed', days: 40, until: new Date('2026-11-01'), scale }));
  const ship = await serveShip(devnet, { port: 0 });
  shipUrl = ship.url;
  stopServing = () => ship.close();
});

afterAll(async () => {
  await stopServing();
  devnet.close();
  await rm(root, { recursive: true, force: true });
});

/** Reads the chain into `folder`; with `killAfterMs`, dies that long after its first committed block of this life. */
async function index(folder: string, killAfterMs?: number): Promise<'done' | 'killed'> {
  const { chainId, irreversibleNum } = devnet.info();
  const child = spawn(process.execPath, [program, folder, shipUrl, chainId, String(irreversibleNum)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  if (killAfterMs === undefined) child.stdout.resume();
  else {
    await Promise.race([once(child.stdout, 'data'), exit]);
    child.stdout.resume();
    await Promise.race([sleep(killAfterMs), exit]);
    child.kill('SIGKILL');
  }
  const [code, signal] = (await exit) as [number | null, string | null];
  if (signal === 'SIGKILL') return 'killed';
  expect(code).toBe(0);
  return 'done';
}

/** A hash over the ordered rows of every irreversible table, fact and mart. */
async function hashes(warehouse: Warehouse): Promise<Record<string, string>> {
  const tables = await warehouse.query<{ full: string }>(
    `select concat(database, '.', name) as full from system.tables
     where engine like '%MergeTree' and (database = 'fact' or database = 'mart' or (
       database = 'chain' and not endsWith(name, '_tail') and name not in ('batch', 'cursor')
     )) order by full`,
  );
  const found: Record<string, string> = {};
  for (const { full } of tables) {
    const final = full === 'mart.flow_day' ? 'final' : '';
    const [row] = await warehouse.query<{ hash: string; rows: string }>(
      `select hex(sipHash128(groupArray(line))) as hash, count() as rows
       from (select toString(tuple(*)) as line from ${full} ${final} order by line)`,
    );
    found[full] = `${row?.rows ?? ''} rows ${row?.hash ?? ''}`;
  }
  return found;
}

async function standing(folder: string) {
  const warehouse = await openWarehouse({ path: folder });
  try {
    return { tables: await hashes(warehouse), failures: await runChecks(warehouse, models) };
  } finally {
    await warehouse.close();
  }
}

test(`killed ${kills} times at random moments, the tables end as if nothing had happened`, async () => {
  const calm = join(root, 'calm');
  expect(await index(calm)).toBe('done');
  const expected = await standing(calm);
  expect(expected.failures).toEqual([]);
  expect(Object.keys(expected.tables)).toEqual(
    expect.arrayContaining(['chain.market_logissue', 'fact.flow', 'mart.flow_day']),
  );

  const shaken = join(root, 'shaken');
  let killed = 0;
  for (let life = 0; life < kills; life += 1) {
    if ((await index(shaken, Math.random() * 120)) === 'killed') killed += 1;
  }
  expect(await index(shaken)).toBe('done');
  expect(killed).toBeGreaterThanOrEqual(kills / 2);
  expect(await standing(shaken)).toEqual(expected);
});
