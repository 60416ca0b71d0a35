import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The contracts of the project; each has a folder of its own name beside this file. */
export const CONTRACTS = ['registry', 'council', 'funds', 'market'] as const;
export type ContractName = (typeof CONTRACTS)[number];

export type BuiltContract = {
  readonly wasm: Uint8Array;
  /** The ABI as JSON, as nodeos takes it. */
  readonly abi: unknown;
  /** Of the wasm, lower-case hex: the code hash that a chain shows. */
  readonly sha256: string;
};

/** The committed code and ABI of a contract, ready to deploy. Throws when the files are missing. */
export function builtContract(name: ContractName): BuiltContract {
  const wasm = new Uint8Array(readFileSync(new URL(`./build/${name}.wasm`, import.meta.url)));
  const abi: unknown = JSON.parse(readFileSync(new URL(`./build/${name}.abi`, import.meta.url), 'utf8'));
  return { wasm, abi, sha256: createHash('sha256').update(wasm).digest('hex') };
}
