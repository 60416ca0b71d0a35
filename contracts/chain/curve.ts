import { createRequire } from 'node:module';
import type * as Tiny from 'tiny-secp256k1';

/** secp256k1 as this project needs it: 32-byte digests and private keys, 33-byte compressed public keys. */
export type Curve = {
  readonly name: 'native' | 'wasm';
  isPrivate(key: Uint8Array): boolean;
  publicOf(privateKey: Uint8Array): Uint8Array;
  /** Compact r‖s with its recovery id; `entropy` (32 bytes) moves the deterministic nonce. */
  sign(
    digest: Uint8Array,
    privateKey: Uint8Array,
    entropy?: Uint8Array,
  ): { compact: Uint8Array; recovery: number };
  /** Throws or returns null where no key can have made the signature. */
  recover(digest: Uint8Array, compact: Uint8Array, recovery: number): Uint8Array | null;
};

type Native = {
  privateKeyVerify(key: Uint8Array): boolean;
  publicKeyCreate(key: Uint8Array, compressed: boolean): Uint8Array;
  ecdsaSign(
    digest: Uint8Array,
    key: Uint8Array,
    options?: { data?: Uint8Array },
  ): { signature: Uint8Array; recid: number };
  ecdsaRecover(signature: Uint8Array, recid: number, digest: Uint8Array, compressed: boolean): Uint8Array;
};

const require = createRequire(import.meta.url);

/** The compiled addon; throws where the platform has no prebuilt one. */
export function nativeCurve(): Curve {
  const addon = require('secp256k1/bindings') as Native;
  return {
    name: 'native',
    isPrivate: (key) => key.length === 32 && addon.privateKeyVerify(key),
    publicOf: (key) => addon.publicKeyCreate(key, true),
    sign: (digest, key, entropy) => {
      const made = addon.ecdsaSign(digest, key, entropy === undefined ? {} : { data: entropy });
      return { compact: made.signature, recovery: made.recid };
    },
    recover: (digest, compact, recovery) => addon.ecdsaRecover(compact, recovery, digest, true),
  };
}

/** The same in WebAssembly, about a quarter of the speed, for every platform. */
export function wasmCurve(): Curve {
  const tiny = require('tiny-secp256k1') as typeof Tiny;
  return {
    name: 'wasm',
    isPrivate: (key) => tiny.isPrivate(key),
    publicOf: (key) => {
      const point = tiny.pointFromScalar(key, true);
      if (point === null) throw new Error('expected a private key inside the curve order');
      return point;
    },
    sign: (digest, key, entropy) => {
      const made = tiny.signRecoverable(digest, key, entropy);
      return { compact: made.signature, recovery: made.recoveryId };
    },
    recover: (digest, compact, recovery) => tiny.recover(digest, compact, recovery as 0 | 1 | 2 | 3, true),
  };
}

/** Native where it loads, else WebAssembly. */
export function loadCurve(): Curve {
  try {
    return nativeCurve();
  } catch {
    return wasmCurve();
  }
}
