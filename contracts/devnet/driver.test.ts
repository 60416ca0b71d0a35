import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChainDriver } from '../chain/driver.ts';
import { ChainError } from '../chain/driver.ts';
import { builtContract } from '../built.ts';
import {
  allowInline,
  createAccount,
  deploy,
  developmentKey,
  newAccount,
  publicText,
} from '../chain/system.ts';
import { createDevnet } from './devnet.ts';
import type { Devnet } from './devnet.ts';
import { devnetDriver } from './driver.ts';

let devnet: Devnet;
let driver: ChainDriver;
beforeEach(() => {
  devnet = createDevnet();
  driver = devnetDriver(devnet, { owns: true });
});
afterEach(async () => {
  await driver.close();
});

const account = (name: string) =>
  driver.transact([newAccount(name, publicText(developmentKey))], [developmentKey]);

describe('the in-process driver', () => {
  test('puts what is sent together into one block, closed when all is in', async () => {
    const receipts = await Promise.all(['alice', 'bob', 'carol'].map(account));
    expect(new Set(receipts.map(({ blockNum }) => blockNum))).toEqual(new Set([2]));
    expect((await account('dave')).blockNum).toBe(3);
    expect(await driver.info()).toMatchObject({ headBlockNum: 3, chainId: devnet.chainId });
  });

  test('travels in time', async () => {
    await driver.travel?.(Date.UTC(2024, 4, 9, 10));
    expect((await account('alice')).blockTime).toBe('2024-05-09T10:00:00.000Z');
    expect((await driver.info()).headBlockTime).toBe('2024-05-09T10:00:00.000Z');
  });

  test("throws a refusal with the chain's own code and reason, and the chain goes on", async () => {
    await account('alice');
    const again = account('alice');
    await expect(again).rejects.toBeInstanceOf(ChainError);
    await expect(again).rejects.toMatchObject({ code: 3050001, exception: 'account_name_exists_exception' });
    expect((await account('bob')).blockNum).toBe(3);
  });

  test("runs a built contract and reads its rows by the contract's ABI", async () => {
    for (const name of ['ano', 'registry']) await createAccount(driver, name, publicText(developmentKey));
    await allowInline(driver, 'registry', developmentKey);
    await deploy(driver, 'registry', builtContract('registry'), developmentKey);
    const data = {
      oktmo: '02614000',
      parent: '',
      title: 'Лесной район',
      valid_from: '2000-01-01T00:00:00',
      valid_to: '1970-01-01T00:00:00',
      successor: '',
    };
    await driver.transact(
      [
        {
          account: 'registry',
          name: 'setterritory',
          authorization: [{ actor: 'ano', permission: 'active' }],
          data,
        },
      ],
      [developmentKey],
    );
    expect(await driver.rows({ code: 'registry', scope: 'registry', table: 'territories' })).toMatchObject([
      { oktmo: '02614000', title: 'Лесной район' },
    ]);
    await expect(driver.rows({ code: 'registry', scope: 'registry', table: 'nope' })).rejects.toThrow('nope');
  });
});
