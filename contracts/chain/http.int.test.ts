import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Serializer, Transaction } from '@wharfkit/antelope';
import { afterEach, expect, test } from 'vitest';
import { builtContract } from '../built.ts';
import { createDevnet } from '../devnet/devnet.ts';
import { serveChainApi } from '../devnet/http/server.ts';
import type { Action } from './driver.ts';
import { httpDriver } from './http.ts';
import { allowInline, deploy, developmentKey, newAccount, publicText } from './system.ts';

type Answer = { status?: number; body: unknown };
type Script = (body: Record<string, unknown>, call: number) => Answer;

let server: Server | undefined;
afterEach(async () => {
  const open = server;
  server = undefined;
  if (open === undefined) return;
  open.close();
  open.closeAllConnections();
  await once(open, 'close');
});

/** A node that answers by script: one function for each path, told which call of that path it is. */
async function scripted(scripts: Record<string, Script>): Promise<{ url: string; calls: string[] }> {
  const calls: string[] = [];
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/v1/chain/', '');
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const call = calls.filter((one) => one === path).length;
      calls.push(path);
      const { status = 200, body } = scripts[path]?.(JSON.parse(text) as Record<string, unknown>, call) ?? {
        status: 404,
        body: 'nothing here',
      };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, calls };
}

const info = (head: number): Answer => ({
  body: {
    chain_id: 'aa'.repeat(32),
    head_block_num: head,
    head_block_time: '2026-11-21T12:00:00.000',
    last_irreversible_block_num: 1,
    last_irreversible_block_id: '00000001'.padEnd(64, 'b'),
  },
});
const noAbi: Script = () => ({ body: { abi: '' } });
const refused = (code: number, name: string, ...messages: string[]): Answer => ({
  status: 500,
  body: {
    code: 500,
    message: 'Internal',
    error: { code, name, what: name, details: messages.map((message) => ({ message })) },
  },
});
const taken: Answer = {
  body: { transaction_id: '', processed: { block_num: 5, block_time: '2026-11-21T12:00:00.500' } },
};
const anna: Action = newAccount('anna', publicText(developmentKey));

/** The id that the node would compute for what it was sent. */
const idOf = (body: Record<string, unknown>): string =>
  String(Serializer.decode({ data: String(body['packed_trx']), type: Transaction }).id);

test('resolves with the block that holds the transaction, also when it is a later one than the node said', async () => {
  let id = '';
  const { url, calls } = await scripted({
    get_raw_abi: noAbi,
    get_info: (_, call) => info(4 + call),
    send_transaction: (body) => {
      id = idOf(body);
      return taken;
    },
    get_block: ({ block_num_or_id: number }) => ({
      body: {
        timestamp: `2026-11-21T12:00:0${String(number)}.000`,
        transactions: number === 7 ? [{ trx: 'ff'.repeat(32) }, { trx: { id } }] : [],
      },
    }),
  });
  const receipt = await httpDriver({ url }).transact([anna], [developmentKey]);
  expect(receipt).toEqual({ transactionId: id, blockNum: 7, blockTime: '2026-11-21T12:00:07.000Z' });
  expect(calls.filter((path) => path === 'get_block')).toHaveLength(3);
});

test('gives up when the transaction has expired outside all blocks', async () => {
  const { url } = await scripted({
    get_raw_abi: noAbi,
    get_info: () => info(9),
    send_transaction: () => taken,
    get_block: () => ({ body: { timestamp: '2026-11-21T13:00:00.000', transactions: [] } }),
  });
  await expect(httpDriver({ url }).transact([anna], [developmentKey])).rejects.toMatchObject({
    name: 'ChainError',
    code: 3040005,
    exception: 'expired_tx_exception',
  });
});

test('sends once more where the node ran out of time, and only once', async () => {
  const slow = refused(3080006, 'deadline_exception', 'deadline exceeded');
  const script = (answers: readonly Answer[]) => ({
    get_raw_abi: noAbi,
    get_info: () => info(9),
    send_transaction: (_: unknown, call: number) => answers[call] ?? taken,
  });
  const once = await scripted(script([slow]));
  expect(
    await httpDriver({ url: once.url, settle: 'accepted' }).transact([anna], [developmentKey]),
  ).toMatchObject({ blockNum: 5 });
  server?.close();
  server?.closeAllConnections();
  const twice = await scripted(script([slow, slow]));
  await expect(
    httpDriver({ url: twice.url, settle: 'accepted' }).transact([anna], [developmentKey]),
  ).rejects.toMatchObject({
    code: 3080006,
  });
  expect(twice.calls.filter((path) => path === 'send_transaction')).toHaveLength(2);
});

test("throws the node's own code, name and texts, without its console", async () => {
  const { url } = await scripted({
    get_raw_abi: noAbi,
    get_info: () => info(9),
    send_transaction: () =>
      refused(
        3050003,
        'eosio_assert_message_exception',
        'assertion failure with message: no',
        'pending console output: ',
      ),
  });
  await expect(httpDriver({ url }).transact([anna], [developmentKey])).rejects.toMatchObject({
    code: 3050003,
    exception: 'eosio_assert_message_exception',
    details: ['assertion failure with message: no'],
    message: 'assertion failure with message: no',
  });
});

test('says who was asked where no node answers, or something that is no node', async () => {
  const { url } = await scripted({});
  await expect(httpDriver({ url }).info()).rejects.toThrow(`a node's chain API expected at ${url}`);
  await expect(httpDriver({ url: 'http://127.0.0.1:1' }).info()).rejects.toMatchObject({
    name: 'ChainUnreachable',
  });
});

test('drives the embedded chain through its own HTTP: accounts, code, rows in pages', async () => {
  const devnet = createDevnet({ genesisTime: Date.now() });
  const api = await serveChainApi(devnet, { port: 0 });
  devnet.startLive();
  try {
    const driver = httpDriver({ url: api.url });
    const key = publicText(developmentKey);
    await driver.transact([newAccount('ano', key), newAccount('registry', key)], [developmentKey]);
    await allowInline(driver, 'registry', developmentKey);
    await deploy(driver, 'registry', builtContract('registry'), developmentKey);
    const places = ['02000000', '02614000', '02628000', '02701000'];
    await driver.transact(
      places.map((oktmo) => ({
        account: 'registry',
        name: 'setterritory',
        authorization: [{ actor: 'ano', permission: 'active' }],
        data: {
          oktmo,
          parent: '',
          title: oktmo,
          valid_from: '2000-01-01T00:00:00',
          valid_to: '1970-01-01T00:00:00',
          successor: '',
        },
      })),
      [developmentKey],
    );
    const query = { code: 'registry', scope: 'registry', table: 'territories' };
    const codes = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row['oktmo']);
    expect(codes(await driver.rows(query))).toEqual(places);
    expect(codes(await driver.rows({ ...query, limit: 2 }))).toEqual(places.slice(0, 2));
    expect(codes(await driver.rows({ ...query, lowerBound: '102614000', upperBound: '102628000' }))).toEqual(
      places.slice(1, 3),
    );
    await expect(driver.transact([newAccount('ano', key)], [developmentKey])).rejects.toMatchObject({
      code: 3050001,
    });
  } finally {
    devnet.stopLive();
    await api.close();
    devnet.close();
  }
});
