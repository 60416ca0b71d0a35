import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { encode } from './abi/encode.ts';
import { FatalError, RetryableError } from './errors.ts';
import type { IndexerStatus } from './indexer.ts';
import { createMemorySink } from './sink/memory-sink.ts';
import type { SinkAct } from './sink/memory-sink.ts';
import { expectedRows, foundRows, rowsIn, runIndexer, tailBlocks } from './testing/harness.ts';
import type { Memory } from './testing/harness.ts';
import { startShipServer } from './testing/ship-server.ts';
import type { ShipServerOptions } from './testing/ship-server.ts';
import {
  blockFrame,
  branch,
  chainId,
  makeBlock,
  protocolTypes,
  shopAbi,
  straight,
} from './testing/sim-chain.ts';
import type { SimBlock } from './testing/sim-chain.ts';
import type { View } from './testing/ship-server.ts';

type Server = Awaited<ReturnType<typeof startShipServer>>;
const servers: Server[] = [];

async function serve(options: ShipServerOptions): Promise<Server> {
  const server = await startShipServer(options);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Runs until final rows and tails stand where `end` says. */
async function reach(server: Server, memory: Memory, end: View): Promise<void> {
  await runIndexer({
    ...{ url: server.url, memory },
    until: (status) =>
      server.isScriptDone() &&
      status.committed === end.lib &&
      status.head === end.head.blockNum &&
      [...memory.tail.keys()].at(-1) === end.head.blockNum,
  });
}

function expectStanding(memory: Memory, { head, lib }: View): void {
  expect(foundRows(memory)).toEqual(expectedRows(head, lib));
  const above = branch(head).slice(lib);
  expect(tailBlocks(memory)).toEqual(above.map((block) => [block.blockNum, block.blockId]));
}

describe('a chain that only grows', () => {
  test('becomes rows, in batches that join without a gap', async () => {
    const end = { head: straight(40), lib: 37 };
    const server = await serve({ view: end });
    const memory = createMemorySink();
    await reach(server, memory, end);
    expectStanding(memory, end);
    let next = 1;
    for (const { first, last } of memory.committed) {
      expect(first).toBe(next);
      next = last + 1;
    }
    expect(next).toBe(38);
    expect(rowsIn(memory, 'abi')).toMatchObject([{ block_num: 2, account: 'shop', abi_sequence: 1 }]);
    const act = rowsIn(memory, 'action').find((row) => row['block_num'] === 3);
    expect(act).toMatchObject({
      ...{
        contract: 'shop',
        name: 'act',
        actors: [{ actor: 'ann', permission: 'active' }],
        abi_sequence: 1,
        raw: '',
      },
      ...{ action_ordinal: 1, creator_action_ordinal: 0, tx_index: 0 },
    });
    expect(rowsIn(memory, 'block')[2]).toMatchObject({
      producer: 'prod',
      transactions: 2,
      actions: 2,
      block_time: String(946_684_800_000 + 500 * 1_700_000_003),
    });
  });

  test('is followed live: a final block is committed without waiting for a full batch', async () => {
    let head = straight(10);
    const server = await serve({ view: { head, lib: 8 } });
    const memory = createMemorySink();
    await runIndexer({
      ...{ url: server.url, memory, limits: { rows: 10_000, blocks: 10_000 } },
      until: ({ committed }) => {
        if (committed === head.blockNum - 2 && head.blockNum < 15) {
          head = makeBlock(head, [{ kind: 'act', id: 900 + head.blockNum }], 0);
          server.show({ head, lib: head.blockNum - 2 });
        }
        return committed === 13;
      },
    });
    expectStanding(memory, { head, lib: 13 });
  });

  test('keeps raw what its ABI cannot decode, and leaves failed and foreign actions out', async () => {
    const head = makeBlock(
      straight(5),
      [{ kind: 'torn' }, { kind: 'failed' }, { kind: 'foreign' }, { kind: 'act', id: 77 }],
      0,
    );
    const end = { head: makeBlock(head, [], 0), lib: 6 };
    const memory = createMemorySink();
    const server = await serve({ view: end });
    const statuses = await runIndexer({
      ...{ url: server.url, memory },
      until: (status) => status.committed === 6,
    });
    expect(statuses.at(-1)?.undecoded).toBe(1);
    const rows = rowsIn(memory, 'action').filter((row) => row['block_num'] === 6);
    expect(rows.map((row) => row['raw'])).toEqual(['\u0001\u0002\u0003', '']);
    expect(foundRows(memory)).toEqual(expectedRows(end.head, 6));
  });

  test('decodes by the ABI in force, also inside the block that sets it', async () => {
    const wide = shopAbi([{ name: 'extra', type: 'uint8$' }]);
    const changing = makeBlock(
      straight(5),
      [
        { kind: 'act', id: 50 },
        { kind: 'setabi', abi: wide },
        { kind: 'act', id: 51 },
      ],
      0,
    );
    const end = { head: makeBlock(changing, [{ kind: 'act', id: 52 }], 0), lib: 7 };
    const memory = createMemorySink();
    const server = await serve({ view: end });
    await runIndexer({ ...{ url: server.url, memory }, until: (status) => status.committed === 7 });
    expect(memory.specs.get('shop_act')?.columns.at(-1)).toEqual({ name: 'extra', type: 'Nullable(UInt8)' });
    expect(memory.committed.map((intent) => intent.first)).toContain(6);
    const sequences = rowsIn(memory, 'action')
      .filter((row) => row['contract'] === 'shop')
      .slice(-3);
    expect(sequences.map((row) => [row['abi_sequence'], row['raw']])).toEqual([
      [1, ''],
      [2, ''],
      [2, ''],
    ]);
  });
});

describe('a chain that forks', () => {
  test.each(Array.from({ length: 12 }, (_, i) => i + 1))(
    '%i blocks deep leaves no orphan row',
    async (depth) => {
      const trunk = straight(20);
      let left = trunk;
      let right: SimBlock = trunk;
      for (let i = 0; i < depth; i++) left = makeBlock(left, [{ kind: 'act', id: 100 + i }], 1);
      for (let i = 0; i <= depth; i++) right = makeBlock(right, [{ kind: 'act', id: 200 + i }], 2);
      const end = { head: makeBlock(right, [], 2), lib: right.blockNum - 1 };
      const server = await serve({
        view: { head: left, lib: 18 },
        script: [{ view: { head: right, lib: 18 } }, { view: end }],
      });
      const memory = createMemorySink();
      await reach(server, memory, end);
      expectStanding(memory, end);
    },
  );
});

describe('an endpoint that lies or breaks', () => {
  const head = straight(12);
  const sixth = branch(head)[5] as SimBlock;

  async function refusal(
    options: Partial<ShipServerOptions>,
    rest: { chainId?: string; startBlock?: number } = {},
  ): Promise<{ error: unknown; memory: Memory }> {
    const memory = createMemorySink();
    const server = await serve({ view: { head, lib: 10 }, ...options });
    const error: unknown = await runIndexer({ url: server.url, memory, ...rest }).then(
      () => 'ran',
      (reason: unknown) => reason,
    );
    return { error, memory };
  }

  /** Sends this instead of block 6. */
  const instead = (frame: (original: Uint8Array) => Uint8Array): Partial<ShipServerOptions> => ({
    tamper: (original, block) => (block.blockNum === 6 ? frame(original) : original),
  });

  test.each<[string, Partial<ShipServerOptions>, RegExp]>([
    ['a cut message', instead((frame) => frame.subarray(0, frame.length - 7)), /torn or foreign message/],
    [
      'cut traces',
      instead(() => blockFrame(head, sixth, sixth, { traces: (sixth.traces as Uint8Array).slice(0, -5) })),
      /traces of block 6/,
    ],
    ['an unknown kind of result', instead(() => Uint8Array.from([9, 0, 0])), /unknown case 9/],
    ['no traces', instead(() => blockFrame(head, sixth, sixth, { traces: null })), /no traces of block 6/],
    ['no block', instead(() => blockFrame(head, sixth, sixth, { block: null })), /no block 6/],
    [
      "an id that is not the block's",
      instead(() => blockFrame(head, sixth, { ...sixth, blockId: `00000006${'ab'.repeat(28)}` })),
      /its own bytes make it/,
    ],
    [
      "a link that is not the header's",
      instead(() =>
        blockFrame(head, sixth, {
          ...sixth,
          previous: { ...(sixth.previous as SimBlock), blockId: 'ee'.repeat(32) },
        }),
      ),
      /its own header/,
    ],
    [
      'a block of another branch for ever',
      instead(() => blockFrame(head, sixth, makeBlock(makeBlock(branch(head)[3] as SimBlock, [], 9), [], 9))),
      /does not link/,
    ],
    ['another protocol', { description: '{"hello":1}' }, /first frame/],
    ['no JSON', { description: 'hello' }, /first frame/],
  ])('with %s is refused and leaves whole batches only', async (_name, options, text) => {
    const { error, memory } = await refusal(options);
    expect(error).toBeInstanceOf(FatalError);
    expect(String(error)).toMatch(text);
    expect((error as FatalError).exitCode).toBe(1);
    expect(foundRows(memory)).toEqual(expectedRows(head, memory.cursor()?.blockNum ?? 0));
    expect(memory.cursor()?.blockNum ?? 0).toBeLessThan(6);
  });

  test('of another chain is refused before anything is opened', async () => {
    const { error, memory } = await refusal({ chain: 'ad'.repeat(32) }, { chainId });
    expect(String(error)).toContain(`expected ${chainId}`);
    expect(memory.specs.size).toBe(0);
  });

  test('that begins after the first block asked for is refused', async () => {
    const { error } = await refusal(
      { tamper: (frame, block) => (block.blockNum === 4 ? blockFrame(head, sixth, sixth) : frame) },
      { startBlock: 4 },
    );
    expect(String(error)).toMatch(/expected block 4 first/);
  });

  test('whose finality stands still is given up before memory is full, to be tried again', async () => {
    const memory = createMemorySink();
    const server = await serve({ view: { head: straight(60), lib: 3 } });
    const statuses = await runIndexer({
      url: server.url,
      memory,
      limits: { heldBytes: 5_000 },
      until: (status) => status.error !== null,
    });
    expect(statuses.at(-2)).toMatchObject({
      state: 'server-stuck',
      error: expect.stringContaining('finality has not moved') as string,
    });
    expect(new RetryableError('x').exitCode).toBe(75);
  });

  test('that is not there is tried again, and the status says so', async () => {
    const server = await serve({ view: { head, lib: 10 } });
    await server.close();
    const statuses = await runIndexer({
      url: server.url,
      memory: createMemorySink(),
      until: (status) => status.state === 'stalled',
    });
    expect(statuses[0]).toMatchObject({
      state: 'stalled',
      error: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  test('that goes below what is final is refused', async () => {
    const memory = createMemorySink();
    const end = { head, lib: 10 };
    await reach(await serve({ view: end }), memory, end);
    let fork = branch(head)[6] as SimBlock;
    for (let i = 0; i < 8; i++) fork = makeBlock(fork, [], 5);
    const other = await serve({ view: { head: fork, lib: 12 } });
    await expect(runIndexer({ url: other.url, memory })).rejects.toThrow('another history');
    expect(foundRows(memory)).toEqual(expectedRows(head, 10));
  });

  test('with a wrong address is refused', async () => {
    await expect(runIndexer({ url: 'nowhere', memory: createMemorySink() })).rejects.toThrow(
      'expected a ws:// or wss:// address',
    );
  });
});

/** A sink whose writes take so long, and the shop's tables longer. */
function slowed(memory: Memory, writeMs: number, ensureMs: number): Memory {
  const { sink } = memory;
  return {
    ...memory,
    sink: {
      ...sink,
      ensureTable: (spec) =>
        sleep(spec.name.startsWith('shop') ? ensureMs : 0).then(() => sink.ensureTable(spec)),
      commit: (batch) => sleep(writeMs).then(() => sink.commit(batch)),
      appendTail: (blockNum, rows) => sleep(writeMs).then(() => sink.appendTail(blockNum, rows)),
    },
  };
}

test('tails wait for the tables of an ABI that has just become final', async () => {
  const end = { head: straight(20), lib: 19 };
  const at = (num: number, lib: number): View => ({ head: branch(end.head)[num - 1] as SimBlock, lib });
  // The sink rests after the first tails; blocks that came meanwhile are due while the shop's tables are being made.
  const server = await serve({
    view: at(4, 1),
    script: [{ view: at(8, 1) }, { view: at(12, 2) }, { view: end }],
  });
  const memory = createMemorySink();
  await reach(server, slowed(memory, 10, 800), end);
  expectStanding(memory, end);
});

describe('an indexer that dies', () => {
  const end = { head: straight(30), lib: 27 };
  const crash = new Error('killed');

  async function undisturbed(): Promise<Memory> {
    const memory = createMemorySink();
    await reach(await serve({ view: end }), memory, end);
    return memory;
  }

  test.each<SinkAct>([
    'open',
    'ensure',
    'intent',
    'insert:block',
    'insert:action',
    'insert:abi',
    'insert:shop_act',
    'cursor',
    'append',
  ])('before or after %s, whichever time, ends with the tables of one that did not', async (act) => {
    const whole = await undisturbed();
    for (const times of [1, 2, 4]) {
      let left = times;
      const memory = createMemorySink({
        onStep: (_when, reached) => {
          if (reached === act && --left === 0) throw crash;
        },
      });
      const server = await serve({ view: end });
      const until = (status: IndexerStatus): boolean => status.committed === end.lib && memory.tail.has(30);
      // Batches differ in length from one life to the next, except for the one that must be repeated.
      for (let life = 0, done = false; !done; life++) {
        done = await runIndexer({
          url: server.url,
          memory,
          until,
          limits: { rows: 12 + 9 * life, blocks: 5 + life },
        }).then(
          () => true,
          (error: unknown) => {
            expect(error).toBe(crash);
            return false;
          },
        );
      }
      expect(memory.contents()).toEqual(whole.contents());
      expectStanding(memory, end);
    }
  });

  test('refuses to redo a batch with other tables than it was begun with', async () => {
    let left = 3;
    const memory = createMemorySink({
      onStep: (when, act) => {
        if (when === 'after' && act === 'intent' && --left === 0) throw crash;
      },
    });
    const server = await serve({ view: end });
    await expect(runIndexer({ url: server.url, memory })).rejects.toBe(crash);
    const { createIndexer } = await import('./indexer.ts');
    const other = createIndexer({
      ...{
        shipUrls: [server.url],
        watched: ['shop', 'other'],
        sink: memory.sink,
        signal: new AbortController().signal,
      },
      log: { info: () => undefined, warn: () => undefined },
    });
    await expect(other.run()).rejects.toThrow('watch list');
  });
});

test('the simulated server packs requests the way the protocol documents them', () => {
  expect(
    Buffer.from(
      encode(protocolTypes, 'request', ['get_blocks_ack_request_v0', { num_messages: 5 }]),
    ).toString('hex'),
  ).toBe('0205000000');
});
