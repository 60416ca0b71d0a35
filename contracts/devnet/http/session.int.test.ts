import { APIClient, FetchProvider } from '@wharfkit/antelope';
import { Session } from '@wharfkit/session';
import { WalletPluginPrivateKey } from '@wharfkit/wallet-plugin-privatekey';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { builtContract } from '../../built.ts';
import { allowInline, createAccount, deploy, developmentKey, publicText } from '../../chain/system.ts';
import { REGION, territoryOf } from '../../spec/world.ts';
import type { Devnet } from '../devnet.ts';
import { createDevnet } from '../devnet.ts';
import { devnetDriver } from '../driver.ts';
import type { Served } from '../ship/server.ts';
import { serveChainApi } from './server.ts';

let devnet: Devnet;
let served: Served;

beforeEach(async () => {
  devnet = createDevnet();
  const driver = devnetDriver(devnet);
  for (const name of ['ano', 'registry', 'anna'])
    await createAccount(driver, name, publicText(developmentKey));
  await allowInline(driver, 'registry', developmentKey);
  await deploy(driver, 'registry', builtContract('registry'), developmentKey);
  served = await serveChainApi(devnet, { port: 0 });
});
afterEach(async () => {
  await served.close();
  devnet.close();
});

const sessionOf = (actor: string): Session =>
  new Session({
    actor,
    permission: 'active',
    chain: { id: devnet.chainId, url: served.url },
    walletPlugin: new WalletPluginPrivateKey(developmentKey),
  });

const territory = (authorization: readonly unknown[]) => ({
  account: 'registry',
  name: 'setterritory',
  authorization,
  data: territoryOf(REGION),
});

test("a wallet's session acts by the ABI that it reads here, and its act is on the chain", async () => {
  const session = sessionOf('ano');
  const result = await session.transact({ action: territory([session.permissionLevel]) as never });
  const response = result.response as { transaction_id: string; processed: { block_num: number } };
  expect(response.transaction_id).toBe(String(result.resolved?.transaction.id));

  const { chain } = new APIClient({ provider: new FetchProvider(served.url) }).v1;
  const block = await chain.get_block(response.processed.block_num);
  expect(block.transactions.map(({ trx }) => String(trx.id))).toEqual([response.transaction_id]);
  const { rows } = await chain.get_table_rows({
    ...{ code: 'registry', scope: 'registry', table: 'territories', json: true },
  });
  expect(rows).toMatchObject([territoryOf(REGION)]);
});

test("a refusal reaches the session's user in the contract's words", async () => {
  const session = sessionOf('anna');
  const act = session.transact({ action: territory([session.permissionLevel]) as never });
  await expect(act).rejects.toThrow('missing authority of ano');
});
