import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runChecks } from '../models/checks.ts';
import { openWarehouse } from '../open.ts';
import { continueChain, fingerprint, prepareChain, SQL_DIR, storyBatches } from '../testing/chain-story.ts';
import { Cut, cutAt } from '../testing/faults.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { Warehouse } from '../warehouse.ts';

const batches = storyBatches(4, 3);

async function undisturbed(): Promise<Awaited<ReturnType<typeof fingerprint>>> {
  const folder = await temporaryFolder();
  const warehouse = await openWarehouse({ path: folder.path });
  try {
    await prepareChain(warehouse);
    await continueChain(warehouse, batches);
    return await fingerprint(warehouse);
  } finally {
    await warehouse.close();
    await folder.remove();
  }
}

describe('a stop at any moment leaves the tables as an undisturbed run would', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let warehouse: Warehouse;
  let expected: Awaited<ReturnType<typeof fingerprint>>;
  beforeAll(async () => {
    expected = await undisturbed();
  }, 120_000);
  beforeEach(async () => {
    folder = await temporaryFolder();
    warehouse = await openWarehouse({ path: folder.path });
  });
  afterEach(async () => {
    await warehouse.close();
    await folder.remove();
  });

  const reopen = async () => {
    await warehouse.close();
    warehouse = await openWarehouse({ path: folder.path });
  };

  test('cut before and after every write of a batch', { timeout: 240_000 }, async () => {
    await prepareChain(warehouse);
    let cuts = 0;
    for (const when of ['before', 'after'] as const) {
      for (let at = 0; ; at += 1) {
        // The cut falls into the batch at hand; each reopening goes on from what the last left behind.
        const cutting = cutAt(warehouse, at, when);
        const finished = await continueChain(cutting, batches.slice(0, when === 'before' ? 2 : 4)).then(
          () => true,
          (error: unknown) => {
            if (error instanceof Cut) return false;
            throw error;
          },
        );
        if (finished) break;
        cuts += 1;
        await reopen();
      }
    }
    expect(cuts).toBeGreaterThan(20);
    expect(await fingerprint(warehouse)).toEqual(expected);
    expect(await runChecks(warehouse, { dir: SQL_DIR })).toEqual([]);
  });

  test(
    'a token without its rows is noticed: the batch goes in again under the next epoch',
    { timeout: 60_000 },
    async () => {
      await prepareChain(warehouse);
      await continueChain(warehouse, batches.slice(0, 3));
      // Everything of the last batch but its cursor, then a part of one table vanishes as a kill between token and rename leaves it.
      const [last] = batches.slice(3);
      if (!last) throw new Error('the story has four batches');
      const rows = last.rows.length;
      await expect(continueChain(cutAfterInserts(warehouse, rows), batches)).rejects.toThrow(Cut);
      const [part] = await warehouse.query<{ path: string }>(
        "select path from system.parts where database = 'chain' and table = 'market_logissue' and active order by modification_time desc, name desc limit 1",
      );
      await warehouse.close();
      await rm(part?.path ?? '', { recursive: true });
      warehouse = await openWarehouse({ path: folder.path });
      await continueChain(warehouse, batches);
      expect(await fingerprint(warehouse)).toEqual(expected);
      expect(await warehouse.query('select max(epoch) as epoch from chain.cursor')).toEqual([{ epoch: 1 }]);
    },
  );

  test(
    'a part missing from facts or marts is noticed and they are rebuilt',
    { timeout: 60_000 },
    async () => {
      await prepareChain(warehouse);
      await continueChain(warehouse, batches.slice(0, 3));
      const rows = batches[3]?.rows.length ?? 0;
      await expect(continueChain(cutAfterInserts(warehouse, rows), batches)).rejects.toThrow(Cut);
      const parts = await warehouse.query<{ path: string }>(
        "select argMax(path, (modification_time, name)) as path from system.parts where (database, table) in (('fact', 'flow'), ('mart', 'flow_day')) and active group by database",
      );
      await warehouse.close();
      for (const { path } of parts) await rm(path, { recursive: true });
      warehouse = await openWarehouse({ path: folder.path });
      await continueChain(warehouse, batches);
      expect(parts).toHaveLength(2);
      expect(await fingerprint(warehouse)).toEqual(expected);
    },
  );

  test('killed with SIGKILL at random moments', { timeout: 180_000 }, async () => {
    const plan = storyBatches(12, 10);
    await prepareChain(warehouse);
    await continueChain(warehouse, plan);
    const whole = await fingerprint(warehouse);
    await warehouse.close();
    for (const name of await readdir(folder.path)) await rm(join(folder.path, name), { recursive: true });

    let committed = 0;
    let kills = 0;
    for (let round = 0; round < 6; round += 1) {
      const writer = new URL('../testing/killed-writer.ts', import.meta.url).pathname;
      const child = spawn(process.execPath, [writer, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
      committed = Math.max(committed, await killAfterCommit(child, Math.random() * 60));
      if (child.signalCode === 'SIGKILL') kills += 1;
    }
    warehouse = await openWarehouse({ path: folder.path });
    const [cursor] = await warehouse.query<{ last: number }>('select max(last) as last from chain.cursor');
    expect(kills).toBeGreaterThan(2);
    expect(cursor?.last).toBeGreaterThanOrEqual(committed);
    await continueChain(warehouse, plan);
    expect(await fingerprint(warehouse)).toEqual(whole);
    expect(await runChecks(warehouse, { dir: SQL_DIR, only: 'on repeat' })).toEqual([]);
  });
});

function cutAfterInserts(warehouse: Warehouse, inserts: number): Warehouse {
  let left = inserts;
  return {
    ...warehouse,
    insert: async (insert) => {
      await warehouse.insert(insert);
      left -= 1;
    },
    command: async (sql, params) => {
      if (left <= 0) throw new Cut('cut before the cursor');
      await warehouse.command(sql, params);
    },
  };
}

/** Kills the writer some milliseconds after it said its first committed block; gives the last block it said. */
async function killAfterCommit(child: ChildProcess, delay: number): Promise<number> {
  let last = 0;
  const exited = once(child, 'exit');
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (last === 0) setTimeout(() => child.kill('SIGKILL'), delay);
    last = Number(text.trimEnd().split('\n').at(-1));
  });
  await exited;
  return last;
}
