import { AbiError } from '../errors.ts';
import { asJsonText, nameWeight, skipping } from './codec.ts';
import type { Codec, Json, Skip } from './codec.ts';
import { columnName } from './column-name.ts';
import { maxColumnText } from './containers.ts';
import type { Reader } from './reader.ts';

/** More values than this in one is an attack, not a contract. */
const maxWeight = 20_000;
const maxSteps = 2_000;

function totalSize(parts: readonly Codec[]): number | null {
  let total = 0;
  for (const { size } of parts) {
    if (size === null) return null;
    total += size;
  }
  return total;
}

/** ClickHouse keeps this name of a Tuple's elements for itself. */
const reserved = ['null'];

/** The weight of fields one after the other. Throws AbiError on a field named twice, and above what is sane. */
export function weightOf(type: string, fields: readonly (readonly [name: string, codec: Codec])[]): number {
  if (new Set(fields.map(([name]) => name)).size < fields.length) {
    throw new AbiError(`ABI: struct '${type}' names a field twice`);
  }
  const weight = fields.reduce((sum, [name, codec]) => sum + codec.weight + nameWeight(name), 1);
  if (weight > maxWeight) throw new AbiError(`ABI: struct '${type}' holds more than ${maxWeight} values`);
  return weight;
}

/** A struct: its fields one after the other; a named Tuple column, JSON text when empty or monstrous. */
export function structOf(type: string, fields: readonly (readonly [name: string, codec: Codec])[]): Codec {
  const parts = fields.map(([, codec]) => codec);
  const weight = weightOf(type, fields);
  const taken = new Set(reserved);
  const columns = fields.map(([name, codec]) => `${quoted(columnName(name, taken))} ${codec.column}`);
  const decode = (from: Reader): Json =>
    Object.fromEntries(fields.map(([name, codec]) => [name, codec.decode(from)]));
  const built: Codec = {
    type,
    minSize: parts.reduce((sum, part) => sum + part.minSize, 0),
    size: totalSize(parts),
    weight,
    column: `Tuple(${columns.join(', ')})`,
    nullable: null,
    steps: parts.flatMap((part) => part.steps),
    skip: skipping(parts),
    decode,
  };
  const plain = fields.length > 0 && built.column.length <= maxColumnText && built.steps.length <= maxSteps;
  return plain ? built : asJsonText(built);
}

function quoted(name: string): string {
  return `\`${name}\``;
}

/** A variant: a tag, then the case's value; JSON text `["case", value]`. */
export function variantOf(type: string, cases: readonly (readonly [name: string, codec: Codec])[]): Codec {
  function chosen(from: Reader): readonly [string, Codec] {
    const tag = from.varuint32(type);
    const found = cases[tag] ?? from.fail(type, `unknown case ${tag} of ${cases.length}`);
    from.spend(found[1].weight + nameWeight(found[0]), type);
    return found;
  }
  const decode = (from: Reader): Json => {
    const [name, codec] = chosen(from);
    return [name, codec.decode(from)];
  };
  const skip: Skip = (from) => {
    chosen(from)[1].skip(from);
  };
  return asJsonText({ ...opaque, type, minSize: 1, decode, skip });
}

/** What is the same for all types that have no form but JSON text. */
const opaque = { size: null, weight: 1, column: 'String', nullable: null, steps: [] } as const;

/** A type inside itself: found when it runs, JSON text. */
export function later(type: string, find: () => Codec | undefined): Codec {
  function inside<Result>(from: Reader, run: (codec: Codec) => Result): Result {
    const codec = find() ?? from.fail(type, 'the type is not complete');
    from.enter(type);
    from.spend(codec.weight, type);
    const result = run(codec);
    from.leave();
    return result;
  }
  const decode = (from: Reader): Json => inside(from, (codec) => codec.decode(from));
  const skip: Skip = (from) => {
    inside(from, (codec) => {
      codec.skip(from);
    });
  };
  return asJsonText({ ...opaque, type, minSize: 0, decode, skip });
}
