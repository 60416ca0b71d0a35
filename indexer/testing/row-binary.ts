import type { Column, RowSet } from '../sink/sink.ts';

/** A value read back from RowBinary: 64-bit and wider integers as text, fixed strings as hex, dates as raw numbers. */
export type Cell = string | number | boolean | null | Cell[] | { [name: string]: Cell };

type Read = (cursor: Cursor) => Cell;

class Cursor {
  readonly bytes: Buffer;
  readonly text: 'utf8' | 'latin1';
  pos = 0;

  constructor(bytes: Uint8Array, text: 'utf8' | 'latin1') {
    this.text = text;
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  take(size: number): Buffer {
    if (this.pos + size > this.bytes.length) throw new Error(`RowBinary ends ${size} bytes short`);
    return this.bytes.subarray(this.pos, (this.pos += size));
  }

  varuint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.take(1).readUInt8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
}

/** Splits `a, b(c, d), e` at its outer commas. */
function parts(text: string): string[] {
  const out: string[] = [];
  let [depth, start] = [0, 0];
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (i === text.length || (char === ',' && depth === 0)) {
      out.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return out;
}

function wide(cursor: Cursor, bytes: number, signed: boolean): string {
  let value = 0n;
  for (const byte of Buffer.from(cursor.take(bytes)).reverse()) value = (value << 8n) | BigInt(byte);
  return String(signed ? BigInt.asIntN(bytes * 8, value) : value);
}

function scalar(type: string): Read {
  const integer = /^(U?)Int(\d+)$/.exec(type);
  if (integer !== null) {
    const [size, signed] = [Number(integer[2]) / 8, integer[1] === ''];
    return (cursor) => {
      const value = wide(cursor, size, signed);
      return size > 4 ? value : Number(value);
    };
  }
  if (type === 'Bool') return (cursor) => cursor.take(1).readUInt8() === 1;
  if (type === 'String') return (cursor) => cursor.take(cursor.varuint()).toString(cursor.text);
  if (type === 'Float32') return (cursor) => cursor.take(4).readFloatLE();
  if (type === 'Float64') return (cursor) => cursor.take(8).readDoubleLE();
  if (type.startsWith('DateTime64(')) return (cursor) => wide(cursor, 8, true);
  if (type.startsWith('DateTime(')) return (cursor) => cursor.take(4).readUInt32LE();
  throw new Error(`no reader for ${type}`);
}

/** A reader for a ClickHouse type's RowBinary form, written apart from the writer so that both can disagree. */
export function reader(type: string): Read {
  const [, name = type, inner = ''] = /^(\w+)\((.*)\)$/s.exec(type) ?? [];
  if (name === 'LowCardinality') return reader(inner);
  if (name === 'FixedString') return (cursor) => cursor.take(Number(inner)).toString('hex');
  if (name === 'Nullable') {
    const read = reader(inner);
    return (cursor) => (cursor.take(1).readUInt8() === 1 ? null : read(cursor));
  }
  if (name === 'Array') {
    const read = reader(inner);
    return (cursor) => Array.from({ length: cursor.varuint() }, () => read(cursor));
  }
  if (name === 'Tuple') {
    const fields = parts(inner).map((part): [string, Read] => {
      const [, field = '', rest = ''] = /^`?(\w+)`? (.*)$/s.exec(part) ?? [];
      return [field, reader(rest)];
    });
    return (cursor) => Object.fromEntries(fields.map(([field, read]) => [field, read(cursor)]));
  }
  return scalar(type);
}

/** All rows of a set as objects by column; `latin1` keeps every byte of a String as a character. */
export function readRows(
  columns: readonly Column[],
  set: Pick<RowSet, 'bytes'>,
  text: 'utf8' | 'latin1' = 'utf8',
): Record<string, Cell>[] {
  const reads = columns.map((column): [string, Read] => [column.name, reader(column.type)]);
  const cursor = new Cursor(set.bytes, text);
  const rows: Record<string, Cell>[] = [];
  while (cursor.pos < cursor.bytes.length) {
    rows.push(Object.fromEntries(reads.map(([name, read]) => [name, read(cursor)])));
  }
  return rows;
}
