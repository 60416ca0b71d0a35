import { readFileSync } from 'node:fs';
import { ABI, Serializer } from '@wharfkit/antelope';
import { Writer } from '../bytes/writer.ts';
import { nameNumber } from '../bytes/name.ts';
import { ACTIVE, OWNER, permissionKey, SYSTEM } from '../state/state.ts';
import type { State } from '../state/state.ts';
import type { Authority } from './authority.ts';
import { blockId, packBlock, packHeader, slotOf } from './block.ts';
import { sha256Of, ZERO_HASH } from './hash.ts';
import { createAccount } from './native.ts';

export type Genesis = { readonly timeMs: number; readonly publicKey: Uint8Array; readonly seed: string };

/** nodeos' default limits, in the order of chain_config_v0. */
const LIMITS = {
  maxBlockNetUsage: 1_048_576n,
  rest: [1000, 524_288, 12, 500, 20, 100, 200_000, 1000, 150_000, 100, 3600, 600, 3_888_000, 524_288],
  depths: [4, 6],
} as const;

/**
 * The chain's id: sha256 of the packed genesis state, as nodeos computes it. A seed is appended to what is hashed, so
 * that two regions that start at the same time have different ids.
 */
export function chainIdOf({ timeMs, publicKey, seed }: Genesis): Buffer {
  const writer = new Writer(128)
    .i64(BigInt(timeMs) * 1000n)
    .u8(0)
    .raw(publicKey)
    .u64(LIMITS.maxBlockNetUsage);
  for (const limit of LIMITS.rest) writer.u32(limit);
  for (const depth of LIMITS.depths) writer.u16(depth);
  return sha256Of(writer.view(), Buffer.from(seed));
}

/** Block 1: it holds nothing and carries the chain's id in place of an action root. */
export function genesisBlock(genesis: Genesis): { id: Buffer; block: Buffer; slot: number } {
  const slot = slotOf(genesis.timeMs);
  const header = packHeader({
    slot,
    producer: 0n,
    confirmed: 1,
    previous: ZERO_HASH,
    transactionRoot: ZERO_HASH,
    actionRoot: chainIdOf(genesis),
  });
  return { id: blockId(header, 1), block: packBlock(header, Buffer.alloc(65), []), slot };
}

/** The ABI that nodeos gives to `eosio` at genesis: the native actions and the structures of blocks. */
const systemAbi = (): Uint8Array => {
  const text = readFileSync(new URL('./system.abi.json', import.meta.url), 'utf8');
  // Version 1.0 has no action_results: nodeos' bytes end before that list.
  return Serializer.encode({ object: ABI.from(text) }).array.slice(0, -1);
};

const NOBODY: Authority = { threshold: 1, keys: [], accounts: [], waits: [] };

/** The accounts that a chain starts with: `eosio` with the key of genesis, and the two that nobody can sign for. */
export function seedState(state: State, { timeMs, publicKey }: Genesis): void {
  const open: Authority = { threshold: 1, keys: [{ key: publicKey, weight: 1 }], accounts: [], waits: [] };
  const producers: Authority = {
    threshold: 1,
    keys: [],
    accounts: [{ level: { actor: SYSTEM, permission: ACTIVE }, weight: 1 }],
    waits: [],
  };
  const accounts: [bigint, Authority, Authority][] = [
    [SYSTEM, open, open],
    [nameNumber('eosio.null'), NOBODY, NOBODY],
    [nameNumber('eosio.prods'), NOBODY, producers],
  ];
  for (const [name, owner, active] of accounts) {
    createAccount(state, timeMs, name);
    state.permissions.set(permissionKey(name, OWNER), {
      owner: name,
      name: OWNER,
      parent: 0n,
      updated: timeMs,
      authority: owner,
    });
    state.permissions.set(permissionKey(name, ACTIVE), {
      owner: name,
      name: ACTIVE,
      parent: OWNER,
      updated: timeMs,
      authority: active,
    });
  }
  state.accounts.set(SYSTEM, { created: timeMs, abi: systemAbi() });
  state.metadata.set(SYSTEM, { privileged: true, codeHash: '', updated: 0 });
}
