import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { ABI, Serializer } from '@wharfkit/antelope';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Writer } from '../bytes/writer.ts';
import { createDevnet } from '../devnet.ts';
import type { Devnet } from '../devnet.ts';
import { newAccount, send } from '../fixture/chain.ts';
import { serveShip } from './server.ts';
import type { Served } from './server.ts';

type Position = { block_num: number; block_id: string };
type Result = {
  head: Position;
  last_irreversible: Position;
  this_block: Position | null;
  prev_block: Position | null;
  block: string | null;
  traces: string | null;
  deltas: string | null;
};

const protocol = ABI.from(readFileSync(new URL('./protocol.abi.json', import.meta.url), 'utf8'));
const decode = (data: Uint8Array | string, type: string): unknown =>
  Serializer.objectify(Serializer.decode({ data, type, abi: protocol }));

type Asked = {
  start?: number;
  end?: number;
  credits?: number;
  have?: { num: number; id: string }[];
  irreversibleOnly?: boolean;
};
function blocksRequest({
  start = 1,
  end = 0xffff_ffff,
  credits = 1000,
  have = [],
  irreversibleOnly = false,
}: Asked): Buffer {
  const writer = new Writer().varuint(1).u32(start).u32(end).u32(credits).varuint(have.length);
  for (const { num, id } of have) writer.u32(num).raw(Buffer.from(id, 'hex'));
  return writer.bool(irreversibleOnly).bool(true).bool(true).bool(true).take();
}
const ack = (count: number): Buffer => new Writer().varuint(2).u32(count).take();

/** A client that keeps what comes and lets a test wait for the next result. */
async function connect(url: string) {
  const socket = new WebSocket(url);
  const results: Result[] = [];
  const waiting: (() => void)[] = [];
  let taken = 0;
  let greeting = '';
  socket.on('message', (data: Buffer, binary: boolean) => {
    if (!binary) greeting = data.toString('utf8');
    else results.push((decode(data, 'result') as [string, Result])[1]);
    for (const wake of waiting.splice(0)) wake();
  });
  await once(socket, 'message');
  return {
    greeting: () => greeting,
    send: (frame: Buffer) => {
      socket.send(frame);
    },
    async next(): Promise<Result> {
      while (results.length <= taken) await new Promise<void>((wake) => void waiting.push(wake));
      return results[taken++] as Result;
    },
    async take(count: number): Promise<Result[]> {
      const some: Result[] = [];
      while (some.length < count) some.push(await this.next());
      return some;
    },
    unread: () => results.length - taken,
    closed: once(socket, 'close'),
    close: () => {
      socket.terminate();
    },
  };
}

let devnet: Devnet;
let ship: Served;
let client: Awaited<ReturnType<typeof connect>>;

beforeEach(async () => {
  devnet = createDevnet();
  for (const name of ['alice', 'bob', 'carol']) {
    send(devnet, [newAccount(name)]);
    devnet.produceBlock();
  }
  ship = await serveShip(devnet, { port: 0 });
  client = await connect(ship.url);
});
afterEach(async () => {
  client.close();
  await ship.close();
  devnet.close();
});

const numbers = (results: readonly Result[]): (number | undefined)[] =>
  results.map((result) => result.this_block?.block_num);
const idOf = (num: number): string => devnet.blocks.id(num)?.toString('hex') ?? '';

/** Answers come in order: once the status has, no block is on its way. */
async function nothingMore(): Promise<void> {
  client.send(Buffer.from([0]));
  expect(await client.next()).toHaveProperty('chain_id');
  expect(client.unread()).toBe(0);
}

describe('the state-history stream', () => {
  test('greets with the protocol and tells its status', async () => {
    expect(JSON.parse(client.greeting())).toHaveProperty('version', 'eosio::abi/1.1');
    client.send(Buffer.from([0]));
    const status = (await client.next()) as unknown as Record<string, unknown>;
    expect(status).toMatchObject({
      chain_id: devnet.chainId,
      trace_begin_block: 2,
      trace_end_block: 5,
      chain_state_begin_block: 1,
    });
  });

  test('gives linked blocks whose parts decode by the protocol, traces from the second on', async () => {
    client.send(blocksRequest({}));
    const results = await client.take(4);
    expect(numbers(results)).toEqual([1, 2, 3, 4]);
    expect(results[0]).toMatchObject({ prev_block: null, traces: null });
    for (const [at, result] of results.entries()) {
      if (at > 0) expect(result.prev_block?.block_id).toBe(results[at - 1]?.this_block?.block_id);
      expect(decode(result.block ?? '', 'signed_block')).toHaveProperty('transactions');
      expect(decode(result.deltas ?? '', 'table_delta[]')).toBeInstanceOf(Array);
    }
    const traces = decode(results[1]?.traces ?? '', 'transaction_trace[]') as [
      string,
      { action_traces: [string, { act: { name: string } }][] },
    ][];
    expect(traces.map(([, { action_traces }]) => action_traces.map(([, { act }]) => act.name))).toEqual([
      ['onblock'],
      ['newaccount'],
    ]);
  });

  test('stops when credits are used up, goes on with acks, and at the end of the range', async () => {
    client.send(blocksRequest({ credits: 1, end: 4 }));
    expect(numbers(await client.take(1))).toEqual([1]);
    await nothingMore();
    client.send(ack(10));
    expect(numbers(await client.take(2))).toEqual([2, 3]);
    devnet.produceBlock();
    await nothingMore();
  });

  test('takes a new request in place of the old one, with its credits', async () => {
    client.send(blocksRequest({ credits: 2 }));
    await client.take(2);
    client.send(blocksRequest({ start: 2, credits: 1 }));
    expect(numbers(await client.take(1))).toEqual([2]);
    await nothingMore();
  });

  test('follows head, and only irreversible blocks where that is asked', async () => {
    client.send(blocksRequest({ start: 2, irreversibleOnly: true }));
    await nothingMore();
    devnet.produceBlock();
    expect(numbers(await client.take(1))).toEqual([2]);
    await nothingMore();
  });

  test('rewinds on a fork, and starts lower where a held position is of another branch', async () => {
    client.send(blocksRequest({ start: 4 }));
    const [orphan] = await client.take(1);
    devnet.forkAt(2);
    const replaced = [devnet.produceBlock(), devnet.produceBlock(), devnet.produceBlock()];
    const results = await client.take(3);
    expect(results.map((result) => result.this_block?.block_id)).toEqual(replaced.map(({ id }) => id));
    expect(results[0]?.prev_block?.block_id).toBe(idOf(2));
    client.send(
      blocksRequest({
        start: 5,
        have: [
          { num: 2, id: idOf(2) },
          { num: 3, id: idOf(3) },
          { num: 4, id: orphan?.this_block?.block_id ?? '' },
        ],
      }),
    );
    expect(numbers(await client.take(2))).toEqual([4, 5]);
  });

  test('closes on what is no request', async () => {
    client.send(Buffer.from([9, 9]));
    await client.closed;
  });
});
