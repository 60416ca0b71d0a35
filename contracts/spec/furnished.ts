import { afterAll, beforeAll } from 'vitest';
import type { Receipt } from '../chain/driver.ts';
import { type SpecChain, openSpecChain } from './chain.ts';
import type { Data, World } from './world-act.ts';
import { furnish } from './world.ts';

/** A furnished chain for the tests of one file; its parts are there once the tests run. */
export type Furnished = {
  readonly chain: SpecChain;
  readonly world: World;
  /** One action of a contract, signed by these. */
  readonly send: (action: string, signers: string | readonly string[], data: Data) => Promise<Receipt>;
  /** A row of the contract's tables; scope is the contract's unless said. */
  readonly rowOf: (table: string, key: string | number, scope?: string) => Promise<Data | undefined>;
};

/** Opens a chain with the small network before the file's tests and closes it after them. */
export function furnished(contract: string): Furnished {
  let opened: SpecChain | undefined;
  beforeAll(async () => {
    opened = await openSpecChain();
    await furnish(opened.world);
  }, 120_000);
  afterAll(() => opened?.close());
  const chain = (): SpecChain => {
    if (opened === undefined)
      throw new Error('the chain is opened before the tests, not while they are listed');
    return opened;
  };
  return {
    get chain() {
      return chain();
    },
    get world() {
      return chain().world;
    },
    send: (action, signers, data) =>
      chain().world.act(contract, action, typeof signers === 'string' ? [signers] : signers, data),
    rowOf: (table, key, scope = contract) => chain().world.row(contract, scope, table, String(key)),
  };
}
