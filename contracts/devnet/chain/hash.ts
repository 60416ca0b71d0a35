import { hash } from 'node:crypto';

export const ZERO_HASH = Buffer.alloc(32);

/** sha256 of one run of bytes. By way of a string, since a Buffer made by OpenSSL's binding costs three times the hash itself. */
export const sha256 = (bytes: Uint8Array): Buffer => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');

/** sha256 over several runs of bytes. */
export const sha256Of = (...parts: readonly Uint8Array[]): Buffer => sha256(Buffer.concat(parts));

/** Antelope's canonical merkle root: left digests lose their top bit, right ones gain it, an odd one is doubled. */
export function merkleRoot(digests: readonly Uint8Array[]): Buffer {
  if (digests.length === 0) return ZERO_HASH;
  let level = [...digests];
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index] ?? ZERO_HASH;
      next.push(canonicalPair(left, level[index + 1] ?? left));
    }
    level = next;
  }
  return Buffer.from(level[0] ?? ZERO_HASH);
}

const pair = Buffer.alloc(64);

function canonicalPair(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left);
  pair.set(right, 32);
  pair[0] = (pair[0] ?? 0) & 0x7f;
  pair[32] = (pair[32] ?? 0) | 0x80;
  return sha256(pair);
}
