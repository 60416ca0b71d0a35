import { ABI, PrivateKey, Serializer, Signature, Transaction } from '@wharfkit/antelope';
import { describe, expect, test } from 'vitest';
import type { Action } from './driver.ts';
import { nativeAbi } from './native-abi.ts';
import { packSigned, packTransaction, signingDigest, tapos, transactionId } from './pack.ts';

const chainId = 'aa'.repeat(32);
const header = {
  expiration: Date.UTC(2026, 10, 21, 12),
  ...tapos('0001e2400102030405060708090a0b0c'.padEnd(64, '0')),
};
const unlink: Action = {
  account: 'eosio',
  name: 'unlinkauth',
  authorization: [{ actor: 'alice', permission: 'active' }],
  data: { account: 'alice', code: 'market', type: 'issue' },
};
const pack = (actions: readonly Action[]) => packTransaction(header, actions, () => nativeAbi);

describe('packing a transaction', () => {
  test('reads TAPOS out of a block id as nodeos does', () => {
    expect(tapos('0001e24001020304aabbccdd'.padEnd(64, '0'))).toEqual({
      refBlockNum: 0xe240,
      refBlockPrefix: 0xddccbbaa,
    });
    expect(() => tapos('00ff')).toThrow('64 hexadecimal digits');
  });

  test('gives bytes that decode to the same header and action', () => {
    const back = Serializer.decode({ data: pack([unlink]), type: Transaction });
    expect(back.expiration.toMilliseconds()).toBe(header.expiration);
    expect(back.ref_block_num.toNumber()).toBe(header.refBlockNum);
    expect(back.ref_block_prefix.toNumber()).toBe(header.refBlockPrefix);
    expect(
      back.actions.map((action) => Serializer.objectify(action.decodeData(nativeAbi)) as unknown),
    ).toEqual([unlink.data]);
  });

  test('agrees with another implementation on id and signing digest', () => {
    const packed = pack([unlink]);
    const theirs = Serializer.decode({ data: packed, type: Transaction });
    expect(transactionId(packed)).toBe(String(theirs.id));
    expect(Buffer.from(signingDigest(chainId, packed)).toString('hex')).toBe(
      String(theirs.signingDigest(chainId)),
    );
  });

  test('carries signatures that recover to the signer', () => {
    const key = PrivateKey.generate('K1');
    const packed = pack([unlink]);
    const digest = Buffer.from(signingDigest(chainId, packed)).toString('hex');
    const sent = packSigned(packed, [String(key.signDigest(digest))]);
    const [signature] = sent.signatures.map((text) => Signature.from(text));
    expect(String(signature?.recoverDigest(digest))).toBe(String(key.toPublic()));
    expect(Buffer.from(sent.packed_trx, 'hex').equals(packed)).toBe(true);
  });

  test('names the action that the ABI does not have, and refuses a name it would have to mangle', () => {
    expect(() => pack([{ ...unlink, name: 'nosuch' }])).toThrow('the ABI of eosio has no action nosuch');
    expect(() => pack([{ ...unlink, account: 'Eosio' }])).toThrow('got "Eosio"');
    expect(() => packTransaction(header, [unlink], () => new ABI({}))).toThrow('has no action unlinkauth');
  });
});
