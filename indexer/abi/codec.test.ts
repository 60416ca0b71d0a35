import { ABI, Serializer } from '@wharfkit/antelope';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecodeError } from '../errors.ts';
import { abieos } from '../testing/abieos.ts';
import { reader, readRows } from '../testing/row-binary.ts';
import { structSample } from '../testing/typed-values.ts';
import type { Sample } from '../testing/typed-values.ts';
import type { Abi } from './abi.ts';
import { writer } from './codec.ts';
import type { Json } from './codec.ts';
import { compile } from './compile.ts';
import { Reader } from './reader.ts';
import { RowBuffer } from './row-buffer.ts';

function abiOf({ structs, variants }: Sample): Abi {
  return { version: 'eosio::abi/1.1', types: [], structs, variants, actions: [], tables: [] };
}

function packed(sample: Sample): Uint8Array {
  const abi = ABI.from({ ...abiOf(sample), types: [], ricardian_clauses: [] } as unknown as Parameters<
    typeof ABI.from
  >[0]);
  return Serializer.encode({ object: sample.input, abi, type: sample.type }).array;
}

/** Numbers as text, floats rounded and hex cased alike, so that libraries with other habits of printing compare. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string' && /^-?\d+\.\d{3,}$|e[+-]\d+$/i.test(value)) return String(Number(value));
  if (typeof value === 'string' && /T\d\d:\d\d:\d\d\.000$/.test(value)) return value.slice(0, -4);
  if (typeof value === 'string' && /^([0-9a-f]{2})+$/i.test(value)) return value.toLowerCase();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function decode(sample: Sample, bytes: Uint8Array): Json {
  const from = new Reader(bytes);
  const value = compile(abiOf(sample)).codec(sample.type).decode(from);
  expect(from.pos).toBe(bytes.length);
  return value;
}

describe('codecs', { timeout: 30_000 }, () => {
  test('decode what @wharfkit/antelope packed', () => {
    fc.assert(
      fc.property(structSample, (sample) => {
        const bytes = packed(sample);
        expect(decode(sample, bytes)).toEqual(sample.json);
      }),
      { numRuns: 200 },
    );
  });

  test('decode as abieos does', () => {
    let loaded = 0;
    fc.assert(
      fc.property(structSample, (sample) => {
        const contract = `t${(loaded++ % 5) + 1}`;
        if (!abieos.loadAbi(contract, { ...abiOf(sample), types: [] }))
          throw new Error('abieos refused the ABI');
        const theirs = abieos.binToJson(contract, sample.type, Buffer.from(packed(sample)));
        expect(plain(theirs)).toEqual(plain(decode(sample, packed(sample))));
      }),
      { numRuns: 200 },
    );
  });

  test('write RowBinary of the column type, and consume the same bytes when skipping', () => {
    fc.assert(
      fc.property(structSample, (sample) => {
        const bytes = packed(sample);
        const codec = compile(abiOf(sample)).codec(sample.type);
        const [from, to] = [new Reader(bytes), new RowBuffer(16)];
        writer(codec.steps)(from, to);
        expect(from.pos).toBe(bytes.length);
        const [row] = readRows([{ name: 'value', type: codec.column }], { bytes: to.take() });
        expect(row?.['value']).toEqual(sample.cell);
        const skipped = new Reader(bytes);
        codec.skip(skipped);
        expect(skipped.pos).toBe(bytes.length);
      }),
      { numRuns: 200 },
    );
  });

  test('name type and place when bytes are cut anywhere, and never read past the end', () => {
    fc.assert(
      fc.property(structSample, fc.nat(), (sample, at) => {
        const bytes = packed(sample);
        const cut = bytes.subarray(0, at % Math.max(bytes.length, 1));
        const codec = compile(abiOf(sample)).codec(sample.type);
        for (const read of [codec.decode, codec.skip])
          expect(() => {
            read(new Reader(cut));
          }).toThrow(DecodeError);
        expect(() => {
          writer(codec.steps)(new Reader(cut), new RowBuffer());
        }).toThrow(DecodeError);
      }),
      { numRuns: 200 },
    );
  });

  test('survive any bytes: a value or a DecodeError', () => {
    fc.assert(
      fc.property(structSample, fc.uint8Array({ maxLength: 200 }), (sample, bytes) => {
        const codec = compile(abiOf(sample)).codec(sample.type);
        const from = new Reader(bytes);
        try {
          writer(codec.steps)(from, new RowBuffer());
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
        expect(from.pos).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 200 },
    );
  });
});

test('the test reader of RowBinary knows the types by itself', () => {
  expect(
    readRows([{ name: 'a', type: 'Array(Nullable(UInt16))' }], { bytes: Uint8Array.from([2, 1, 0, 7, 1]) }),
  ).toEqual([{ a: [null, 263] }]);
  expect(() => reader('Map(String, String)')).toThrow('no reader');
});
