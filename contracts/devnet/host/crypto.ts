import { createHash } from 'node:crypto';
import { recoverKey } from '../../chain/keys.ts';
import { ChainFault, ensure } from '../chain/fault.ts';
import type { HostFunctions } from '../wasm/program.ts';
import type { Frame } from './frame.ts';

const SIZES = { sha1: 20, sha256: 32, sha512: 64, ripemd160: 20 } as const;

/** Hashes, their assertions, and key recovery. */
export function cryptoFunctions(frame: Frame): HostFunctions {
  const functions: Record<string, unknown> = {};
  for (const [name, size] of Object.entries(SIZES)) {
    const digest = (at: number, length: number): Buffer =>
      createHash(name).update(frame.slice(at, length)).digest();
    functions[name] = (at: number, length: number, to: number): void => {
      frame.slice(to, size).set(digest(at, length));
    };
    functions[`assert_${name}`] = (at: number, length: number, expected: number): void => {
      ensure(digest(at, length).equals(frame.slice(expected, size)), 'std_exception', () => 'hash mismatch');
    };
  }
  const recover = (digest: number, signature: number, size: number): Buffer => {
    const packed = frame.slice(signature, size);
    ensure(packed[0] === 0, 'std_exception', () => 'Expected a K1 signature');
    return Buffer.concat([Buffer.alloc(1), recoverKey(frame.slice(digest, 32), packed.subarray(1, 66))]);
  };
  functions['recover_key'] = (
    digest: number,
    signature: number,
    size: number,
    key: number,
    room: number,
  ): number => {
    const found = recover(digest, signature, size);
    frame.slice(key, Math.min(room, found.length)).set(found.subarray(0, room));
    return found.length;
  };
  functions['assert_recover_key'] = (
    digest: number,
    signature: number,
    size: number,
    key: number,
    length: number,
  ): void => {
    if (!recover(digest, signature, size).equals(frame.slice(key, length))) {
      throw new ChainFault('std_exception', 'Error expected key different than recovered key');
    }
  };
  return functions as unknown as HostFunctions;
}
