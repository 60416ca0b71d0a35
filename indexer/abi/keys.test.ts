import { KeyType, PrivateKey, PublicKey, Serializer } from '@wharfkit/antelope';
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

test('an unknown curve is refused', () => {
  expect(() => codec('public_key').decode(new Reader(new Uint8Array(40).fill(9)))).toThrow(DecodeError);
});
