import type { ABI } from '@wharfkit/antelope';
import type { Action } from './driver.ts';
import { signDigest } from './keys.ts';
import { packTransaction, signingDigest } from './pack.ts';
import type { TransactionHeader } from './pack.ts';

/** What a signature is for: the chain, and the ABI of every account that a transaction calls. */
export type SigningContext = {
  /** 64 hexadecimal digits. */
  readonly chainId: string;
  readonly abiOf: (account: string) => ABI;
};

/**
 * A packed_transaction ready for the embedded chain (`pushPacked`, or `makeBlock` for a whole block): packed, signed with
 * the given private keys (32 bytes each, see `parsePrivateKey`), signatures as bytes. It does no I/O and keeps no state, so it runs in
 * any thread; the bytes depend on nothing but the arguments.
 *
 * One plan is one chain only where the header depends on the plan alone, not on how far the chain has come meanwhile.
 * A planner that knows which block a transaction is for takes
 * - `tapos` of the block numbered `referenceBlock(number of that block)`, which the chain has made long before;
 * - `expiration` = that block's time + 60 s + a second for each earlier transaction of the block, so that two equal
 *   transactions of one block have different ids (the chain takes at most an hour).
 */
export function signedPacked(
  { chainId, abiOf }: SigningContext,
  header: TransactionHeader,
  actions: readonly Action[],
  keys: readonly Uint8Array[],
): Uint8Array {
  const packed = packTransaction(header, actions, abiOf);
  const digest = signingDigest(chainId, packed);
  return withSignatures(
    packed,
    keys.map((key) => signDigest(digest, key)),
  );
}

/** Every so many blocks there is one that later transactions refer to. */
export const REFERENCE_STEP = 8192;

/**
 * Number of the block that transactions of block `num` refer to: the chain's first, or a multiple of 8192 that lies
 * 8192 to 16,383 blocks back. A signer may so be 8192 blocks ahead of the chain, and the chain, which knows the last
 * 65,536 blocks, still knows it.
 */
export const referenceBlock = (num: number): number =>
  Math.max(1, (Math.floor(num / REFERENCE_STEP) - 1) * REFERENCE_STEP);

/** A packed_transaction of transaction bytes and signatures (65 bytes each), without compression or context-free data. */
export function withSignatures(packed: Uint8Array, signatures: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(signatures.length)];
  for (const signature of signatures) parts.push(K1, signature);
  parts.push(NO_COMPRESSION, Uint8Array.from(varuint(packed.length)), packed);
  return Buffer.concat(parts);
}

const K1 = Uint8Array.of(0);
/** Compression none, and an empty list of context-free data. */
const NO_COMPRESSION = Uint8Array.of(0, 0);

function varuint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}
