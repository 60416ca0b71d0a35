import { createPrivateKey, privateKeyText } from '../chain/keys.ts';

const made = new Map<string, string>();

/**
 * The private key (PVT_K1_) of a demo account, derived from the seed: anyone who knows the seed can sign as anyone of
 * the demo region. For demonstration alone; the account `ano` of a demo chain has such a key too.
 */
export function demoKeys(seed: string, account: string): string {
  const id = `zakroma demo key ${seed} ${account}`;
  let key = made.get(id);
  if (key === undefined) made.set(id, (key = privateKeyText(createPrivateKey(id))));
  return key;
}
