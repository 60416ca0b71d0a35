import type { ABI } from '@wharfkit/antelope';
import { Writer } from '../devnet/bytes/writer.ts';
import { BUILT_IN, shown } from './encode-types.ts';
import type { Encode } from './encode-types.ts';

/** Packs the JSON data of an ABI's actions. Throws `TypeError` naming action, field, what was expected and what came. */
export type ActionEncoder = {
  has(action: string): boolean;
  /** A view that the next call overwrites. */
  encode(action: string, data: unknown): Uint8Array;
};

/** Compiles an ABI: its types are resolved once, on first use, and not again for each action. */
export function compileEncoder(abi: ABI): ActionEncoder {
  const typeOf = typesOf(abi);
  const actions = new Map(abi.actions.map(({ name, type }) => [String(name), type]));
  const writer = new Writer(1024);
  return {
    has: (action) => actions.has(action),
    encode: (action, data) => {
      const type = actions.get(action);
      if (type === undefined) throw new TypeError(`an action of the ABI expected, got "${action}"`);
      writer.clear();
      inside(action, () => {
        typeOf(type)(writer, data);
      });
      return writer.view();
    },
  };
}

/** Where in the data an error is: fields and positions, from the outside in. */
class FieldError extends TypeError {
  readonly path: string;
  readonly what: string;
  constructor(path: string, what: string) {
    super(`${path}: ${what}`);
    this.path = path;
    this.what = what;
  }
}

function located(field: string, error: unknown): FieldError {
  if (error instanceof FieldError) return new FieldError(`${field}.${error.path}`, error.what);
  return new FieldError(field, error instanceof Error ? error.message : String(error));
}

function inside(field: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw located(field, error);
  }
}

/** Encoders by type text, made when first asked for; a type may hold itself. */
function typesOf(abi: ABI): (type: string) => Encode {
  const known = new Map<string, Encode>(BUILT_IN);
  const aliases = new Map(abi.types.map(({ new_type_name: name, type }) => [name, type]));
  const structs = new Map(abi.structs.map((struct) => [struct.name, struct]));
  const variants = new Map(abi.variants.map(({ name, types }) => [name, types]));

  function typeOf(type: string): Encode {
    let encode = known.get(type);
    if (encode === undefined) {
      let made: Encode | undefined;
      known.set(type, (writer, value) => made?.(writer, value));
      known.set(type, (encode = made = compile(type)));
    }
    return encode;
  }
  function compile(type: string): Encode {
    if (type.endsWith('$')) return typeOf(type.slice(0, -1));
    if (type.endsWith('?')) return optional(typeOf(type.slice(0, -1)));
    if (type.endsWith('[]')) return array(typeOf(type.slice(0, -2)));
    const alias = aliases.get(type);
    if (alias !== undefined) return typeOf(alias);
    const types = variants.get(type);
    if (types !== undefined) return variant(types, types.map(typeOf));
    if (structs.has(type)) return struct(type);
    throw new TypeError(`a type of the ABI expected, got "${type}"`);
  }
  function struct(name: string): Encode {
    const fields: Field[] = [];
    for (let at = structs.get(name); at !== undefined; at = structs.get(at.base))
      fields.unshift(
        ...at.fields.map(({ name: field, type }) => ({
          name: field,
          encode: typeOf(type),
          extension: type.endsWith('$'),
        })),
      );
    return structOf(name, fields);
  }
  return typeOf;
}

type Field = { readonly name: string; readonly encode: Encode; readonly extension: boolean };

/** An extension (`type$`) that is absent ends the struct: nothing of it is written. */
function structOf(name: string, fields: readonly Field[]): Encode {
  return (writer, value) => {
    if (typeof value !== 'object' || value === null)
      throw new TypeError(`an object (${name}) expected, got ${shown(value)}`);
    const data = value as Readonly<Record<string, unknown>>;
    for (const field of fields) {
      const given = data[field.name];
      if (field.extension && given === undefined) continue;
      try {
        field.encode(writer, given);
      } catch (error) {
        throw located(field.name, error);
      }
    }
  };
}

const optional =
  (encode: Encode): Encode =>
  (writer, value) => {
    const present = value !== undefined && value !== null;
    writer.bool(present);
    if (present) encode(writer, value);
  };

const array =
  (encode: Encode): Encode =>
  (writer, value) => {
    if (!Array.isArray(value)) throw new TypeError(`a list expected, got ${shown(value)}`);
    const items: readonly unknown[] = value;
    writer.varuint(items.length);
    for (let at = 0; at < items.length; at++) {
      try {
        encode(writer, items[at]);
      } catch (error) {
        throw located(String(at), error);
      }
    }
  };

/** A pair: the name of one of the variant's types, and a value of it. */
const variant =
  (types: readonly string[], encoders: readonly Encode[]): Encode =>
  (writer, value) => {
    const [type, held] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    const index = types.findIndex((name) => name === type);
    const encode = encoders[index];
    if (encode === undefined)
      throw new TypeError(`a pair of a type (${types.join(', ')}) and a value expected, got ${shown(value)}`);
    writer.varuint(index);
    inside(String(type), () => {
      encode(writer, held);
    });
  };
