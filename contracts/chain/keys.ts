import { createHash, randomBytes } from 'node:crypto';
import { decodeBase58, encodeBase58 } from './base58.ts';
import { loadCurve } from './curve.ts';
import type { Curve } from './curve.ts';

/**
 * Antelope's K1 keys: raw bytes (private 32, public 33 compressed, signature 65 = 31 + recovery id, r, s) and their
 * text forms. The one door to secp256k1 for the whole project.
 */
const curve: Curve = loadCurve();

const ripemd160 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('ripemd160');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function withChecksum(prefix: string, raw: Uint8Array, suffix: string): string {
  const sum = ripemd160(raw, Buffer.from(suffix)).subarray(0, 4);
  return prefix + encodeBase58(Buffer.concat([raw, sum]));
}

function fromChecksum(body: string, suffix: string, length: number, what: string): Uint8Array {
  const bytes = decodeBase58(body);
  if (bytes.length !== length + 4)
    throw new Error(`expected ${what} of ${String(length)} bytes, got ${String(bytes.length - 4)}`);
  const raw = bytes.subarray(0, length);
  const sum = ripemd160(raw, Buffer.from(suffix)).subarray(0, 4);
  if (!sum.equals(bytes.subarray(length))) throw new Error(`expected ${what}, got one with a wrong checksum`);
  return raw;
}

/** Private key bytes from WIF or PVT_K1_ text. Errors never repeat the key. */
export function parsePrivateKey(text: string): Uint8Array {
  const key = text.startsWith('PVT_K1_')
    ? fromChecksum(text.slice(7), 'K1', 32, 'a private key')
    : fromWif(text);
  if (!curve.isPrivate(key)) throw new Error('expected a private key inside the curve order');
  return key;
}

function fromWif(text: string): Uint8Array {
  const bytes = decodeBase58(text);
  if (bytes.length !== 37 || bytes[0] !== 0x80)
    throw new Error('expected a private key in WIF or PVT_K1_ form');
  const sum = sha256(sha256(bytes.subarray(0, 33))).subarray(0, 4);
  if (!sum.equals(bytes.subarray(33)))
    throw new Error('expected a private key, got one with a wrong checksum');
  return bytes.slice(1, 33);
}

export const privateKeyText = (key: Uint8Array): string => withChecksum('PVT_K1_', key, 'K1');

/** A fresh private key from the system's randomness, or the one that a seed text determines. */
export function createPrivateKey(seed?: string): Uint8Array {
  let key: Uint8Array = seed === undefined ? randomBytes(32) : sha256(Buffer.from(seed));
  while (!curve.isPrivate(key)) key = sha256(key);
  return new Uint8Array(key);
}

export const publicKeyOf = (privateKey: Uint8Array): Uint8Array => curve.publicOf(privateKey);
export const publicKeyText = (key: Uint8Array): string => withChecksum('PUB_K1_', key, 'K1');
export const legacyPublicKeyText = (key: Uint8Array): string => withChecksum('EOS', key, '');

/** Public key bytes from PUB_K1_ or EOS text. */
export function parsePublicKey(text: string): Uint8Array {
  if (text.startsWith('PUB_K1_')) return fromChecksum(text.slice(7), 'K1', 33, 'a public key');
  if (text.startsWith('EOS')) return fromChecksum(text.slice(3), '', 33, 'a public key');
  throw new Error(`expected a public key starting with PUB_K1_ or EOS, got "${text.slice(0, 8)}…"`);
}

export const signatureText = (signature: Uint8Array): string => withChecksum('SIG_K1_', signature, 'K1');

/** Signature bytes from SIG_K1_ text. */
export function parseSignature(text: string): Uint8Array {
  if (!text.startsWith('SIG_K1_'))
    throw new Error(`expected a signature starting with SIG_K1_, got "${text.slice(0, 8)}…"`);
  return fromChecksum(text.slice(7), 'K1', 65, 'a signature');
}

/** Antelope's rule: neither r nor s has its top bit set or a needless leading zero. */
export function isCanonical(compact: Uint8Array): boolean {
  const half = (at: number): boolean => {
    const first = compact[at] ?? 0;
    return first < 0x80 && !(first === 0 && (compact[at + 1] ?? 0) < 0x80);
  };
  return half(0) && half(32);
}

/** Signs a 32-byte digest canonically and deterministically. */
export function signDigest(digest: Uint8Array, privateKey: Uint8Array): Uint8Array {
  for (let attempt = 0; ; attempt++) {
    const entropy = attempt === 0 ? undefined : new Uint8Array(32).fill(attempt);
    const { compact, recovery } = curve.sign(digest, privateKey, entropy);
    if (!isCanonical(compact)) continue;
    const signature = new Uint8Array(65);
    signature[0] = 31 + recovery;
    signature.set(compact, 1);
    return signature;
  }
}

/** Public key that made the signature over the digest; throws where none could have. */
export function recoverKey(digest: Uint8Array, signature: Uint8Array): Uint8Array {
  const recovery = (signature[0] ?? 0) - 31;
  if (signature.length !== 65 || recovery < 0 || recovery > 3)
    throw new Error('expected a K1 signature of 65 bytes with a compressed key');
  const key = curve.recover(digest, signature.subarray(1), recovery);
  if (key === null) throw new Error('unable to reconstruct public key from signature');
  return key;
}
