import { afterEach, expect, test } from 'vitest';
import { createMemorySink } from './sink/memory-sink.ts';
import type { SinkAct } from './sink/memory-sink.ts';
import { expectedRows, foundRows, runIndexer } from './testing/harness.ts';
import type { Memory } from './testing/harness.ts';
import { startShipServer } from './testing/ship-server.ts';
import type { ShipServerOptions } from './testing/ship-server.ts';
import { branch, makeBlock, shopAbi, straight } from './testing/sim-chain.ts';
import type { SimBlock } from './testing/sim-chain.ts';

type Server = Awaited<ReturnType<typeof startShipServer>>;
const servers: Server[] = [];

/** A history with an ABI change in the middle of a range, and actions that nothing can decode. */
function history(): SimBlock {
  let head = straight(150);
  head = makeBlock(head, [{ kind: 'setabi', abi: shopAbi([{ name: 'extra', type: 'uint8$' }]) }], 0);
  for (let i = 0; i < 150; i++) head = makeBlock(head, [{ kind: 'act', id: 5_000 + i }, { kind: 'torn' }], 0);
  return head;
}

const head = history();
const view = { head, lib: head.blockNum - 3 };

async function serve(options: Partial<ShipServerOptions> = {}): Promise<Server> {
  const server = await startShipServer({ view, ...options });
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function tables(url: string | readonly string[], parallel: number, memory = createMemorySink()) {
  await runIndexer({
    ...{ url, memory, parallel, limits: { rangeBlocks: 7, rows: 60, blocks: 30 } },
    until: (status) => status.committed === view.lib,
  });
  return memory;
}

function expectSame(memory: Memory, serial: Memory): void {
  expect(memory.contents()).toEqual(serial.contents());
  expect([...memory.specs]).toEqual([...serial.specs]);
  expect(foundRows(memory)).toEqual(expectedRows(head, view.lib));
}

test.each([2, 3, 8])('%i connections give tables that are byte for byte those of one', async (parallel) => {
  let connections = 0;
  const server = await serve({
    tamper: (frame) => {
      connections = Math.max(connections, server.connections());
      return frame;
    },
  });
  const serial = await tables(server.url, 1);
  connections = 0;
  expectSame(await tables(server.url, parallel), serial);
  expect(connections).toBe(parallel);
});

test('the connections are shared out over the endpoints', async () => {
  const served = [0, 0];
  const counting = (which: number): Partial<ShipServerOptions> => ({
    tamper: (frame) => {
      served[which] = (served[which] ?? 0) + 1;
      return frame;
    },
  });
  const [one, two] = [await serve(counting(0)), await serve(counting(1))];
  expectSame(await tables([one.url, two.url], 4), await tables(one.url, 1));
  expect(Math.min(...served)).toBeGreaterThan(100);
});

test('a connection that dies, or a link that does not join, costs a new attempt and no row', async () => {
  let deaths = 0;
  const server = await serve({
    tamper: (frame, block) => {
      if (block.blockNum % 90 === 0 && deaths < 3) {
        deaths++;
        server.disconnect();
      }
      return frame;
    },
  });
  const memory = await tables(server.url, 3);
  expect(deaths).toBe(3);
  expectSame(memory, await tables((await serve()).url, 1));
});

test.each<['before' | 'after', SinkAct]>([
  ['after', 'intent'],
  ['before', 'insert:shop_act'],
  ['before', 'cursor'],
  ['after', 'cursor'],
])('killed %s %s, a parallel catch-up goes on and ends with the same tables', async (when, act) => {
  const server = await serve();
  const serial = await tables(server.url, 1);
  let left = 4;
  const crash = new Error('killed');
  const memory = createMemorySink({
    onStep: (reached, done) => {
      if (reached === when && done === act && --left === 0) throw crash;
    },
  });
  await expect(tables(server.url, 3, memory)).rejects.toBe(crash);
  expectSame(await tables(server.url, 4, memory), serial);
});

test('forks above finality are left to one connection', async () => {
  let fork = branch(head)[head.blockNum - 3] as SimBlock;
  for (let i = 0; i < 5; i++) fork = makeBlock(fork, [{ kind: 'act', id: 9_000 + i }], 7);
  const end = { head: fork, lib: fork.blockNum - 1 };
  const server = await serve({ script: [{ view: end }] });
  const memory = createMemorySink();
  await runIndexer({
    ...{ url: server.url, memory, parallel: 3, limits: { rangeBlocks: 20 } },
    until: (status) => status.committed === end.lib,
  });
  expect(foundRows(memory)).toEqual(expectedRows(fork, end.lib));
});

test('a range of more bytes than a connection may hold still comes whole', async () => {
  const memory = createMemorySink();
  await runIndexer({
    ...{ url: (await serve()).url, memory, parallel: 2, limits: { rangeBlocks: 60, inboxBytes: 2_000 } },
    until: (status) => status.committed === view.lib,
  });
  expect(foundRows(memory)).toEqual(expectedRows(head, view.lib));
});
