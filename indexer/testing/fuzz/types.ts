import type { Abi } from '../../abi/abi.ts';
import type { Random } from './random.ts';

export type Fields = readonly (readonly [name: string, type: Type])[];

/** An ABI type as a tree; `self` is a struct or variant that is being declared further out. */
export type Type =
  | { readonly kind: 'leaf'; readonly name: string }
  | { readonly kind: 'array'; readonly of: Type }
  | { readonly kind: 'optional'; readonly of: Type }
  | { readonly kind: 'extension'; readonly of: Type }
  | { readonly kind: 'fixed'; readonly of: Type; readonly size: number }
  | { readonly kind: 'alias'; readonly name: string; readonly of: Type }
  | {
      readonly kind: 'struct';
      readonly name: string;
      readonly base: StructType | null;
      readonly fields: Fields;
    }
  | { readonly kind: 'variant'; readonly name: string; readonly cases: Type[] }
  | { readonly kind: 'self'; readonly name: string; readonly find: () => Type };

export type StructType = Type & { readonly kind: 'struct' };

/** Types that each library does not know, or shows too differently to compare. */
export const unknownTo = { wharfkit: ['private_key', 'bitset'], abieos: ['bitset'] } as const;

const leaves = [
  ...['uint8', 'uint16', 'uint32', 'uint64', 'uint128', 'int8', 'int16', 'int32', 'int64', 'int128'],
  ...['bool', 'varuint32', 'varint32', 'float32', 'float64', 'float128', 'name', 'string', 'bytes', 'asset'],
  ...['checksum160', 'checksum256', 'checksum512', 'time_point', 'time_point_sec', 'block_timestamp_type'],
  ...['symbol', 'symbol_code', 'extended_asset', 'public_key', 'signature'],
] as const;
const rareLeaves = ['private_key', 'bitset'] as const;
/** Names that want care in SQL or in JavaScript. */
const oddNames = ['null', 'select', 'имя', 'a b', '_', 'size0', '1st', 'block_num', 'value', '`'];

/** The type behind aliases. */
export function behind(type: Type): Type {
  return type.kind === 'alias' ? behind(type.of) : type.kind === 'self' ? type.find() : type;
}

/** A struct's fields with its base's first. */
export function allFields(struct: StructType): Fields {
  return [...(struct.base === null ? [] : allFields(struct.base)), ...struct.fields];
}

/** A struct for an action's data: any types within, extensions at its end. */
export function randomAction(random: Random): StructType {
  let serial = 0;
  /** Structs and variants that enclose what is being made. */
  const open: { readonly name: string; readonly find: () => Type }[] = [];

  function fieldsOf(depth: number, most: number): Fields {
    const taken = new Set<string>();
    return random.times(most, (at) => {
      const odd = random.pick(oddNames);
      const name = random.oneIn(6) && !taken.has(odd) ? odd : `f${at}_${serial++}`;
      taken.add(name);
      return [name, typeOf(depth)] as const;
    });
  }

  function struct(depth: number): StructType {
    const name = `s${serial++}`;
    const base = random.oneIn(4) && depth < 3 ? plainStruct(depth + 1) : null;
    const hole: { made?: StructType } = {};
    open.push({ name, find: () => hole.made as Type });
    const fields = fieldsOf(depth + 1, random.oneIn(8) ? 0 : 5);
    open.pop();
    return (hole.made = { kind: 'struct', name, base, fields });
  }

  function plainStruct(depth: number): StructType {
    return {
      kind: 'struct',
      name: `s${serial++}`,
      base: null,
      fields: [[`b${serial++}`, typeOf(depth + 1)]],
    };
  }

  function variant(depth: number): Type {
    const name = `v${serial++}`;
    const hole: { made?: Type } = {};
    const cases: Type[] = [leaf()];
    open.push({ name, find: () => hole.made as Type });
    for (const one of random.times(3, () => typeOf(depth + 1))) {
      if (!cases.some((known) => text(known) === text(one))) cases.push(one);
    }
    open.pop();
    return (hole.made = { kind: 'variant', name, cases });
  }

  function leaf(): Type {
    return { kind: 'leaf', name: random.pick(random.oneIn(40) ? rareLeaves : leaves) };
  }

  function typeOf(depth: number): Type {
    const kind =
      depth >= 4
        ? 'leaf'
        : random.pick([
            'leaf',
            'leaf',
            'leaf',
            'array',
            'optional',
            'fixed',
            'alias',
            'struct',
            'variant',
            'self',
          ]);
    const outer = random.pick([...open, null]);
    if (kind === 'array' || kind === 'optional') return { kind, of: typeOf(depth + 1) };
    if (kind === 'fixed') return { kind, of: typeOf(depth + 1), size: 1 + random.upTo(3) };
    if (kind === 'alias') return { kind, name: `a${serial++}`, of: typeOf(depth + 1) };
    if (kind === 'struct') return struct(depth);
    if (kind === 'variant') return variant(depth);
    // What holds itself must be able to end.
    if (kind === 'self' && outer !== null)
      return { kind: random.pick(['array', 'optional']), of: { kind: 'self', ...outer } };
    return leaf();
  }

  const fields = fieldsOf(0, 6);
  const extensions = random.oneIn(2)
    ? random.times(3, (at) => [`e${at}`, { kind: 'extension', of: typeOf(2) }] as const)
    : [];
  return {
    kind: 'struct',
    name: 'act',
    base: random.oneIn(4) ? plainStruct(1) : null,
    fields: [...fields, ...extensions],
  };
}

/** The type as an ABI spells it. */
export function text(type: Type): string {
  if (type.kind === 'array') return `${text(type.of)}[]`;
  if (type.kind === 'optional') return `${text(type.of)}?`;
  if (type.kind === 'extension') return `${text(type.of)}$`;
  if (type.kind === 'fixed') return `${text(type.of)}[${type.size}]`;
  return type.name;
}

/**
 * The ABI with one action `act`, of the given struct. `plain` is for libraries that know no nested containers and no fixed arrays: a
 * container inside a container lies in a struct of one field `v`, a fixed array is a struct of `v0`, `v1` and so on; the packed bytes
 * are the same.
 */
export function abiOf(action: StructType, plain: boolean): Abi {
  const structs = new Map<string, Abi['structs'][number]>();
  const variants: Abi['variants'][number][] = [];
  const types: Abi['types'][number][] = [];
  const wraps = new Map<string, string>();

  /** A struct in the type's place, of as many fields of it. */
  function wrap(type: Type, of: Type, fields: readonly string[]): string {
    const key = text(type);
    const known = wraps.get(key);
    if (known !== undefined) return known;
    const name = `w${wraps.size}`;
    wraps.set(key, name);
    const inner = spell(of);
    structs.set(name, { name, base: '', fields: fields.map((field) => ({ name: field, type: inner })) });
    return name;
  }

  function item(type: Type): string {
    return plain && ['array', 'optional'].includes(behind(type).kind) ? wrap(type, type, ['v']) : spell(type);
  }

  function spell(type: Type): string {
    if (!plain) return text(type);
    if (type.kind === 'array') return `${item(type.of)}[]`;
    if (type.kind === 'optional') return `${item(type.of)}?`;
    if (type.kind === 'extension') return `${spell(type.of)}$`;
    if (type.kind !== 'fixed') return type.name;
    return wrap(
      type,
      type.of,
      Array.from({ length: type.size }, (_, at) => `v${at}`),
    );
  }

  function declare(type: Type): void {
    if (type.kind === 'struct') {
      if (type.base !== null) declare(type.base);
      const fields = type.fields.map(([name, of]) => ({ name, type: spell(of) }));
      structs.set(type.name, { name: type.name, base: type.base?.name ?? '', fields });
      for (const [, of] of type.fields) declare(of);
    } else if (type.kind === 'variant') {
      variants.push({ name: type.name, types: type.cases.map(spell) });
      type.cases.forEach(declare);
    } else if (type.kind !== 'leaf' && type.kind !== 'self') {
      if (type.kind === 'alias') types.push({ new_type_name: type.name, type: spell(type.of) });
      declare(type.of);
    }
  }

  declare(action);
  const actions = [{ name: 'act', type: 'act' }];
  return { version: 'eosio::abi/1.1', types, structs: [...structs.values()], variants, actions, tables: [] };
}

/** True when a library that lacks these leaves cannot read the type. */
export function holds(type: Type, names: readonly string[]): boolean {
  if (type.kind === 'leaf') return names.includes(type.name);
  if (type.kind === 'self') return false;
  if (type.kind === 'variant') return type.cases.some((one) => holds(one, names));
  if (type.kind !== 'struct') return holds(type.of, names);
  return allFields(type).some(([, of]) => holds(of, names));
}
