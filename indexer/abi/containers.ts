import { asJsonText, jsonWrite, writer } from './codec.ts';
import type { Codec, Json, Skip, Step } from './codec.ts';
import type { Reader } from './reader.ts';

/** Longer type texts become JSON text: no sane contract has them, and engines choke on them. */
export const maxColumnText = 8192;

function repeated(
  codec: Codec,
  count: (from: Reader) => number,
): { skip: Skip; decode: (from: Reader) => Json } {
  const skip: Skip = (from) => {
    const items = count(from);
    if (codec.size !== null) from.take(items * codec.size, codec.type);
    else for (let i = 0; i < items; i++) codec.skip(from);
  };
  const decode = (from: Reader): Json => Array.from({ length: count(from) }, () => codec.decode(from));
  return { skip, decode };
}

function arrayLike(type: string, codec: Codec, minSize: number, count: (from: Reader) => number): Codec {
  const write = writer(codec.steps);
  const [copied] = codec.steps.length === 1 ? codec.steps : [];
  const built: Codec = {
    ...{ type, minSize, size: null, weight: 1, ...repeated(codec, count) },
    column: `Array(${codec.column})`,
    nullable: null,
    steps: [
      (from, to) => {
        const items = count(from);
        to.varuint(items);
        if (typeof copied === 'number') {
          to.copy(from.bytes, from.view, from.take(items * copied, type), items * copied);
        } else for (let i = 0; i < items; i++) write(from, to);
      },
    ],
  };
  return built.column.length > maxColumnText ? asJsonText(built) : built;
}

/** `T[]`: a count, then the elements. */
export function arrayOf(codec: Codec): Codec {
  const type = `${codec.type}[]`;
  return arrayLike(type, codec, 1, (from) => from.count(codec.minSize, type, codec.weight));
}

/** `T[n]`: the elements alone. */
export function fixedArrayOf(codec: Codec, items: number): Codec {
  const sized = arrayLike(`${codec.type}[${items}]`, codec, items * codec.minSize, () => items);
  return { ...sized, weight: 1 + items * codec.weight };
}

/** Steps behind a test of presence: RowBinary's null flag, then the value. */
function nullable(present: (from: Reader) => boolean, steps: readonly Step[]): Step {
  const write = writer(steps);
  return (from, to) => {
    const is = present(from);
    to.u8(is ? 0 : 1);
    if (is) write(from, to);
  };
}

/** A value behind a test of its presence: Nullable where ClickHouse has it, else JSON text, null when absent. */
function maybe(type: string, codec: Codec, minSize: number, isHere: (from: Reader) => boolean): Codec {
  const present = (from: Reader): boolean => {
    const is = isHere(from);
    if (is && codec.weight > 1) from.spend(codec.weight, type);
    return is;
  };
  const isTyped = codec.nullable !== null && codec.nullable !== codec.column;
  const column = isTyped ? codec.nullable : 'Nullable(String)';
  return {
    ...{ type, minSize, size: null, weight: 1, column, nullable: column },
    skip: (from) => {
      if (present(from)) codec.skip(from);
    },
    decode: (from) => (present(from) ? codec.decode(from) : null),
    steps: [nullable(present, isTyped ? codec.steps : [jsonWrite(codec)])],
  };
}

/** `T?`: a presence byte, then the value. */
export function optionalOf(codec: Codec): Codec {
  const type = `${codec.type}?`;
  return maybe(type, codec, 1, (from) => from.flag(type));
}

/** `T$`: a binary extension, there when bytes are left. An optional that is not there and one that holds nothing are both null. */
export function extensionOf(codec: Codec): Codec {
  const present = (from: Reader): boolean => from.pos < from.end;
  const extension = maybe(`${codec.type}$`, codec, 0, present);
  if (codec.column !== codec.nullable) return extension;
  const write = writer(codec.steps);
  return {
    ...extension,
    column: codec.column,
    nullable: codec.column,
    steps: [
      (from, to) => {
        if (present(from)) write(from, to);
        else to.u8(1);
      },
    ],
  };
}
