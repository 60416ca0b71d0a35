import { createHash } from 'node:crypto';
import type { Action, ChainDriver, Permission, Receipt } from '../chain/driver.ts';

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const as = (...actors: string[]): Permission[] => actors.map((actor) => ({ actor, permission: 'active' }));

export type Data = Record<string, unknown>;

/** The specs' way to act: one action a transaction, signed by the named actors. */
export type World = {
  readonly driver: ChainDriver;
  readonly act: (contract: string, name: string, signers: readonly string[], data: Data) => Promise<Receipt>;
  /** The first row with this primary key, if any. */
  readonly row: (code: string, scope: string, table: string, key: string) => Promise<Data | undefined>;
};

export function worldOf(driver: ChainDriver, keys: readonly string[]): World {
  return {
    driver,
    act(contract, name, signers, data) {
      const action: Action = { account: contract, name, authorization: as(...signers), data };
      return driver.transact([action], keys);
    },
    async row(code, scope, table, key) {
      const rows = await driver.rows({ code, scope, table, lowerBound: key, upperBound: key, limit: 1 });
      return rows[0];
    },
  };
}
