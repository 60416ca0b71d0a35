import { MessageChannel, Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nativeBlock } from './native/native.ts';
import { openWarehouse } from './open.ts';
import { connectWarehouse, serveWarehouse } from './port.ts';
import { continueChain, prepareChain, storyBatches } from './testing/chain-story.ts';
import { temporaryFolder } from './testing/folder.ts';
import type { Warehouse } from './warehouse.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let warehouse: Warehouse;
beforeAll(async () => {
  folder = await temporaryFolder();
  warehouse = await openWarehouse({ path: folder.path });
});
afterAll(async () => {
  await warehouse.close();
  await folder.remove();
});

test('another end of the port queries, inserts and gets errors with their class and code', async () => {
  const { port1, port2 } = new MessageChannel();
  const stop = serveWarehouse(warehouse, port1);
  const far = await connectWarehouse(port2);
  expect(far.mode).toBe('embedded');
  await far.command('create database p');
  await far.command('create table p.t (n UInt8) engine = MergeTree order by n');
  // A view into a larger buffer, used twice: the caller's bytes stay the caller's.
  const columns = [{ name: 'n', type: 'UInt8' }];
  const block = nativeBlock(columns, 2, Uint8Array.of(7, 8));
  const bytes = Buffer.concat([Buffer.from([9]), block, Buffer.from([9])]).subarray(1, -1);
  const insert = { table: 'p.t', columns, rows: 2, bytes, token: 'a' };
  await far.insert(insert);
  await far.insert(insert);
  expect([...bytes]).toEqual([...block]);
  expect(await far.query('select n from p.t where n > {least:UInt8} order by n', { least: 7 })).toEqual([
    { n: 8 },
    { n: 8 },
  ]);
  await expect(far.query('select missing')).rejects.toMatchObject({
    name: 'WarehouseError',
    code: '47',
    type: 'UNKNOWN_IDENTIFIER',
  });
  const waiting = far.query('select sleep(0.2)');
  stop();
  await expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
  await expect(far.query('select 1')).rejects.toMatchObject({ code: 'CLOSED' });
});

test('a worker thread writes a chain through this thread’s engine', { timeout: 60_000 }, async () => {
  await prepareChain(warehouse);
  const { port1, port2 } = new MessageChannel();
  const stop = serveWarehouse(warehouse, port1);
  const worker = new Worker(new URL('testing/writing-worker.ts', import.meta.url), {
    workerData: port2,
    transferList: [port2],
  });
  const code = await new Promise<number>((resolve, reject) => {
    worker.once('error', reject).once('exit', resolve);
  });
  stop();
  expect(code).toBe(0);
  const written = await warehouse.query('select count() as acts from fact.flow');
  await continueChain(warehouse, storyBatches(2, 2));
  expect(written).toEqual([{ acts: String(2 * 2 * 14) }]);
  expect(await warehouse.query('select count() as acts from fact.flow')).toEqual(written);
});
