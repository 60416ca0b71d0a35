import { expect, test } from 'vitest';
import { nullable } from './tables.ts';
import { common } from './versions.ts';

test('a column that comes later is null for older rows, where its type can be', () => {
  expect(nullable('UInt64')).toBe('Nullable(UInt64)');
  expect(nullable("DateTime64(3, 'UTC')")).toBe("Nullable(DateTime64(3, 'UTC'))");
  expect(nullable('LowCardinality(String)')).toBe('LowCardinality(Nullable(String))');
  expect(nullable('LowCardinality(Nullable(String))')).toBe('LowCardinality(Nullable(String))');
  expect(nullable('Array(UInt8)')).toBe('Array(UInt8)');
  expect(nullable('Tuple(amount Int64, symbol LowCardinality(String))')).toBe(
    'Tuple(amount Int64, symbol LowCardinality(String))',
  );
});

test('a column of all versions has a type that holds each, and null where a version lacks it', () => {
  const name = 'LowCardinality(String)';
  expect(common(['UInt8', 'UInt8'])).toBe('UInt8');
  expect(common(['UInt8', undefined])).toBe('Nullable(UInt8)');
  expect(common(['UInt8', 'Nullable(UInt32)', 'UInt16'])).toBe('Nullable(UInt32)');
  expect(common(['Int8', 'UInt8'])).toBe('Nullable(String)');
  expect(common([name, 'LowCardinality(Nullable(String))'])).toBe('LowCardinality(Nullable(String))');
  expect(common([name, undefined])).toBe('LowCardinality(Nullable(String))');
  expect(common(['Array(UInt8)', 'Array(UInt8)'])).toBe('Array(UInt8)');
  expect(common(['Array(UInt8)', undefined])).toBe('Nullable(String)');
  expect(common(['Tuple(a UInt8)', 'UInt8'])).toBe('Nullable(String)');
});
