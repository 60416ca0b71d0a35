import { AbiError } from '../errors.ts';

export type Field = { readonly name: string; readonly type: string };
export type Struct = { readonly name: string; readonly base: string; readonly fields: readonly Field[] };

/** What the indexer needs of an ABI, in the JSON form of `abi_def`. */
export type Abi = {
  readonly version: string;
  readonly types: readonly { readonly new_type_name: string; readonly type: string }[];
  readonly structs: readonly Struct[];
  readonly actions: readonly { readonly name: string; readonly type: string }[];
  readonly tables: readonly { readonly name: string; readonly type: string }[];
  readonly variants: readonly { readonly name: string; readonly types: readonly string[] }[];
};

type Loose = { readonly [key: string]: unknown };

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(item: Loose, key: string): string {
  const value = item[key] ?? '';
  if (typeof value !== 'string') throw new AbiError(`ABI: expected text in '${key}', got ${typeof value}`);
  return value;
}

function list<Item>(source: Loose, key: string, read: (item: Loose) => Item): Item[] {
  const items = source[key] ?? [];
  if (!Array.isArray(items)) throw new AbiError(`ABI: expected a list in '${key}'`);
  return items.map((item: unknown) => {
    if (!isObject(item)) throw new AbiError(`ABI: expected objects in '${key}'`);
    return read(item);
  });
}

function types(item: Loose): string[] {
  const names = item['types'];
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw new AbiError("ABI: expected a list of type names in a variant's 'types'");
  }
  return names;
}

/** Reads an ABI from its JSON form. Throws AbiError naming the part that is not as expected. */
export function abiFromJson(json: unknown): Abi {
  if (!isObject(json)) throw new AbiError('ABI: expected an object');
  const field = (item: Loose): Field => ({ name: text(item, 'name'), type: text(item, 'type') });
  return {
    version: text(json, 'version'),
    types: list(json, 'types', (item) => ({
      new_type_name: text(item, 'new_type_name'),
      type: text(item, 'type'),
    })),
    structs: list(json, 'structs', (item) => ({
      name: text(item, 'name'),
      base: text(item, 'base'),
      fields: list(item, 'fields', field),
    })),
    actions: list(json, 'actions', field),
    tables: list(json, 'tables', field),
    variants: list(json, 'variants', (item) => ({ name: text(item, 'name'), types: types(item) })),
  };
}
