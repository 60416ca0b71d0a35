import { RowBuffer } from '../../abi/row-buffer.ts';
import { allFields } from './types.ts';
import type { StructType, Type } from './types.ts';
import type { Random } from './random.ts';

const sizes: Readonly<Record<string, number>> = {
  ...{
    uint8: 1,
    uint16: 2,
    uint32: 4,
    uint64: 8,
    uint128: 16,
    int8: 1,
    int16: 2,
    int32: 4,
    int64: 8,
    int128: 16,
  },
  ...{ float128: 16, checksum160: 20, checksum256: 32, checksum512: 64, name: 8 },
  ...{ time_point_sec: 4, block_timestamp_type: 4 },
};
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const texts = ['', 'кг', '"quoted" \\ and\nlines', 'null', '🥔', ' ', '2026-01-01', '12.5', 'a'.repeat(200)];

function symbolCode(random: Random): Buffer {
  const code = Array.from({ length: 1 + random.upTo(6) }, () => letters[random.upTo(25)] as string).join('');
  return Buffer.concat([Buffer.from(code), Buffer.alloc(8 - code.length)]);
}

function symbol(random: Random): Buffer {
  return Buffer.concat([Buffer.from([random.upTo(18)]), symbolCode(random).subarray(0, 7)]);
}

/** A finite number, of any magnitude. */
function float(random: Random, size: 4 | 8): Buffer {
  const bytes = random.bytes(size);
  const value = size === 4 ? bytes.readFloatLE() : bytes.readDoubleLE();
  return Number.isFinite(value) ? bytes : Buffer.alloc(size);
}

/** Microseconds, at times between milliseconds, of this and the next century. */
function timePoint(random: Random): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(random.u32()) * 1_000_000n + BigInt(random.upTo(999_999)));
  return bytes;
}

function blob(bytes: Uint8Array): Buffer {
  const to = new RowBuffer(bytes.length + 5);
  to.varuint(bytes.length);
  to.put(bytes);
  return Buffer.from(to.take());
}

function key(random: Random, type: string): Buffer {
  const curve = random.upTo(type === 'private_key' ? 1 : 2);
  const size = { public_key: 33, signature: 65, private_key: 32 }[type] ?? 0;
  const parts = [Buffer.from([curve]), random.bytes(size)];
  const small = (): Buffer => blob(random.bytes(random.upTo(20)));
  if (curve === 2 && type === 'public_key')
    parts.push(Buffer.from([random.upTo(2)]), blob(Buffer.from('example.org')));
  if (curve === 2 && type === 'signature') parts.push(small(), blob(Buffer.from('{"type":"webauthn.get"}')));
  return Buffer.concat(parts);
}

function bitset(random: Random): Buffer {
  const bits = random.upTo(30);
  const bytes = random.bytes(Math.ceil(bits / 8));
  if (bits % 8 > 0) bytes[bytes.length - 1] = (bytes.at(-1) as number) & ((1 << (bits % 8)) - 1);
  return Buffer.concat([Buffer.from([bits]), bytes]);
}

function varuint(value: number): Buffer {
  const to = new RowBuffer(5);
  to.varuint(value);
  return Buffer.from(to.take());
}

function leaf(name: string, random: Random): Buffer {
  const size = sizes[name];
  if (size !== undefined) return random.bytes(size);
  if (name === 'bool') return Buffer.from([random.upTo(1)]);
  if (name.startsWith('var')) return varuint(random.u32() >>> random.upTo(31));
  if (name.startsWith('float')) return float(random, name === 'float32' ? 4 : 8);
  if (name === 'time_point') return timePoint(random);
  if (name === 'string') return blob(Buffer.from(random.pick(texts)));
  if (name === 'bytes') return blob(random.bytes(random.upTo(40)));
  if (name === 'symbol_code') return symbolCode(random);
  if (name === 'symbol') return symbol(random);
  if (name === 'bitset') return bitset(random);
  if (name === 'asset') return Buffer.concat([random.bytes(8), symbol(random)]);
  if (name === 'extended_asset') return Buffer.concat([random.bytes(8), symbol(random), random.bytes(8)]);
  return key(random, name);
}

/** Bytes of a random value of the type; containers get emptier the deeper they lie. */
function value(type: Type, random: Random, depth: number): Buffer {
  if (type.kind === 'leaf') return leaf(type.name, random);
  if (type.kind === 'alias' || type.kind === 'extension') return value(type.of, random, depth);
  if (type.kind === 'self') return value(type.find(), random, depth + 1);
  if (type.kind === 'struct')
    return Buffer.concat(allFields(type).map(([, of]) => value(of, random, depth + 1)));
  if (type.kind === 'fixed')
    return Buffer.concat(Array.from({ length: type.size }, () => value(type.of, random, depth + 1)));
  if (type.kind === 'optional') {
    const present = depth < 10 && random.oneIn(2);
    return Buffer.concat([
      Buffer.from([present ? 1 : 0]),
      ...(present ? [value(type.of, random, depth + 1)] : []),
    ]);
  }
  if (type.kind === 'array') {
    const items = random.times(depth < 10 ? (random.oneIn(20) ? 150 / (depth + 1) : 3) : 0, () =>
      value(type.of, random, depth + 2),
    );
    return Buffer.concat([varuint(items.length), ...items]);
  }
  // The first case is a leaf: what is deep ends with it.
  const tag = depth < 10 ? random.upTo(type.cases.length - 1) : 0;
  return Buffer.concat([Buffer.from([tag]), value(type.cases[tag] as Type, random, depth + 1)]);
}

/** Packed data of an action; of its extensions as many as the draw gives. */
export function randomData(action: StructType, random: Random): Buffer {
  const fields = allFields(action);
  const extensions = fields.filter(([, type]) => type.kind === 'extension').length;
  const given = fields.slice(0, fields.length - random.upTo(extensions));
  return Buffer.concat(given.map(([, type]) => value(type, random, 0)));
}

/** The same bytes cut, longer, or with some of them changed; counts and tags are hit most, being small. */
export function mutated(data: Buffer, random: Random): Buffer {
  const how = random.upTo(3);
  if (how === 0) return data.subarray(0, random.upTo(Math.max(data.length - 1, 0)));
  const copy = Buffer.from(data);
  if (how === 1) return Buffer.concat([copy, random.bytes(1 + random.upTo(5))]);
  const at = random.upTo(Math.max(copy.length - 1, 0));
  if (how === 2 && copy.length > 0) copy[at] = random.u32() & 0xff;
  else
    return Buffer.concat([
      copy.subarray(0, at),
      varuint(random.u32() >>> random.upTo(31)),
      copy.subarray(at),
    ]);
  return copy;
}
