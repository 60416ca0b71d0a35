import { Name } from '@wharfkit/antelope';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Interned, halves, nameHalves, nameText, nameValue, symbolCodeText, symbolText } from './names.ts';
import { U64Map } from './u64.ts';

test('every 64-bit value has the name that @wharfkit/antelope gives it', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (value) => {
      const text = nameText(...halves(value));
      expect(text).toBe(String(Name.from(fromValue(value))));
      expect(nameValue(text)).toBe(value);
    }),
  );
});

function fromValue(value: bigint): Name {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return Name.fromABI({ readArray: () => bytes } as unknown as Parameters<typeof Name.fromABI>[0]);
}

test('text that no name can be is refused', () => {
  for (const text of ['Upper', 'too.long.name.x', 'six6', 'aaaaaaaaaaaaz'])
    expect(() => nameValue(text)).toThrow(RangeError);
});

test('symbols are text only when they are symbols', () => {
  const word = (bytes: readonly number[]): [number, number] => {
    const buffer = Buffer.alloc(8);
    buffer.set(bytes);
    return [buffer.readUInt32LE(0), buffer.readUInt32LE(4)];
  };
  expect(symbolText(...word([3, 0x4b, 0x47]))).toBe('3,KG');
  expect(symbolText(...word([2, 0x52, 0x55, 0x42]))).toBe('2,RUB');
  expect(symbolText(...word([0]))).toBe('0,');
  expect(symbolText(...word([0, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41]))).toBe('0,AAAAAAA');
  expect(symbolText(...word([0, 0x4b, 0, 0x47]))).toBeNull();
  expect(symbolText(...word([0, 0x6b]))).toBeNull();
  expect(symbolCodeText(...word([0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41]))).toBeNull();
});

test('a map of 64-bit keys behaves as a Map', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.nat()), { maxLength: 300 }),
      (entries) => {
        const [mine, theirs] = [new U64Map<number>(), new Map(entries)];
        for (const [key, value] of entries) mine.set(...halves(key), value);
        for (const [key, value] of theirs) expect(mine.get(...halves(key))).toBe(value);
        expect(mine.get(...halves(12_345n))).toBe(theirs.get(12_345n));
      },
    ),
  );
});

test('a bounded map forgets instead of growing', () => {
  const map = new U64Map<number>(100);
  for (let i = 0; i < 1000; i++) map.set(i, 7, i);
  expect(map.get(999, 7)).toBe(999);
  expect(map.get(0, 7)).toBeUndefined();
});

test('interned texts are length-prefixed', () => {
  const names = new Interned(nameText);
  expect(Buffer.from(names.get(...nameHalves('market')) ?? []).toString('latin1')).toBe('\u0006market');
  expect(names.get(...nameHalves('market'))).toBe(names.get(...nameHalves('market')));
});
