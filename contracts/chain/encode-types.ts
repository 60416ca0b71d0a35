import { nameNumber } from '../devnet/bytes/name.ts';
import type { Writer } from '../devnet/bytes/writer.ts';
import { parsePublicKey, parseSignature } from './keys.ts';

/** Appends a JSON value as one ABI type packs it. Throws `TypeError` saying what was expected and what came. */
export type Encode = (writer: Writer, value: unknown) => void;

/** What came instead, short enough for an error. */
export function shown(value: unknown): string {
  const plain = (_key: string, item: unknown): unknown => (typeof item === 'bigint' ? String(item) : item);
  const text = JSON.stringify(value, plain) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

const wrong = (expected: string, value: unknown): never => {
  throw new TypeError(`${expected} expected, got ${shown(value)}`);
};

const DIGITS = /^-?\d{1,39}$/;

/** A whole number given as number, bigint or decimal text, as a bigint. */
function whole(value: unknown, expected: string): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && DIGITS.test(value)) return BigInt(value);
  return wrong(expected, value);
}

/** Up to 32 bits: the usual number stays a number. */
function small(bits: 8 | 16 | 32, signed: boolean): Encode {
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const high = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const expected = `a whole number from ${String(low)} to ${String(high)}`;
  return (writer, value) => {
    const number = typeof value === 'number' ? value : Number(whole(value, expected));
    if (!Number.isInteger(number) || number < low || number > high) wrong(expected, value);
    if (bits === 32) writer.u32(number);
    else if (bits === 16) writer.u16(number & 0xffff);
    else writer.u8(number & 0xff);
  };
}

function wide(bits: 64 | 128, signed: boolean): Encode {
  const low = signed ? -(1n << BigInt(bits - 1)) : 0n;
  const high = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const expected = `a whole number from ${String(low)} to ${String(high)}`;
  return (writer, value) => {
    if (bits === 64 && typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) {
      writer.n64(value);
      return;
    }
    const number = whole(value, expected);
    if (number < low || number > high) wrong(expected, value);
    writer.u64(BigInt.asUintN(64, number));
    if (bits === 128) writer.u64(BigInt.asUintN(64, number >> 64n));
  };
}

const uint32 = small(32, false);
const int64 = wide(64, true);
const uint64 = wide(64, false);

const varuint: Encode = (writer, value) => {
  const expected = 'a whole number from 0 to 4294967295';
  const number = Number(whole(value, expected));
  if (number < 0 || number > 0xffff_ffff) wrong(expected, value);
  writer.varuint(number);
};

/** Zigzag: the sign is the lowest bit. */
const varint: Encode = (writer, value) => {
  const expected = 'a whole number from -2147483648 to 2147483647';
  const number = Number(whole(value, expected));
  if (number < -0x8000_0000 || number > 0x7fff_ffff) wrong(expected, value);
  writer.varuint(((number << 1) ^ (number >> 31)) >>> 0);
};

const float =
  (size: 4 | 8): Encode =>
  (writer, value) => {
    const number = typeof value === 'string' ? Number(value || NaN) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) return wrong('a number', value);
    const bytes = Buffer.alloc(size);
    if (size === 4) bytes.writeFloatLE(number);
    else bytes.writeDoubleLE(number);
    writer.raw(bytes);
  };

const bool: Encode = (writer, value) => {
  if (typeof value !== 'boolean') wrong('true or false', value);
  writer.u8(value === true ? 1 : 0);
};

const name: Encode = (writer, value) => {
  if (typeof value !== 'string') return wrong('a name', value);
  writer.u64(nameNumber(value));
};

const string: Encode = (writer, value) => {
  if (typeof value !== 'string') return wrong('a text', value);
  writer.text(value);
};

/** Bytes given as hexadecimal text or as bytes. */
function bytesOf(value: unknown, expected: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'string') return wrong(expected, value);
  const bytes = Buffer.from(value, 'hex');
  return bytes.length * 2 === value.length ? bytes : wrong(expected, value);
}

const bytes: Encode = (writer, value) => {
  writer.blob(bytesOf(value, 'bytes as hexadecimal text'));
};

function fixed(size: number): Encode {
  const expected = `${String(size)} bytes as hexadecimal text`;
  return (writer, value) => {
    const given = bytesOf(value, expected);
    if (given.length !== size) wrong(expected, value);
    writer.raw(given);
  };
}

const CODE = /^[A-Z]{1,7}$/;

function writeCode(writer: Writer, code: string): void {
  for (let at = 0; at < 7; at++) writer.u8(at < code.length ? code.charCodeAt(at) : 0);
}

const symbolCode: Encode = (writer, value) => {
  if (typeof value !== 'string' || !CODE.test(value)) return wrong('a symbol code like "KG"', value);
  writeCode(writer, value);
  writer.u8(0);
};

const SYMBOL = /^(\d{1,2}),([A-Z]{1,7})$/;
const LARGEST_PRECISION = 18;

const symbol: Encode = (writer, value) => {
  const [, precision, code] = SYMBOL.exec(String(value)) ?? [];
  if (code === undefined || Number(precision) > LARGEST_PRECISION)
    return wrong('a symbol like "3,KG"', value);
  writer.u8(Number(precision));
  writeCode(writer, code);
};

const ASSET = /^(-?\d{1,19})(?:\.(\d{1,18}))? ([A-Z]{1,7})$/;

const asset: Encode = (writer, value) => {
  const match = typeof value === 'string' ? ASSET.exec(value) : null;
  if (match === null) return wrong('an asset like "1.000 KG"', value);
  const [, units = '', fraction = '', code = ''] = match;
  const digits = units + fraction;
  int64(writer, digits.length < 16 ? Number(digits) : BigInt(digits));
  writer.u8(fraction.length);
  writeCode(writer, code);
};

const extendedAsset: Encode = (writer, value) => {
  const { quantity, contract } = (value ?? {}) as { quantity?: unknown; contract?: unknown };
  asset(writer, quantity);
  name(writer, contract);
};

/** Milliseconds since 1970 of ISO text without a zone, as nodeos prints times, or of a Date. */
function milliseconds(value: unknown): number {
  const ms = value instanceof Date ? value.getTime() : Date.parse(`${String(value).replace(/Z$/, '')}Z`);
  return Number.isFinite(ms) ? ms : wrong('a time like "2026-11-21T12:00:00"', value);
}
const isTicks = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint';

/** A time as text or Date, or its number of ticks as it is packed. */
const time =
  (ticks: Encode, ofMilliseconds: (ms: number) => number): Encode =>
  (writer, value) => {
    ticks(writer, isTicks(value) ? value : ofMilliseconds(milliseconds(value)));
  };

/** 2000-01-01T00:00:00Z, where block slots begin. */
const SLOTS_FROM_MS = 946_684_800_000;

const publicKey: Encode = (writer, value) => {
  writer.u8(0).raw(parsePublicKey(String(value)));
};
const signature: Encode = (writer, value) => {
  writer.u8(0).raw(parseSignature(String(value)));
};

/** The types that every ABI knows. Keys and signatures are of the curve K1. */
export const BUILT_IN: ReadonlyMap<string, Encode> = new Map(
  Object.entries({
    bool,
    int8: small(8, true),
    int16: small(16, true),
    int32: small(32, true),
    int64,
    int128: wide(128, true),
    uint8: small(8, false),
    uint16: small(16, false),
    uint32,
    uint64,
    uint128: wide(128, false),
    varint32: varint,
    varuint32: varuint,
    float32: float(4),
    float64: float(8),
    float128: fixed(16),
    time_point: time(int64, (ms) => ms * 1000),
    time_point_sec: time(uint32, (ms) => Math.round(ms / 1000)),
    block_timestamp_type: time(uint32, (ms) => Math.round((ms - SLOTS_FROM_MS) / 500)),
    name,
    string,
    bytes,
    checksum160: fixed(20),
    checksum256: fixed(32),
    checksum512: fixed(64),
    symbol,
    symbol_code: symbolCode,
    asset,
    extended_asset: extendedAsset,
    public_key: publicKey,
    signature,
  }),
);
