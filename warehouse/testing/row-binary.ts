import type { Column, RowSet } from '../../indexer/sink/sink.ts';
import { nativeBlock } from '../native/native.ts';

/** Plain values for tests: numbers and bigints, text (hex for FixedString, ISO for times), booleans, arrays, objects for tuples. */
export type Value =
  string | number | bigint | boolean | readonly Value[] | { readonly [field: string]: Value };

/** Rows as RowBinary, columns in the given order. A small encoder of the types that decoded tables use; for tests. */
export function encodeRows(
  table: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<string, Value>>[],
): RowSet {
  const parts: Buffer[] = [];
  for (const row of rows)
    for (const column of columns) encode(column.type, row[column.name], parts, `${table}.${column.name}`);
  return { table, rows: rows.length, bytes: new Uint8Array(Buffer.concat(parts)) };
}

/** The same as the block that `Warehouse.insert` takes. */
export function encodeBlock(...of: Parameters<typeof encodeRows>): RowSet {
  const set = encodeRows(...of);
  return { ...set, bytes: nativeBlock(of[1], set.rows, set.bytes) };
}

function encode(type: string, value: Value | undefined, into: Buffer[], where: string): void {
  if (value === undefined) throw new Error(`${where} has no value; expected ${type}`);
  const call = /^(\w+)(?:\((.*)\))?$/s.exec(type);
  const [, head = '', inside = ''] = call ?? [];
  switch (head) {
    case 'LowCardinality':
      encode(inside, value, into, where);
      return;
    case 'Tuple':
      for (const field of splitTop(inside)) {
        const [, name = '', fieldType = ''] = /^`?(\w+)`? (.*)$/s.exec(field) ?? [];
        encode(fieldType, (value as Record<string, Value>)[name], into, `${where}.${name}`);
      }
      return;
    case 'Array':
      into.push(varint((value as readonly Value[]).length));
      for (const item of value as readonly Value[]) encode(inside, item, into, where);
      return;
    case 'String':
      into.push(varint(Buffer.byteLength(value as string)), Buffer.from(value as string));
      return;
    case 'FixedString':
      into.push(Buffer.from((value as string).padStart(Number(inside) * 2, '0'), 'hex'));
      return;
    case 'Bool':
      into.push(Buffer.from([value ? 1 : 0]));
      return;
    case 'DateTime':
      into.push(integer(BigInt(Date.parse(value as string) / 1000), 4));
      return;
    case 'DateTime64':
      into.push(integer(BigInt(Date.parse(value as string)), 8));
      return;
    default:
      into.push(
        integer(BigInt(value as number | bigint | string), Number(/^U?Int(\d+)$/.exec(head)?.[1] ?? '0') / 8),
      );
  }
}

function integer(value: bigint, bytes: number): Buffer {
  if (bytes === 0) throw new Error('The test encoder does not know this type');
  const buffer = Buffer.alloc(bytes);
  for (let at = 0, rest = BigInt.asUintN(bytes * 8, value); at < bytes; at += 1, rest >>= 8n)
    buffer[at] = Number(rest & 0xffn);
  return buffer;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    bytes.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) return Buffer.from(bytes);
  }
}

function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}
