import { describe, expect, test } from 'vitest';
import { DecodeError } from '../errors.ts';
import type { Abi, Field } from './abi.ts';
import { writer } from './codec.ts';
import { compile } from './compile.ts';
import { Reader } from './reader.ts';
import { RowBuffer } from './row-buffer.ts';
import { builtins } from './builtins.ts';

function abiOf(structs: Readonly<Record<string, readonly Field[]>>, variants: Abi['variants'] = []): Abi {
  return {
    ...{ version: 'eosio::abi/1.1', types: [], actions: [], tables: [], variants },
    structs: Object.entries(structs).map(([name, fields]) => ({ name, base: '', fields })),
  };
}

const field = (name: string, type: string): Field => ({ name, type });
const nothing = { nothing: [] };

/** Bytes of as many counts of `count` as fit. */
function counts(count: number, size: number): Uint8Array {
  const to = new RowBuffer(16);
  while (to.pos < size) to.varuint(count);
  return to.take();
}

/** Reads every way; gives the row's bytes, or null when all three refuse it with a DecodeError. */
function read(abi: Abi, type: string, bytes: Uint8Array): number | null {
  const codec = compile(abi).codec(type);
  const to = new RowBuffer(16);
  const outcomes = [codec.decode, codec.skip, (from: Reader) => (writer(codec.steps)(from, to), null)].map(
    (way) => {
      try {
        way(new Reader(bytes));
        return 'read';
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        return 'refused';
      }
    },
  );
  expect(new Set(outcomes).size).toBe(1);
  return outcomes[0] === 'read' ? to.bytes.length : null;
}

describe('bytes that promise more than they hold', () => {
  test.each<[string, Abi, string, Uint8Array]>([
    ['a string', abiOf({}), 'string', counts(0xffffffff, 5)],
    ['an array', abiOf({}), 'uint64[]', counts(0xffffffff, 5)],
    ['an array of what takes no bytes', abiOf(nothing), 'nothing[]', counts(0xffffffff, 5)],
    ['arrays of such arrays', abiOf(nothing), 'nothing[][]', counts(10_000, 30_000)],
    [
      'a fixed array of what takes no bytes',
      abiOf({ ...nothing, s: [field('a', 'nothing[9000]')] }),
      's[]',
      counts(9000, 2),
    ],
    [
      'structs of no bytes inside one byte',
      abiOf({ ...nothing, s: [field('a', 'bool'), field('b', 'nothing[9000]')] }),
      's[]',
      Uint8Array.from([0xe8, 7, ...new Uint8Array(1000).fill(1)]),
    ],
    ['absent extensions', abiOf({ s: [field('a', 'uint8$')] }), 's[]', counts(0xffffffff, 5)],
    [
      'variants of large cases',
      abiOf({ big: [field('a', 'nothing[9000]')], ...nothing }, [{ name: 'v', types: ['big'] }]),
      'v[]',
      Uint8Array.from([0xa0, 0x8d, 6, ...new Uint8Array(100_000)]),
    ],
    [
      'options of large values',
      abiOf({ big: [field('a', 'nothing[9000]')], ...nothing }),
      'big?[]',
      Uint8Array.from([0xff, 0x7f, ...new Uint8Array(20_000).fill(1)]),
    ],
    [
      'types inside themselves',
      abiOf({ node: [field('kids', 'node[]')] }),
      'node',
      new Uint8Array(100).fill(1),
    ],
    ['bits', abiOf({}), 'bitset', counts(0xffffffff, 5)],
  ])('%s', (_name, abi, type, bytes) => {
    expect(read(abi, type, bytes)).toBeNull();
  });

  test('what takes no bytes may be counted in small numbers', () => {
    expect(read(abiOf(nothing), 'nothing[]', counts(500, 2))).not.toBeNull();
  });

  test('a field named at length makes no row longer than its bytes justify', () => {
    const abi = abiOf({ s: [field('x'.repeat(100_000), 'bool')], t: [field('a', 's[]?')] });
    expect(read(abi, 't', Uint8Array.from([1, 100, ...new Uint8Array(100).fill(1)]))).toBeNull();
    expect(
      read(
        abiOf({ t: [field('a', 's[]?')], s: [field('x', 'bool')] }),
        't',
        Uint8Array.from([1, 100, ...new Uint8Array(100).fill(1)]),
      ),
    ).toBeLessThan(4096);
  });
});

describe('JSON text', () => {
  const abi = abiOf({}, [{ name: 'v', types: ['string', 'bytes', 'time_point', 'float64'] }]);
  const write = writer(compile(abi).codec('v').steps);
  function textOf(bytes: readonly number[]): string {
    const to = new RowBuffer();
    write(new Reader(Uint8Array.from(bytes)), to);
    return Buffer.from(to.take()).subarray(1).toString();
  }

  test('refuses text that is not UTF-8, which the action then keeps raw', () => {
    expect(textOf([0, 2, 0xc3, 0xa9])).toBe('["string","é"]');
    expect(() => textOf([0, 2, 0xc3, 0x28])).toThrow(DecodeError);
    expect(textOf([1, 2, 0xc3, 0x28])).toBe('["bytes","c328"]');
  });

  test('keeps microseconds, and the sign of zero', () => {
    expect(textOf([2, 0x40, 0x42, 0x0f, 0, 0, 0, 0, 0])).toBe('["time_point","1970-01-01T00:00:01.000"]');
    expect(textOf([2, 0x41, 0x42, 0x0f, 0, 0, 0, 0, 0])).toBe('["time_point","1970-01-01T00:00:01.000001"]');
    expect(textOf([2, ...new Array<number>(8).fill(0xff)])).toBe(
      '["time_point","1969-12-31T23:59:59.999999"]',
    );
    expect(textOf([2, 0, 0, 0, 0, 0, 0, 0, 0x80])).toBe('["time_point","-9223372036854775808"]');
    expect(textOf([3, 0, 0, 0, 0, 0, 0, 0, 0x80])).toBe('["float64","-0"]');
  });
});

test('a bitset is a text of its bits, the highest first', () => {
  const bitset = builtins.get('bitset');
  const read = (bytes: readonly number[]): unknown => bitset?.decode(new Reader(Uint8Array.from(bytes)));
  expect(read([10, 0b0000_0011, 0b10])).toBe('1000000011');
  expect(read([0])).toBe('');
  expect(() => read([10, 3, 0b100])).toThrow(DecodeError);
});

describe('types inside themselves', () => {
  const column = (structs: Parameters<typeof abiOf>[0], first: string, wanted: string): string => {
    const types = compile(abiOf(structs, [{ name: 'v', types: ['uint8', 'v[]'] }]));
    types.codec(first);
    return types.codec(wanted).column;
  };
  const pair = {
    a: [field('b', 'b?')],
    b: [field('a', 'a?')],
    leads: [field('n', 'uint8'), field('a', 'a')],
  };

  test('are JSON text, whatever is compiled first', () => {
    for (const first of ['a', 'b', 'a[]', 'b?', 'leads', 'v', 'v[]']) {
      expect([first, column(pair, first, 'a'), column(pair, first, 'b'), column(pair, first, 'b[]')]).toEqual(
        [first, 'String', 'String', 'Array(String)'],
      );
      expect(column(pair, first, 'leads')).toBe('Tuple(`n` UInt8, `a` String)');
      expect(column(pair, first, 'v[]')).toBe('Array(String)');
    }
  });
});
