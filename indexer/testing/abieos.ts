import { createRequire } from 'node:module';

/** The part of @eosrio/node-abieos that tests use; its own types say `any`. */
export type Abieos = {
  loadAbi(contract: string, abi: object): boolean;
  binToJson(contract: string, type: string, bytes: Buffer): unknown;
};

const library = createRequire(import.meta.url)('@eosrio/node-abieos') as {
  Abieos: { getInstance(): Abieos };
};

export const abieos: Abieos = library.Abieos.getInstance();
