import { afterEach, describe, expect, test } from 'vitest';
import { FatalError } from './errors.ts';
import { createMemorySink } from './sink/memory-sink.ts';
import { expectedRows, foundRows, runIndexer } from './testing/harness.ts';
import { startShipServer } from './testing/ship-server.ts';
import type { ShipServerOptions } from './testing/ship-server.ts';
import { blockFrame, branch, chainId, makeBlock, straight } from './testing/sim-chain.ts';
import type { SimBlock } from './testing/sim-chain.ts';

type Server = Awaited<ReturnType<typeof startShipServer>>;
const servers: Server[] = [];
const head = straight(40);
const view = { head, lib: 37 };
const at = (blockNum: number): SimBlock => branch(head)[blockNum - 1] as SimBlock;

async function serve(options: Partial<ShipServerOptions> = {}): Promise<Server> {
  const server = await startShipServer({ view, ...options });
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function reach(urls: readonly string[], rest: Partial<Parameters<typeof runIndexer>[0]> = {}) {
  const memory = createMemorySink();
  const statuses = await runIndexer({
    ...{ url: urls, memory, until: (status) => status.committed === view.lib },
    ...rest,
  });
  expect(foundRows(memory)).toEqual(expectedRows(head, view.lib));
  return { memory, statuses };
}

describe('with two endpoints', () => {
  test('the first is read while it works', async () => {
    const [one, two] = [await serve(), await serve({ chain: 'ad'.repeat(32) })];
    const { statuses } = await reach([one.url, two.url]);
    expect(statuses.at(-1)).toMatchObject({ endpoint: 1, failures: 0 });
  });

  test('one that is not there gives way to the other', async () => {
    const [gone, two] = [await serve(), await serve()];
    await gone.close();
    const { statuses } = await reach([gone.url, two.url]);
    expect(statuses.map((status) => status.state)).toContain('stalled');
    expect(statuses.at(-1)).toMatchObject({ endpoint: 2, failures: 1, error: null });
  });

  test('one that dies in the middle is gone on from, without a row twice', async () => {
    const one = await serve({ view: { head: at(20), lib: 15 }, script: [{ disconnect: true }] });
    const two = await serve();
    const { memory } = await reach([one.url, two.url]);
    expect(memory.committed[0]?.first).toBe(1);
  });

  test.each<[string, Partial<ShipServerOptions>]>([
    ['is another chain', { chain: 'ad'.repeat(32) }],
    ['speaks another protocol', { description: 'hello' }],
    [
      'sends torn messages',
      { tamper: (frame, block) => (block.blockNum === 6 ? frame.subarray(0, frame.length - 3) : frame) },
    ],
    [
      'has no traces',
      {
        tamper: (frame, block) =>
          block.blockNum === 25 ? blockFrame(head, at(37), block, { traces: null }) : frame,
      },
    ],
    [
      'forges an id',
      {
        tamper: (frame, block) =>
          block.blockNum === 25
            ? blockFrame(head, at(37), { ...block, blockId: `00000019${'ab'.repeat(28)}` })
            : frame,
      },
    ],
  ])('one that %s is left for good and nothing of it stays', async (_name, options) => {
    const [liar, honest] = [await serve(options), await serve()];
    const { statuses } = await reach([liar.url, honest.url], { chainId });
    expect(statuses.at(-1)).toMatchObject({ endpoint: 2, failures: 1 });
  });

  test('both of which lie, the reason is told and the run ends', async () => {
    const [one, two] = [await serve({ chain: 'ad'.repeat(32) }), await serve({ chain: 'be'.repeat(32) })];
    const run = runIndexer({ url: [one.url, two.url], memory: createMemorySink(), chainId });
    await expect(run).rejects.toThrow(FatalError);
    await expect(run).rejects.toThrow(`serves chain ${'be'.repeat(32)}, expected ${chainId}`);
  });

  test('one whose head stands still is left for one that has gone on', async () => {
    const stuck = await serve({ view: { head: at(20), lib: 17 } });
    const fresh = await serve();
    const { statuses } = await reach([stuck.url, fresh.url], { limits: { silenceMs: 20, stuckMs: 120 } });
    const states = statuses.map((status) => status.state);
    expect(states).toContain('idle');
    expect(states.indexOf('server-stuck')).toBeGreaterThan(states.indexOf('idle'));
    expect(statuses.find((status) => status.state === 'server-stuck')?.error).toMatch(/no block .* after 20/);
    expect(statuses.at(-1)?.endpoint).toBe(2);
  });

  test('one whose finality stands still while blocks come is left for the other', async () => {
    let top = at(20);
    const frozen = await serve({ view: { head: top, lib: 10 } });
    const fresh = await serve();
    const grow = setInterval(() => {
      top = makeBlock(top, [], 3);
      frozen.show({ head: top, lib: 10 });
    }, 10);
    try {
      const { statuses } = await reach([frozen.url, fresh.url], { limits: { stuckMs: 150 } });
      expect(statuses.find((status) => status.state === 'server-stuck')?.error).toMatch(/finality has stood/);
      expect(statuses.at(-1)?.endpoint).toBe(2);
    } finally {
      clearInterval(grow);
    }
  });

  test('one that is behind what is final already is passed over', async () => {
    const memory = createMemorySink();
    const [old, fresh] = [await serve({ view: { head: at(9), lib: 7 } }), await serve()];
    await runIndexer({ url: fresh.url, memory, until: ({ committed }) => committed === view.lib });
    const longer = makeBlock(makeBlock(head, [], 0), [], 0);
    fresh.show({ head: longer, lib: 41 });
    const statuses = await runIndexer({
      ...{ url: [old.url, fresh.url], memory },
      until: ({ committed }) => committed === 41,
    });
    expect(statuses.some(({ error }) => error?.includes('behind 37') ?? false)).toBe(true);
    expect(foundRows(memory)).toEqual(expectedRows(longer, 41));
  });
});

test('one endpoint that stands still is shown as stuck, and as live when it goes on', async () => {
  const server = await serve();
  const states: string[] = [];
  await runIndexer({
    ...{ url: server.url, memory: createMemorySink(), limits: { silenceMs: 20, stuckMs: 100 } },
    until: ({ state }) => {
      if (states.at(-1) !== state) states.push(state);
      if (state === 'server-stuck') {
        const longer = makeBlock(head, [], 0);
        server.show({ head: longer, lib: 38 });
      }
      return states.includes('server-stuck') && state === 'live';
    },
  });
  const live = states.indexOf('live');
  expect(states.slice(live, live + 4)).toEqual(['live', 'idle', 'server-stuck', 'live']);
});

test('an address may carry a key: neither errors nor statuses show it', async () => {
  const server = await serve();
  await server.close();
  const url = server.url.replace('ws://', 'ws://user:pass@').concat('/v1/SECRETKEY?token=t0k');
  const [status] = await runIndexer({
    url,
    memory: createMemorySink(),
    until: ({ error }) => error !== null,
  });
  expect(JSON.stringify(status)).toMatch(/ECONNREFUSED/);
  expect(JSON.stringify(status)).not.toMatch(/SECRETKEY|t0k|pass/);
  const wrong = runIndexer({ url: 'http://x/SECRETKEY', memory: createMemorySink() });
  await expect(wrong).rejects.toThrow(/expected a ws:/);
  await expect(wrong).rejects.not.toThrow(/SECRETKEY/);
});

describe('with an end block', () => {
  test('the run ends when that block is in the tables, and not a block later', async () => {
    const memory = createMemorySink();
    await runIndexer({ url: (await serve()).url, memory, endBlock: 23 });
    expect(foundRows(memory)).toEqual(expectedRows(head, 23));
    expect(memory.tail.size).toBe(0);
  });

  test('that is not final yet, the run waits for finality', async () => {
    const server = await serve();
    const memory = createMemorySink();
    const longer = makeBlock(makeBlock(head, [], 0), [], 0);
    await runIndexer({
      ...{ url: server.url, memory, endBlock: 40 },
      until: ({ committed }) => {
        if (committed === 37) server.show({ head: longer, lib: 41 });
        return false;
      },
    });
    expect(foundRows(memory)).toEqual(expectedRows(longer, 40));
  });

  test('that is in the tables already, the run ends at once', async () => {
    const memory = createMemorySink();
    const { url } = await serve();
    await runIndexer({ url, memory, endBlock: 23 });
    await runIndexer({ url, memory, endBlock: 20 });
    expect(foundRows(memory)).toEqual(expectedRows(head, 23));
  });
});
