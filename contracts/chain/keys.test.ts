import { createHash } from 'node:crypto';
import { PrivateKey, PublicKey, Signature } from '@wharfkit/antelope';
import { describe, expect, test } from 'vitest';
import { nativeCurve, wasmCurve } from './curve.ts';
import {
  createPrivateKey,
  isCanonical,
  legacyPublicKeyText,
  parsePrivateKey,
  parsePublicKey,
  parseSignature,
  privateKeyText,
  publicKeyOf,
  publicKeyText,
  recoverKey,
  signatureText,
  signDigest,
} from './keys.ts';

const WIF = '5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3';
const digestOf = (text: string): Uint8Array => createHash('sha256').update(text).digest();

describe('K1 keys', () => {
  test('read and write the text forms of another implementation', () => {
    const theirs = PrivateKey.from(WIF);
    const key = parsePrivateKey(WIF);
    expect(privateKeyText(key)).toBe(theirs.toString());
    expect(parsePrivateKey(theirs.toString())).toEqual(key);
    expect(publicKeyText(publicKeyOf(key))).toBe(theirs.toPublic().toString());
    expect(legacyPublicKeyText(publicKeyOf(key))).toBe(
      'EOS6MRyAjQq8ud7hVNYcfnVPJqcVpscN5So8BhtHuGYqET5GDW5CV',
    );
    expect(parsePublicKey(legacyPublicKeyText(publicKeyOf(key)))).toEqual(Uint8Array.from(publicKeyOf(key)));
  });

  test('sign canonically, each attempt until it is, and recover to the signer elsewhere too', () => {
    for (let round = 0; round < 50; round++) {
      const key = createPrivateKey(`seed ${String(round)}`);
      const digest = digestOf(String(round));
      const signature = signDigest(digest, key);
      expect(isCanonical(signature.subarray(1))).toBe(true);
      expect(parseSignature(signatureText(signature))).toEqual(signature);
      expect(Uint8Array.from(recoverKey(digest, signature))).toEqual(Uint8Array.from(publicKeyOf(key)));
      const recovered = Signature.from(signatureText(signature)).recoverDigest(
        Buffer.from(digest).toString('hex'),
      );
      expect(recovered.equals(PublicKey.from(publicKeyText(publicKeyOf(key))))).toBe(true);
    }
  });

  test('native and WebAssembly curves agree', () => {
    const [native, wasm] = [nativeCurve(), wasmCurve()];
    const key = createPrivateKey('one seed');
    const digest = digestOf('one text');
    const entropy = new Uint8Array(32).fill(3);
    for (const extra of [undefined, entropy]) {
      const made = native.sign(digest, key, extra);
      const same = wasm.sign(digest, key, extra);
      expect(Buffer.from(same.compact).toString('hex')).toBe(Buffer.from(made.compact).toString('hex'));
      expect(same.recovery).toBe(made.recovery);
    }
  });

  test('refuse broken text without repeating a private key', () => {
    expect(() => parsePrivateKey(WIF.slice(0, -1) + '4')).toThrow('wrong checksum');
    expect(() => parsePrivateKey('nonsense')).toThrow('WIF or PVT_K1_');
    expect(() => parsePublicKey('PUB_R1_abc')).toThrow('PUB_K1_ or EOS');
    expect(() => recoverKey(digestOf(''), new Uint8Array(65))).toThrow('K1 signature');
  });
});
