import type { SignedTransactionFields, Transaction } from '@wharfkit/antelope';
import {
  ABI,
  APIClient,
  CompressionType,
  FetchProvider,
  PackedTransaction,
  Serializer,
  SignedTransaction,
} from '@wharfkit/antelope';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpDriver } from '../../chain/http.ts';
import { ChainError } from '../../chain/driver.ts';
import { createPrivateKey, privateKeyText } from '../../chain/keys.ts';
import { createDevnet, DEVELOPMENT_KEY } from '../devnet.ts';
import type { Devnet } from '../devnet.ts';
import { act, goAbi, newAccount, PUBLIC, send, setCode, signed } from '../fixture/chain.ts';
import { storing } from '../fixture/module.ts';
import { nameNumber } from '../bytes/name.ts';
import type { Served } from '../ship/server.ts';
import { serveChainApi } from './server.ts';

let devnet: Devnet;
let served: Served;
let client: APIClient;

beforeEach(async () => {
  devnet = createDevnet();
  send(devnet, [newAccount('maker'), newAccount('alice')]);
  const abi = Serializer.encode({ object: ABI.from(goAbi) }).hexString;
  const code = storing(nameNumber('alice'), nameNumber('rows'), true);
  send(devnet, [act('eosio', 'setabi', 'maker', { account: 'maker', abi }), setCode('maker', code)]);
  devnet.produceBlock();
  served = await serveChainApi(devnet, { port: 0 });
  client = new APIClient({ provider: new FetchProvider(served.url) });
});
afterEach(async () => {
  await served.close();
  devnet.close();
});

const objectOf = (transaction: Transaction) => Serializer.objectify(transaction) as SignedTransactionFields;
const go = act('maker', 'go', 'alice', {});
const asPacked = (bytes: Uint8Array) => Serializer.decode({ data: bytes, type: PackedTransaction });
const post = (path: string, body: string) =>
  fetch(`${served.url}/v1/chain/${path}`, { method: 'POST', body });

describe("another implementation's client, unchanged", () => {
  test('reads the chain, its blocks and accounts', async () => {
    const info = await client.v1.chain.get_info();
    expect([String(info.chain_id), Number(info.head_block_num)]).toEqual([devnet.chainId, 2]);
    const block = await client.v1.chain.get_block(2);
    expect([String(block.id), block.transactions.length]).toEqual([devnet.info().headId, 2]);
    expect(Number((await client.v1.chain.get_block(block.id)).block_num)).toBe(2);
    const account = await client.v1.chain.get_account('alice');
    expect(account.permissions.map(({ perm_name }) => String(perm_name))).toEqual(['active', 'owner']);
    expect(Number(account.ram_usage)).toBe(2724);
    expect((await client.v1.chain.get_abi('maker')).abi?.actions.map(({ name }) => String(name))).toEqual([
      'go',
    ]);
    const raw = await client.v1.chain.get_raw_abi('maker');
    expect(ABI.from(raw.abi).actions.map(({ name }) => String(name))).toEqual(['go']);
    expect((await client.v1.chain.get_code('maker')).code_hash.hexString).not.toMatch(/^0+$/);
  });

  test('sends transactions by each way, compressed or not, and reads the rows', async () => {
    const sent = await client.v1.chain.send_transaction(asPacked(signed(devnet, [go])));
    expect(sent.processed['block_num']).toBe(3);
    expect(sent.processed['action_traces']).toHaveLength(2);
    const rows = await client.v1.chain.get_table_rows({
      code: 'maker',
      scope: 'alice',
      table: 'rows',
      json: true,
      show_payer: true,
    });
    expect(rows.rows).toEqual([{ id: 'n'.charCodeAt(0) }]);
    expect(rows.more).toBe(false);
    const plain = asPacked(signed(devnet, [newAccount('bob')]));
    const whole = SignedTransaction.from({
      ...objectOf(plain.getTransaction()),
      signatures: plain.signatures,
    });
    const compressed = PackedTransaction.fromSigned(whole, CompressionType.zlib);
    expect(compressed.packed_trx.array[0]).toBe(0x78);
    await client.v1.chain.push_transaction(compressed);
    await client.v1.chain.send_transaction2(asPacked(signed(devnet, [newAccount('carol')])));
    expect(String((await client.v1.chain.get_account('carol')).account_name)).toBe('carol');
  });

  test('gets refusals in the shape it knows', async () => {
    await client.v1.chain.send_transaction(asPacked(signed(devnet, [go])));
    const again = client.v1.chain.send_transaction(asPacked(signed(devnet, [go], { expires: 70 })));
    await expect(again).rejects.toMatchObject({ error: { name: 'std_exception' } });
    await expect(client.v1.chain.get_account('nobody')).rejects.toMatchObject({ error: { code: 3060002 } });
    await expect(client.v1.chain.get_block(999)).rejects.toMatchObject({ error: { code: 3100002 } });
    await expect(
      client.v1.chain.get_table_rows({ code: 'maker', scope: 'x', table: 'nope' }),
    ).rejects.toMatchObject({ error: { code: 3060003 } });
  });
});

test('the HTTP driver acts on it as on a real node', async () => {
  const driver = httpDriver({ url: served.url });
  const receipt = await driver.transact([go], [DEVELOPMENT_KEY]);
  expect(receipt.blockNum).toBe(3);
  expect(await driver.rows({ code: 'maker', scope: 'alice', table: 'rows' })).toEqual([
    { id: 'n'.charCodeAt(0) },
  ]);
  const stranger = privateKeyText(createPrivateKey('a stranger'));
  const refused = driver.transact([go], [stranger]);
  await expect(refused).rejects.toBeInstanceOf(ChainError);
  await expect(refused).rejects.toMatchObject({ code: 3090003 });
});

describe('the door', () => {
  test('answers malformed input with 4xx and says no more than nodeos', async () => {
    for (const [path, body] of [
      ['get_block', '{'],
      ['get_block', '[]'],
      ['get_account', '{"account_name":"Bad Name!"}'],
      ['send_transaction', '[]'],
      ['get_table_rows', '{"code":"maker","scope":"alice","table":"rows","limit":-1}'],
      ['get_required_keys', '{"transaction":{"actions":[{"authorization":[null]}]},"available_keys":[]}'],
    ] as const) {
      const response = await post(path, body);
      expect([path, body, response.status]).toEqual([path, body, 400]);
      expect(await response.json()).toMatchObject({ code: 400, error: { code: 3200006 } });
    }
    expect((await post('nope', '{}')).status).toBe(404);
    expect((await post('get_block', 'x'.repeat(3 * 1024 * 1024))).status).toBe(413);
  });

  test('refuses by its own rule what it does not run: delayed transactions', async () => {
    const plain = asPacked(signed(devnet, [go]));
    const delayed = { ...objectOf(plain.getTransaction()), delay_sec: 5 };
    const transaction = SignedTransaction.from({ ...delayed, signatures: plain.signatures });
    const sent = client.v1.chain.send_transaction(PackedTransaction.fromSigned(transaction));
    await expect(sent).rejects.toMatchObject({ error: { code: 3040000 } });
  });

  test('lets pages of this machine in, and no others', async () => {
    const allowed = async (origin: string) =>
      (await fetch(`${served.url}/v1/chain/get_info`, { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed('http://localhost:4870')).toBe('http://localhost:4870');
    expect(await allowed('https://localhost.example.org')).toBeNull();
  });

  test('names the keys that a transaction needs', async () => {
    const body = {
      transaction: { actions: [go] },
      available_keys: [PUBLIC, 'EOS7UDueNBTqVFZSrs4R9PKdfavFwfkMx2zfeTBXSVTwDdyVZsDmo'],
    };
    expect(await (await post('get_required_keys', JSON.stringify(body))).json()).toEqual({
      required_keys: [PUBLIC],
    });
  });
});
