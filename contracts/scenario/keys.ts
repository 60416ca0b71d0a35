import { createPrivateKey, privateKeyText } from '../chain/keys.ts';

const made = new Map<string, string>();

/** The text that a demo account's key is made from: anyone who knows a region's seed can sign as anyone in it. */
export const demoSeed = (seed: string, account: string): string => `zakroma demo key ${seed} ${account}`;

/** The private key (PVT_K1_) of a demo account. For demonstration alone; the account `ano` of a demo chain has such a key too. */
export function demoKeys(seed: string, account: string): string {
  const id = demoSeed(seed, account);
  let key = made.get(id);
  if (key === undefined) made.set(id, (key = privateKeyText(createPrivateKey(id))));
  return key;
}
