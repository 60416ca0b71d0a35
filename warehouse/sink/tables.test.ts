import { expect, test } from 'vitest';
import { nullable } from './tables.ts';

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
