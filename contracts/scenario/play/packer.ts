import { ABI } from '@wharfkit/antelope';
import { builtContract, CONTRACTS } from '../../built.ts';
import { createPrivateKey, parsePrivateKey } from '../../chain/keys.ts';
import { nativeAbi } from '../../chain/native-abi.ts';
import { tapos } from '../../chain/pack.ts';
import { signedPacked } from '../../chain/sign.ts';
import { developmentKey } from '../../chain/system.ts';
import { signersOf } from '../acts/step.ts';
import type { PlannedBlock } from './blocks.ts';
import { createKeyring } from './keyring.ts';

/** The transactions of one block, packed and signed; `nums` and times as planned. */
export type PackedBlock = {
  readonly num: number;
  readonly timeMs: number;
  readonly transactions: readonly Uint8Array[];
};

/** How long after its block's time a transaction would still be taken. */
const EXPIRES_MS = 60_000;

/** Packs and signs the blocks of a region with the demo keys of its seed. The same block gives the same bytes. */
export function createPacker({ chainId, seed }: { readonly chainId: string; readonly seed: string }) {
  const abis = new Map<string, ABI>(
    CONTRACTS.map((name) => [name, ABI.from(builtContract(name).abi as ABI.Def)]),
  );
  abis.set('eosio', nativeAbi);
  const ring = createKeyring(seed);
  const keys = new Map<string, Uint8Array>();
  const system = parsePrivateKey(developmentKey);
  const keyOf = (actor: string): Uint8Array => {
    if (actor === 'eosio') return system;
    const from = ring.seedOf(actor);
    let key = keys.get(from);
    if (key === undefined) keys.set(from, (key = createPrivateKey(from)));
    return key;
  };
  const abiOf = (account: string): ABI => {
    const abi = abis.get(account);
    if (abi === undefined) throw new Error(`one of eosio ${CONTRACTS.join(' ')} expected, came ${account}`);
    return abi;
  };
  return {
    /** Follows a block that the chain has already. */
    pass({ steps }: PlannedBlock): void {
      for (const step of steps) ring.done(step);
    },
    pack: ({ num, timeMs, steps }: PlannedBlock, reference: string): PackedBlock => ({
      num,
      timeMs,
      transactions: steps.map((step, at) => {
        // Two alike in one block differ by their expiration.
        const header = { expiration: timeMs + EXPIRES_MS + at * 1000, ...tapos(reference) };
        const keysOfAll = signersOf(step.actions).map(keyOf);
        ring.done(step);
        return signedPacked({ chainId, abiOf }, header, step.actions, keysOfAll);
      }),
    }),
  };
}
