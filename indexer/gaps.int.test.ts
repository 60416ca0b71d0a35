import { expect, test } from 'vitest';
import { FatalError } from './errors.ts';
import { createMemorySink } from './sink/memory-sink.ts';
import { expectedRows, foundRows, runIndexer } from './testing/harness.ts';
import { startShipServer } from './testing/ship-server.ts';
import { blockFrame, branch, makeBlock, straight } from './testing/sim-chain.ts';
import type { SimBlock } from './testing/sim-chain.ts';

const head = straight(30);
const view = { head, lib: 27 };
const at = (blockNum: number): SimBlock => branch(head)[blockNum - 1] as SimBlock;

/** Block 20 with the traces of block 15: sequences that were there before, which no link or id betrays. */
const repeated = blockFrame(head, at(27), { ...at(20), traces: at(15).traces });

test('actions that come a second time are read again, and the tables end as they should', async () => {
  let lies = 2;
  const server = await startShipServer({
    view,
    tamper: (frame, block) => (block.blockNum === 20 && lies-- > 0 ? repeated : frame),
  });
  const memory = createMemorySink();
  const statuses = await runIndexer({
    ...{ url: server.url, memory, until: ({ committed }) => committed === view.lib },
  });
  await server.close();
  expect(statuses.some(({ error }) => error?.includes('repeated or out of order') ?? false)).toBe(true);
  expect(foundRows(memory)).toEqual(expectedRows(head, view.lib));
});

test('an endpoint that goes on so halts the indexer, with whole batches only', async () => {
  const server = await startShipServer({
    view,
    tamper: (frame, block) => (block.blockNum === 20 ? repeated : frame),
  });
  const memory = createMemorySink();
  const run = runIndexer({ url: server.url, memory });
  await expect(run).rejects.toThrow(FatalError);
  await expect(run).rejects.toThrow('read 3 times');
  await server.close();
  const committed = memory.cursor()?.blockNum ?? 0;
  expect(committed).toBeLessThan(20);
  expect(foundRows(memory)).toEqual(expectedRows(head, committed));
});

test('a chain whose blocks hold no watched action passes the check', async () => {
  let quiet = straight(5);
  for (let i = 0; i < 10; i++) quiet = makeBlock(quiet, [{ kind: 'foreign' }], 0);
  const server = await startShipServer({ view: { head: quiet, lib: 14 } });
  const memory = createMemorySink();
  await runIndexer({ url: server.url, memory, until: ({ committed }) => committed === 14 });
  await server.close();
  expect(foundRows(memory)).toEqual(expectedRows(quiet, 14));
});
