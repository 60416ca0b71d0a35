import { AbiError } from '../errors.ts';
import type { Types } from './compile.ts';
import { nameValue } from './names.ts';
import { RowBuffer } from './row-buffer.ts';

/** Plain data for packing: as `Json` decodes it, with bigint and bytes welcome too. */
export type Packable =
  string | number | bigint | boolean | null | Uint8Array | readonly Packable[] | PackableStruct;
export interface PackableStruct {
  readonly [field: string]: Packable;
}

type Put = (value: Packable, to: RowBuffer, type: string) => void;

function integer(bytes: number): Put {
  return (value, to, type) => {
    if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string')
      refuse(type, value);
    for (let i = 0, left = BigInt.asUintN(bytes * 8, BigInt(value)); i < bytes; i++, left >>= 8n) {
      to.u8(Number(left & 0xffn));
    }
  };
}

function raw(value: Packable, type: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value)) return Buffer.from(value, 'hex');
  return refuse(type, value);
}

function refuse(type: string, value: Packable): never {
  throw new AbiError(`cannot pack ${typeof value} as ${type}`);
}

function text(value: Packable | undefined): string {
  if (typeof value !== 'string') throw new AbiError(`expected text, got ${typeof value}`);
  return value;
}

function blob(bytes: Uint8Array, to: RowBuffer): void {
  to.varuint(bytes.length);
  to.put(bytes);
}

const putName: Put = (value, to) => {
  to.i64(BigInt.asIntN(64, nameValue(text(value))));
};
const putRaw: Put = (value, to, type) => {
  to.put(raw(value, type));
};

const simple: Readonly<Record<string, Put>> = {
  ...{ uint8: integer(1), uint16: integer(2), uint32: integer(4), uint64: integer(8), uint128: integer(16) },
  ...{ int8: integer(1), int16: integer(2), int32: integer(4), int64: integer(8), int128: integer(16) },
  ...{ time_point: integer(8), time_point_sec: integer(4), block_timestamp_type: integer(4) },
  bool: (value, to) => {
    to.u8(value === true ? 1 : 0);
  },
  varuint32: (value, to) => {
    to.varuint(Number(value));
  },
  ...{
    name: putName,
    checksum160: putRaw,
    checksum256: putRaw,
    checksum512: putRaw,
    signature: putRaw,
    public_key: putRaw,
  },
  bytes: (value, to, type) => {
    blob(raw(value, type), to);
  },
  string: (value, to) => {
    to.text(text(value));
  },
};

function isStruct(value: Packable): value is PackableStruct {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

function pack(types: Types, type: string, value: Packable, to: RowBuffer): void {
  const name = types.resolve(type);
  const put = simple[name];
  if (put !== undefined) {
    put(value, to, name);
  } else if (name.endsWith('?')) {
    to.u8(value === null ? 0 : 1);
    if (value !== null) pack(types, name.slice(0, -1), value, to);
  } else if (name.endsWith('$')) {
    pack(types, name.slice(0, -1), value, to);
  } else if (name.endsWith('[]')) {
    if (!Array.isArray(value)) refuse(name, value);
    to.varuint(value.length);
    for (const item of value as readonly Packable[]) pack(types, name.slice(0, -2), item, to);
  } else if (Array.isArray(value)) {
    const [chosen, inner] = value as readonly Packable[];
    const tag = types.cases(name).indexOf(text(chosen));
    if (tag < 0 || inner === undefined) refuse(name, value);
    to.varuint(tag);
    pack(types, text(chosen), inner, to);
  } else {
    if (!isStruct(value)) refuse(name, value);
    for (const field of types.fields(name)) {
      const item = value[field.name];
      if (item === undefined && field.type.endsWith('$')) return;
      if (item === undefined) throw new AbiError(`cannot pack ${name}: its field '${field.name}' is missing`);
      pack(types, field.type, item, to);
    }
  }
}

/**
 * Packs plain data by an ABI: the protocol's requests. Variants are `[case, value]`, checksums and bytes hex or bytes,
 * times their raw numbers; assets and symbols have no text form here. Throws AbiError naming what does not fit.
 */
export function encode(types: Types, type: string, value: Packable): Uint8Array<ArrayBuffer> {
  const to = new RowBuffer(256);
  pack(types, type, value, to);
  return to.take();
}
