import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpDriver } from '../contracts/chain/http.ts';
import { developmentKey } from '../contracts/chain/system.ts';
import { startNodeos } from '../contracts/nodeos/nodeos.ts';
import type { Nodeos } from '../contracts/nodeos/nodeos.ts';
import { actsOf } from '../contracts/spec/acts.ts';
import { prepare } from '../contracts/spec/chain.ts';
import { furnishFunds } from '../contracts/spec/funds-world.ts';
import { furnish, hashOf, worldOf } from '../contracts/spec/world.ts';
import type { World } from '../contracts/spec/world.ts';
import { createIndexer } from './indexer.ts';
import type { IndexerStatus } from './indexer.ts';
import { createMemorySink } from './sink/memory-sink.ts';
import { rowsIn, silent } from './testing/harness.ts';

let dir = '';
let node: Nodeos;
let world: World;
let ports: { httpPort: number; shipPort: number };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zakroma-indexer-'));
  node = await startNodeos({ dir });
  ports = { httpPort: Number(new URL(node.httpUrl).port), shipPort: Number(new URL(node.shipUrl).port) };
  const driver = httpDriver({ url: node.httpUrl, settle: 'accepted' });
  await prepare(driver);
  world = worldOf(driver, [developmentKey]);
  await furnish(world);
  await furnishFunds(world);
});

afterAll(async () => {
  await node.stop();
  await rm(dir, { recursive: true, force: true });
});

/** An indexer in the background whose statuses can be awaited. */
function follow(memory: ReturnType<typeof createMemorySink>) {
  const stop = new AbortController();
  const listeners = new Set<(status: IndexerStatus) => void>();
  const indexer = createIndexer({
    ...{
      shipUrls: [node.shipUrl],
      watched: ['registry', 'market'],
      sink: memory.sink,
      signal: stop.signal,
      log: silent,
    },
    limits: { retryMostMs: 200 },
    onStatus: (status) => {
      for (const listener of listeners) listener(status);
    },
  });
  const ended = indexer.run();
  return {
    until: (isReached: (status: IndexerStatus) => boolean) =>
      Promise.race([
        new Promise<IndexerStatus>((resolve) => {
          const check = (status: IndexerStatus): void => {
            if (!isReached(status)) return;
            listeners.delete(check);
            resolve(status);
          };
          listeners.add(check);
          check(indexer.status());
        }),
        ended.then(() => Promise.reject(new Error('the indexer ended'))),
      ]),
    async stop() {
      stop.abort();
      await ended;
    },
  };
}

test('a real node is read from its first block, followed live, and again after it was restarted', async () => {
  const memory = createMemorySink();
  const acts = actsOf(world);
  const before = await acts.buy({ document_hash: hashOf('first') });
  const following = follow(memory);
  const caughtUp = await following.until(
    (status) => status.state === 'live' && status.committed >= before.blockNum,
  );
  expect(caughtUp.undecoded).toBe(0);
  expect(rowsIn(memory, 'market_logaccept')).toMatchObject([
    {
      tx_id: before.transactionId,
      block_num: before.blockNum,
      body: {
        coop: 'forestcoop',
        quantity: { amount: '100000', symbol: '3,KG' },
        grams: '100000',
        price: { amount: '2500', symbol: '2,RUB' },
      },
    },
  ]);
  expect(rowsIn(memory, 'registry_logproduct').map((row) => row['global_sequence'])).toHaveLength(3);

  const shipped = await acts.ship({ lot_id: 1, document_hash: hashOf('waybill') });
  await following.until((status) => status.committed >= shipped.blockNum);
  expect(rowsIn(memory, 'market_logship')).toMatchObject([{ tx_id: shipped.transactionId }]);

  await node.stop();
  await following.until((status) => status.state === 'stalled');
  node = await startNodeos({ dir, ...ports });
  const accepted = await acts.buy({ document_hash: hashOf('second') });
  await following.until((status) => status.committed >= accepted.blockNum);
  await following.stop();

  const blocks = rowsIn(memory, 'block');
  blocks.forEach((row, i) => {
    expect(row['block_num']).toBe(i + 1);
    if (i > 0) expect(row['prev_id']).toBe(blocks[i - 1]?.['block_id']);
  });
  const again = createMemorySink();
  const second = follow(again);
  const end = blocks.length;
  await second.until((status) => status.committed >= end);
  await second.stop();
  for (const [table, rows] of memory.contents()) {
    expect(again.contents().get(table)?.subarray(0, rows.length).equals(rows), table).toBe(true);
  }
});
