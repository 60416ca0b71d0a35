import { AbiError } from '../errors.ts';
import type { Abi, Field, Struct } from './abi.ts';
import { builtins } from './builtins.ts';
import { arrayOf, extensionOf, fixedArrayOf, optionalOf } from './containers.ts';
import { asJsonText } from './codec.ts';
import type { Codec } from './codec.ts';
import { knots } from './knots.ts';
import { later, structOf, variantOf } from './structs.ts';

/** Deepest chain of aliases, bases, suffixes and structs in one type. */
const maxNesting = 64;
/** Most fields of one struct, its bases' included. */
const maxFields = 1000;

/** One ABI's types, compiled at first use. `codec` throws AbiError on a type that cannot be. */
export type Types = {
  codec(type: string): Codec;
  /** A struct's fields with its base's first. */
  fields(struct: string): readonly Field[];
  /** A variant's cases in the order of their tags. */
  cases(variant: string): readonly string[];
  /** The type behind aliases. */
  resolve(type: string): string;
  /** True when the type is a struct, be it behind aliases. */
  isStruct(type: string): boolean;
};

export function compile(abi: Abi): Types {
  const aliases = new Map(abi.types.map((alias) => [alias.new_type_name, alias.type]));
  const structs = new Map(abi.structs.map((struct) => [struct.name, struct]));
  const variants = new Map(abi.variants.map((variant) => [variant.name, variant.types]));
  const done = new Map<string, Codec>(builtins);
  const open = new Set<string>();
  const knotted = knots(abi);
  let nesting = 0;

  function resolve(type: string): string {
    let name = type;
    for (let hops = 0; aliases.has(name) && !builtins.has(name); hops++) {
      if (hops > maxNesting) throw new AbiError(`ABI: alias '${type}' runs in a circle`);
      name = aliases.get(name) as string;
    }
    return name;
  }

  function struct(name: string): Struct {
    const found = structs.get(name);
    if (found === undefined) throw new AbiError(`ABI: type '${name}' is not declared`);
    return found;
  }

  function fields(name: string): readonly Field[] {
    const chain: Struct[] = [];
    for (let next = resolve(name); next !== ''; next = resolve(chain[0]?.base ?? '')) {
      if (chain.length > maxNesting) throw new AbiError(`ABI: bases of '${name}' run in a circle`);
      chain.unshift(struct(next));
    }
    if (chain.reduce((sum, part) => sum + part.fields.length, 0) > maxFields) {
      throw new AbiError(`ABI: '${name}' has more than ${maxFields} fields`);
    }
    return chain.flatMap((part) => part.fields);
  }

  function cases(name: string): readonly string[] {
    const found = variants.get(resolve(name));
    if (found === undefined) throw new AbiError(`ABI: variant '${name}' is not declared`);
    return found;
  }

  function build(type: string): Codec {
    if (type.endsWith('$')) return extensionOf(codec(type.slice(0, -1)));
    if (type.endsWith('?')) return optionalOf(codec(type.slice(0, -1)));
    if (type.endsWith('[]')) return arrayOf(codec(type.slice(0, -2)));
    const sized = /^(.*)\[(\d{1,4})\]$/.exec(type);
    if (sized !== null) return fixedArrayOf(codec(sized[1] as string), Number(sized[2]));
    if (variants.has(type))
      return variantOf(
        type,
        cases(type).map((name) => [name, codec(name)]),
      );
    const built = structOf(
      type,
      fields(type).map((field) => [field.name, codec(field.type)]),
    );
    return knotted.has(type) ? asJsonText(built) : built;
  }

  function codec(type: string): Codec {
    const name = resolve(type);
    const known = done.get(name);
    if (known !== undefined) return known;
    if (knotted.has(name) && open.has(name)) return later(name, () => done.get(name));
    if (++nesting > maxNesting) throw new AbiError(`ABI: type '${type}' is nested deeper than ${maxNesting}`);
    open.add(name);
    try {
      const built = build(name);
      done.set(name, built);
      return built;
    } finally {
      open.delete(name);
      nesting--;
    }
  }

  const isStruct = (type: string): boolean => structs.has(resolve(type)) && !builtins.has(resolve(type));

  return { codec, fields, cases, resolve, isStruct };
}
