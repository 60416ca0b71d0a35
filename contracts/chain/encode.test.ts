import { ABI, Serializer } from '@wharfkit/antelope';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileEncoder } from './encode.ts';
import {
  createPrivateKey,
  legacyPublicKeyText,
  publicKeyOf,
  publicKeyText,
  signatureText,
  signDigest,
} from './keys.ts';

const hex = (size: number) =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => Buffer.from(bytes).toString('hex'));
const whole = (bits: number, signed: boolean) =>
  fc.bigInt(
    signed
      ? { min: -(1n << BigInt(bits - 1)), max: (1n << BigInt(bits - 1)) - 1n }
      : { min: 0n, max: (1n << BigInt(bits)) - 1n },
  );
const small = (bits: number, signed: boolean) => whole(bits, signed).map(Number);
const texts = (bits: number, signed: boolean) => fc.oneof(whole(bits, signed).map(String), fc.nat());
const code = fc.stringMatching(/^[A-Z]{1,7}$/);
const asset = fc
  .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^\d{1,9}$/), fc.stringMatching(/^\d{0,9}$/), code)
  .map(
    ([sign, units, fraction, symbol]) => `${sign}${units}${fraction === '' ? '' : `.${fraction}`} ${symbol}`,
  );
const name = fc.stringMatching(/^([a-z1-5.]{0,11}[a-z1-5])?$/);
const date = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
const seconds = date.map((time) => time.toISOString().slice(0, 19));
const privateKey = fc.nat(50).map((seed) => createPrivateKey(`encoder ${String(seed)}`));
const publicKey = privateKey.chain((key) =>
  fc.constantFrom(publicKeyText(publicKeyOf(key)), legacyPublicKeyText(publicKeyOf(key))),
);
const signature = fc
  .tuple(privateKey, fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([key, digest]) => signatureText(signDigest(digest, key)));

/** JSON values of every type that an ABI knows without saying. */
const VALUES: Record<string, fc.Arbitrary<unknown>> = {
  bool: fc.boolean(),
  int8: small(8, true),
  int16: small(16, true),
  int32: small(32, true),
  int64: texts(64, true),
  int128: texts(128, true),
  uint8: small(8, false),
  uint16: small(16, false),
  uint32: small(32, false),
  uint64: texts(64, false),
  uint128: texts(128, false),
  varint32: small(32, true),
  varuint32: small(32, false),
  float32: fc.float({ noNaN: true }),
  float64: fc.double({ noNaN: true }),
  float128: hex(16),
  time_point: seconds,
  time_point_sec: fc.oneof(seconds, small(32, false)),
  block_timestamp_type: seconds.filter((text) => text > '2000' && text < '2068'),
  name,
  string: fc.string({ unit: 'grapheme' }),
  bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('hex')),
  checksum160: hex(20),
  checksum256: hex(32),
  checksum512: hex(64),
  symbol: fc.tuple(fc.nat(18), code).map(([precision, letters]) => `${String(precision)},${letters}`),
  symbol_code: code,
  asset,
  extended_asset: fc.record({ quantity: asset, contract: name }),
  public_key: publicKey,
  signature,
};

const abiOf = (type: string): ABI =>
  ABI.from({
    version: 'eosio::abi/1.1',
    types: [
      { new_type_name: 'weight', type: 'uint16' },
      { new_type_name: 'weights', type: 'weight[]' },
    ],
    structs: [
      { name: 'base', base: '', fields: [{ name: 'first', type: 'weight' }] },
      { name: 'derived', base: 'base', fields: [{ name: 'second', type: 'weights' }] },
      { name: 'tree', base: '', fields: [{ name: 'branches', type: 'tree[]' }] },
      {
        name: 'late',
        base: '',
        fields: [
          { name: 'always', type: 'uint8' },
          { name: 'later', type: 'uint8$' },
        ],
      },
      { name: 'act', base: '', fields: [{ name: 'value', type }] },
    ],
    variants: [{ name: 'either', types: ['uint8', 'derived', 'string'] }],
    actions: [{ name: 'act', type: 'act', ricardian_contract: '' }],
    tables: [],
    ricardian_clauses: [],
  });

const theirs = (abi: ABI, data: unknown): string =>
  Serializer.encode({ object: data, type: 'act', abi }).hexString;
const ours = (abi: ABI, data: unknown): string =>
  Buffer.from(compileEncoder(abi).encode('act', data)).toString('hex');

describe('the encoder gives the bytes of another implementation', () => {
  test.each(Object.keys(VALUES))('for %s, optional, absent and in lists', (type) => {
    const value = VALUES[type] ?? fc.constant(undefined);
    const wrapped: [string, fc.Arbitrary<unknown>][] = [
      [type, value],
      [`${type}?`, fc.option(value)],
      [`${type}[]`, fc.array(value, { maxLength: 20 })],
    ];
    for (const [wrapping, values] of wrapped) {
      const abi = abiOf(wrapping);
      fc.assert(
        fc.property(values, (given) => {
          expect(ours(abi, { value: given })).toBe(theirs(abi, { value: given }));
        }),
        { numRuns: 60 },
      );
    }
  });

  const derived = fc.record({
    first: fc.nat(0xffff),
    second: fc.array(fc.nat(0xffff), { maxLength: 200 }),
  });
  const tree: fc.Memo<{ branches: unknown[] }> = fc.memo((depth) =>
    fc.record({ branches: depth > 1 ? fc.array(tree(depth - 1), { maxLength: 3 }) : fc.constant([]) }),
  );
  const shapes: Record<string, fc.Arbitrary<unknown>> = {
    derived,
    tree: tree(4),
    late: fc.record({ always: fc.nat(255), later: fc.nat(255) }, { requiredKeys: ['always'] }),
    either: fc.oneof(
      fc.tuple(fc.constant('uint8'), fc.nat(255)),
      fc.tuple(fc.constant('derived'), derived),
      fc.tuple(fc.constant('string'), fc.string()),
    ),
  };
  test.each(Object.keys(shapes))(
    'for inheritance, aliases, recursion, extensions and variants: %s',
    (type) => {
      const abi = abiOf(type);
      fc.assert(
        fc.property(shapes[type] ?? fc.constant(undefined), (value) => {
          expect(ours(abi, { value })).toBe(theirs(abi, { value }));
        }),
        { numRuns: 60 },
      );
    },
  );
});

describe('the encoder refuses, saying where, what was expected and what came', () => {
  const refused: [type: string, value: unknown, text: string][] = [
    ['uint8', 256, 'act.value: a whole number from 0 to 255 expected, got 256'],
    ['uint8', 1.5, 'act.value: a whole number from 0 to 255 expected, got 1.5'],
    ['int8', '-129', 'a whole number from -128 to 127 expected'],
    ['uint64', '18446744073709551616', 'from 0 to 18446744073709551615 expected'],
    ['uint64', -1, 'from 0 to 18446744073709551615 expected, got -1'],
    ['bool', 1, 'true or false expected'],
    ['name', 'Anna', 'expected a name of a–z, 1–5 and dots, at most 12 long, got "Anna"'],
    ['name', undefined, 'act.value: a name expected, got nothing'],
    ['string', 7, 'a text expected, got 7'],
    ['bytes', '0g', 'bytes as hexadecimal text expected, got "0g"'],
    ['checksum256', 'ab', '32 bytes as hexadecimal text expected, got "ab"'],
    ['asset', '1,5 KG', 'an asset like "1.000 KG" expected, got "1,5 KG"'],
    ['asset', '99999999999999999999 KG', 'an asset like "1.000 KG" expected'],
    ['asset', '9223372036854775808 KG', 'a whole number from -9223372036854775808'],
    ['symbol', '19,KG', 'a symbol like "3,KG" expected'],
    ['symbol_code', 'kg', 'a symbol code like "KG" expected'],
    ['time_point_sec', 'yesterday', 'a time like "2026-11-21T12:00:00" expected, got "yesterday"'],
    ['float64', 'x', 'a number expected'],
    ['public_key', 'PUB_R1_x', 'PUB_K1_ or EOS'],
    ['derived', { first: 1, second: [1, 2, 65_536] }, 'act.value.second.2: a whole number from 0 to 65535'],
    ['derived', null, 'act.value: an object (derived) expected, got null'],
    ['derived[]', [{ first: 1 }], 'act.value.0.second: a list expected, got nothing'],
    ['either', ['int8', 1], 'a pair of a type (uint8, derived, string) and a value expected'],
    ['either', ['derived', { second: [] }], 'act.value.derived.first: a whole number from 0 to 65535'],
    ['nosuch', 1, 'a type of the ABI expected, got "nosuch"'],
  ];
  test.each(refused)('%s given %j', (type, value, text) => {
    expect(() => ours(abiOf(type), { value })).toThrow(text);
  });

  test('an action that the ABI does not have', () => {
    const encoder = compileEncoder(abiOf('uint8'));
    expect(encoder.has('nope')).toBe(false);
    expect(() => encoder.encode('nope', {})).toThrow('an action of the ABI expected, got "nope"');
  });
});
