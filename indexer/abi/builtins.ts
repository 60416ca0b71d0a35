import { isUtf8 } from 'node:buffer';
import { keyCodecs } from './keys.ts';
import { skippingFixed } from './codec.ts';
import type { Codec, Json, Write } from './codec.ts';
import { interned, nameText, symbolCodeText, symbolText } from './names.ts';
import type { Interned } from './names.ts';
import type { Reader } from './reader.ts';

const text = 'LowCardinality(String)';
const nullableText = 'LowCardinality(Nullable(String))';
/** ms from 1970 to 2000, where block timestamps begin; a slot is 500 ms. */
const slotEpoch = 946_684_800_000;
const slotMs = 500;

type Decode = (from: Reader) => Json;

/** A type whose RowBinary is its packed bytes. */
function plain(type: string, size: number, column: string, decode: Decode): Codec {
  return sized(type, size, column, `Nullable(${column})`, [size], decode);
}

function sized(
  type: string,
  size: number,
  column: string,
  nullable: string | null,
  steps: Codec['steps'],
  decode: Decode,
): Codec {
  return { type, minSize: size, size, weight: 1, column, nullable, steps, skip: skippingFixed(size), decode };
}

function hex(from: Reader, size: number, type: string): string {
  const at = from.take(size, type);
  return Buffer.from(from.bytes.buffer, from.bytes.byteOffset + at, size).toString('hex');
}

function wide(from: Reader, type: string, signed: boolean): string {
  const low = from.u64(type);
  return String(((signed ? from.i64(type) : from.u64(type)) << 64n) | low);
}

/** A 64-bit word that stands for a text, written from the cache of its texts. */
function internedWrite(type: string, texts: Interned): Write {
  return (from, to) => {
    const at = from.take(8, type);
    const bytes = texts.get(from.view.getUint32(at, true), from.view.getUint32(at + 4, true));
    to.put(bytes ?? from.fail(type, 'these eight bytes stand for no text'));
  };
}

function internedText(
  type: string,
  toText: (low: number, high: number) => string | null,
): (from: Reader) => string {
  return (from) => {
    const at = from.take(8, type);
    return (
      toText(from.view.getUint32(at, true), from.view.getUint32(at + 4, true)) ?? from.fail(type, 'no text')
    );
  };
}

const readName = internedText('name', nameText);
const readSymbol = internedText('symbol', symbolText);
const symbolWrite = internedWrite('symbol', interned.symbol);
const nameWrite = internedWrite('name', interned.name);

/** Text of an amount with its symbol, `1.000 KG`. */
function assetText(from: Reader): string {
  const amount = from.i64('asset');
  const symbol = readSymbol(from);
  const comma = symbol.indexOf(',');
  const precision = Number(symbol.slice(0, comma));
  const digits = String(amount < 0n ? -amount : amount).padStart(precision + 1, '0');
  const whole = digits.slice(0, digits.length - precision);
  const fraction = precision > 0 ? `.${digits.slice(digits.length - precision)}` : '';
  return `${amount < 0n ? '-' : ''}${whole}${fraction} ${symbol.slice(comma + 1)}`;
}

/** ISO time without zone, as nodeos prints it. */
function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, -1);
}

/** The same of microseconds, whose last three digits stand when they are not zero; times beyond the calendar as a plain number. */
function microText(us: bigint): string {
  const rest = ((us % 1000n) + 1000n) % 1000n;
  const ms = Number((us - rest) / 1000n);
  if (Math.abs(ms) > 8.64e15) return String(us);
  return timeText(ms) + (rest === 0n ? '' : String(rest).padStart(3, '0'));
}

/** The shortest text that gives the same number back, minus zero included. */
function floatText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Text for reading; what is not UTF-8 in it is replaced, and the reader told. */
function utf8(bytes: Buffer, from: Reader): string {
  if (!isUtf8(bytes)) from.isLossy = true;
  return bytes.toString('utf8');
}

const stringWrite: Write = (from, to) => {
  const length = from.varuint32('string');
  const at = from.take(length, 'string');
  to.varuint(length);
  to.copy(from.bytes, from.view, at, length);
};

function blob(type: string, decode: (bytes: Buffer, from: Reader) => string): Codec {
  return {
    type,
    minSize: 1,
    size: null,
    weight: 1,
    column: 'String',
    nullable: 'Nullable(String)',
    steps: [stringWrite],
    skip: (from) => {
      from.blob(type);
    },
    decode: (from) => {
      const at = from.blob(type);
      return decode(Buffer.from(from.bytes.buffer, from.bytes.byteOffset + at, from.pos - at), from);
    },
  };
}

function varint(type: string, column: string, value: (raw: number) => number): Codec {
  const write: Write = (from, to) => {
    to.u32(value(from.varuint32(type)) >>> 0);
  };
  const skip = (from: Reader): void => void from.varuint32(type);
  return {
    ...{
      type,
      minSize: 1,
      size: null,
      weight: 1,
      column,
      nullable: `Nullable(${column})`,
      steps: [write],
      skip,
    },
    decode: (from) => value(from.varuint32(type)),
  };
}

const bool = sized(
  'bool',
  1,
  'Bool',
  'Nullable(Bool)',
  [
    (from, to) => {
      to.u8(from.flag() ? 1 : 0);
    },
  ],
  (from) => from.flag(),
);

const blockTimestamp = sized(
  'block_timestamp_type',
  4,
  "DateTime64(3, 'UTC')",
  "Nullable(DateTime64(3, 'UTC'))",
  [
    (from, to) => {
      to.i64(BigInt(slotEpoch + slotMs * from.u32('block_timestamp_type')));
    },
  ],
  (from) => timeText(slotEpoch + slotMs * from.u32('block_timestamp_type')),
);

/** Bits packed by eights, lowest first, behind their number; a text of 0 and 1, highest first. */
function bitsetText(from: Reader): string {
  const bits = from.varuint32('bitset');
  const at = from.take(Math.ceil(bits / 8), 'bitset');
  if (bits % 8 > 0 && (from.bytes[from.pos - 1] as number) >> (bits % 8) !== 0)
    from.fail('bitset', 'bits beyond its number');
  let text = '';
  for (let i = bits - 1; i >= 0; i--)
    text += ((from.bytes[at + (i >> 3)] as number) >> (i & 7)) & 1 ? '1' : '0';
  return text;
}

const bitset: Codec = {
  ...{ type: 'bitset', minSize: 1, size: null, weight: 1, column: 'String', nullable: 'Nullable(String)' },
  steps: [
    (from, to) => {
      to.text(bitsetText(from));
    },
  ],
  skip: (from) => {
    from.take(Math.ceil(from.varuint32('bitset') / 8), 'bitset');
  },
  decode: bitsetText,
};

const asset = sized('asset', 16, `Tuple(amount Int64, symbol ${text})`, null, [8, symbolWrite], assetText);

const all: readonly Codec[] = [
  bool,
  plain('uint8', 1, 'UInt8', (from) => from.u8()),
  plain('uint16', 2, 'UInt16', (from) => from.u16()),
  plain('uint32', 4, 'UInt32', (from) => from.u32()),
  plain('uint64', 8, 'UInt64', (from) => String(from.u64())),
  plain('uint128', 16, 'UInt128', (from) => wide(from, 'uint128', false)),
  plain('int8', 1, 'Int8', (from) => from.view.getInt8(from.take(1, 'int8'))),
  plain('int16', 2, 'Int16', (from) => from.view.getInt16(from.take(2, 'int16'), true)),
  plain('int32', 4, 'Int32', (from) => from.view.getInt32(from.take(4, 'int32'), true)),
  plain('int64', 8, 'Int64', (from) => String(from.i64())),
  plain('int128', 16, 'Int128', (from) => wide(from, 'int128', true)),
  varint('varuint32', 'UInt32', (raw) => raw),
  varint('varint32', 'Int32', (raw) => (raw >>> 1) ^ -(raw & 1)),
  plain('float32', 4, 'Float32', (from) => floatText(from.view.getFloat32(from.take(4, 'float32'), true))),
  plain('float64', 8, 'Float64', (from) => floatText(from.view.getFloat64(from.take(8, 'float64'), true))),
  plain('float128', 16, 'FixedString(16)', (from) => hex(from, 16, 'float128')),
  plain('checksum160', 20, 'FixedString(20)', (from) => hex(from, 20, 'checksum160')),
  plain('checksum256', 32, 'FixedString(32)', (from) => hex(from, 32, 'checksum256')),
  plain('checksum512', 64, 'FixedString(64)', (from) => hex(from, 64, 'checksum512')),
  plain('time_point_sec', 4, "DateTime('UTC')", (from) =>
    timeText(from.u32('time_point_sec') * 1000).slice(0, -4),
  ),
  plain('time_point', 8, "DateTime64(6, 'UTC')", (from) => microText(from.i64('time_point'))),
  blockTimestamp,
  sized('name', 8, text, nullableText, [nameWrite], readName),
  sized('symbol', 8, text, nullableText, [symbolWrite], readSymbol),
  sized(
    'symbol_code',
    8,
    text,
    nullableText,
    [internedWrite('symbol_code', interned.symbolCode)],
    internedText('symbol_code', symbolCodeText),
  ),
  asset,
  sized(
    'extended_asset',
    24,
    `Tuple(quantity ${asset.column}, contract ${text})`,
    null,
    [...asset.steps, nameWrite],
    (from) => ({ quantity: assetText(from), contract: readName(from) }),
  ),
  blob('string', utf8),
  blob('bytes', (bytes) => bytes.toString('hex')),
  ...keyCodecs,
  bitset,
];

/** Codecs of the types that every ABI may name without declaring them. */
export const builtins: ReadonlyMap<string, Codec> = new Map(all.map((codec) => [codec.type, codec]));
