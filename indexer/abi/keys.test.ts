import { Bytes, KeyType, PrivateKey, PublicKey, Serializer } from '@wharfkit/antelope';
import { expect, test } from 'vitest';
import { DecodeError } from '../errors.ts';
import { builtins } from './builtins.ts';
import type { Codec } from './codec.ts';
import { Reader } from './reader.ts';

const codec = (type: string): Codec => builtins.get(type) as Codec;

test.each([KeyType.K1, KeyType.R1])('keys and signatures of curve %s have their text form', (curve) => {
  const secret = PrivateKey.generate(curve);
  const key = Serializer.encode({ object: secret.toPublic() }).array;
  const signature = secret.signMessage('616374');
  const packed = Serializer.encode({ object: signature }).array;
  expect(codec('public_key').decode(new Reader(key))).toBe(String(secret.toPublic()));
  expect(codec('signature').decode(new Reader(packed))).toBe(String(signature));
  const skipped = new Reader(packed);
  codec('signature').skip(skipped);
  expect(skipped.pos).toBe(packed.length);
});

test('WebAuthn keys are as long as their parts say', () => {
  const rest = [1, 3, ...Buffer.from('a.b')];
  const packed = Uint8Array.from([2, ...new Uint8Array(33).fill(2), ...rest, 0xff]);
  const from = new Reader(packed);
  expect(codec('public_key').decode(from)).toMatch(/^PUB_WA_/);
  expect(from.pos).toBe(packed.length - 1);
  expect(PublicKey.from(codec('public_key').decode(new Reader(packed)) as string).toString()).toMatch(
    /^PUB_WA_/,
  );
});

test('a WebAuthn key whose length is packed longer than it must be is the same key', () => {
  const key = (length: readonly number[]): Buffer =>
    Buffer.from([2, ...new Uint8Array(33).fill(2), 1, ...length, ...Buffer.from('a.b')]);
  const text = codec('public_key').decode(new Reader(key([3])));
  expect(codec('public_key').decode(new Reader(key([0x83, 0])))).toBe(text);
});

test('private keys, as abieos knows them, have their text form', () => {
  for (const curve of [0, 1]) {
    const secret = new PrivateKey(
      [KeyType.K1, KeyType.R1][curve] as KeyType,
      new Bytes(new Uint8Array(32).fill(7)),
    );
    const packed = Uint8Array.from([curve, ...new Uint8Array(32).fill(7)]);
    expect(codec('private_key').decode(new Reader(packed))).toBe(String(secret));
  }
  expect(() => codec('private_key').decode(new Reader(new Uint8Array(33).fill(2)))).toThrow(DecodeError);
});

test('an unknown curve is refused', () => {
  expect(() => codec('public_key').decode(new Reader(new Uint8Array(40).fill(9)))).toThrow(DecodeError);
});
