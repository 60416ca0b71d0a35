import type { ChainDriver, Receipt } from '../chain/driver.ts';
import { allowInline, createAccount, deploy, developmentKey, publicText } from '../chain/system.ts';
import { CONTRACTS, builtContract } from '../built.ts';
import { openChain } from './open.ts';
import { type Traced, tracedActions } from './ship-logs.ts';
import { ACCOUNTS, type World, worldOf } from './world.ts';

/** A chain of a spec file's own, with the contracts deployed and the accounts made. */
export type SpecChain = {
  readonly world: World;
  /** A real node answers slower: properties run fewer times there. */
  readonly fast: boolean;
  /** Every action that a transaction executed, inline logs too, in order. */
  readonly executed: (receipt: Receipt) => Promise<Traced[]>;
  readonly close: () => Promise<void>;
};

/**
 * Opens the chain that ZAKROMA_SPEC_CHAIN names: `devnet` (default, in this process), `nodeos` (a fresh node), `twin` (a fresh
 * node that the embedded chain is held to when the spec closes), or a fresh
 * chain by the URLs of its HTTP API and state history, `http://…,ws://…`, whose `eosio` has the development key;
 * such a chain serves one spec file.
 */
export async function openSpecChain(): Promise<SpecChain> {
  const { driver, shipUrl, close } = await openChain(process.env['ZAKROMA_SPEC_CHAIN'] ?? 'devnet');
  try {
    await prepare(driver);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    world: worldOf(driver, [developmentKey]),
    fast: driver.kind === 'devnet',
    executed: (receipt) => tracedActions(shipUrl, receipt),
    close,
  };
}

/** Makes the accounts and deploys the contracts on a fresh chain. */
export async function prepare(driver: ChainDriver): Promise<void> {
  for (const account of ACCOUNTS) await createAccount(driver, account, publicText(developmentKey));
  for (const contract of CONTRACTS) {
    await allowInline(driver, contract, developmentKey);
    await deploy(driver, contract, builtContract(contract), developmentKey);
  }
}
