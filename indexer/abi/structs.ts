import { AbiError } from '../errors.ts';
import { asJsonText, skipping } from './codec.ts';
import type { Codec, Json } from './codec.ts';
import { columnName } from './column-name.ts';
import { maxColumnText } from './containers.ts';
import type { Reader } from './reader.ts';

/** More leaves than this in one value is an attack, not a contract. */
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

/** A struct: its fields one after the other; a named Tuple column, JSON text when empty or monstrous. */
export function structOf(type: string, fields: readonly (readonly [name: string, codec: Codec])[]): Codec {
  const parts = fields.map(([, codec]) => codec);
  const weight = parts.reduce((sum, part) => sum + part.weight, 1);
  if (weight > maxWeight) throw new AbiError(`ABI: struct '${type}' has more than ${maxWeight} leaves`);
  const taken = new Set<string>();
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
    return cases[tag] ?? from.fail(type, `unknown case ${tag} of ${cases.length}`);
  }
  const decode = (from: Reader): Json => {
    const [name, codec] = chosen(from);
    return [name, codec.decode(from)];
  };
  return asJsonText({
    ...{ type, minSize: 1, size: null, column: 'String', nullable: null, steps: [], decode },
    weight: cases.reduce((sum, [, codec]) => sum + codec.weight, 1),
    skip: (from) => {
      chosen(from)[1].skip(from);
    },
  });
}

/** A type inside itself: found when it runs, JSON text. */
export function later(type: string, find: () => Codec | undefined): Codec {
  function inside<Result>(from: Reader, run: (codec: Codec) => Result): Result {
    const codec = find() ?? from.fail(type, 'the type is not complete');
    from.enter(type);
    const result = run(codec);
    from.leave();
    return result;
  }
  const decode = (from: Reader): Json => inside(from, (codec) => codec.decode(from));
  const skip = (from: Reader): void => {
    inside(from, (codec) => {
      codec.skip(from);
    });
  };
  return asJsonText({
    ...{ type, minSize: 0, size: null, weight: 1, column: 'String' },
    nullable: null,
    steps: [],
    skip,
    decode,
  });
}
