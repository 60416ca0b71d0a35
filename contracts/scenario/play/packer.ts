import { ABI } from '@wharfkit/antelope';
import { builtContract, CONTRACTS } from '../../built.ts';
import { createPrivateKey, parsePrivateKey } from '../../chain/keys.ts';
import { nativeAbi } from '../../chain/native-abi.ts';
import { tapos } from '../../chain/pack.ts';
import { signedPacked } from '../../chain/sign.ts';
import { developmentKey } from '../../chain/system.ts';
import { signersOf } from '../acts/step.ts';
import { demoSeed } from '../keys.ts';
import type { PlannedBlock } from './blocks.ts';

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
  const keys = new Map([['eosio', parsePrivateKey(developmentKey)]]);
  const keyOf = (actor: string): Uint8Array => {
    let key = keys.get(actor);
    if (key === undefined) keys.set(actor, (key = createPrivateKey(demoSeed(seed, actor))));
    return key;
  };
  const abiOf = (account: string): ABI => {
    const abi = abis.get(account);
    if (abi === undefined) throw new Error(`one of eosio ${CONTRACTS.join(' ')} expected, came ${account}`);
    return abi;
  };
  return ({ num, timeMs, steps }: PlannedBlock, reference: string): PackedBlock => ({
    num,
    timeMs,
    transactions: steps.map(({ actions }, at) => {
      // Two alike in one block differ by their expiration.
      const header = { expiration: timeMs + EXPIRES_MS + at * 1000, ...tapos(reference) };
      return signedPacked({ chainId, abiOf }, header, actions, signersOf(actions).map(keyOf));
    }),
  });
}
