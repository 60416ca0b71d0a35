import { Serializer, PackedTransaction, PrivateKey } from '@wharfkit/antelope';
import { expect, test } from 'vitest';
import { parsePrivateKey } from './keys.ts';
import { nativeAbi } from './native-abi.ts';
import { tapos } from './pack.ts';
import { referenceBlock, signedPacked } from './sign.ts';

const chainId = 'ab'.repeat(32);
const header = { expiration: Date.UTC(2026, 0, 2), ...tapos('0001e2400102030405060708'.padEnd(64, '0')) };
const setCode = (code: string) => ({
  account: 'eosio',
  name: 'setcode',
  authorization: [{ actor: 'alice', permission: 'active' }],
  data: { account: 'alice', vmtype: 0, vmversion: 0, code },
});

test('makes the bytes of a packed_transaction, short and long, whose signatures recover to the signers', () => {
  const keys = [PrivateKey.generate('K1'), PrivateKey.generate('K1')];
  for (const code of ['', '00'.repeat(20_000)]) {
    const bytes = signedPacked(
      { chainId, abiOf: () => nativeAbi },
      header,
      [setCode(code)],
      keys.map((key) => parsePrivateKey(String(key))),
    );
    const theirs = Serializer.decode({ data: bytes, type: PackedTransaction });
    const digest = theirs.getTransaction().signingDigest(chainId);
    expect(theirs.signatures.map((signature) => String(signature.recoverDigest(digest)))).toEqual(
      keys.map((key) => String(key.toPublic())),
    );
    expect(Buffer.from(Serializer.encode({ object: theirs }).array).equals(bytes)).toBe(true);
  }
});

test('refers to a block that is long made and not yet forgotten', () => {
  expect([1, 8191, 8192, 16_383].map(referenceBlock)).toEqual([1, 1, 1, 1]);
  for (const num of [16_384, 20_000, 65_536, 100_000, 8192 * 50 - 1, 8192 * 50]) {
    const back = num - referenceBlock(num);
    expect(back).toBeGreaterThanOrEqual(8192);
    expect(back).toBeLessThan(16_384);
    expect(referenceBlock(num) % 8192).toBe(0);
  }
});
