import type { Abi } from '../../abi/abi.ts';
import type { Fields, StructType, Type } from './types.ts';

/** An ABI's type as a tree, for random data of contracts as they are. Throws on names that the ABI lacks. */
export function treeOf(abi: Abi, type: string, open: ReadonlyMap<string, () => Type> = new Map()): Type {
  const inner = (name: string): Type => treeOf(abi, name, open);
  if (type.endsWith('$')) return { kind: 'extension', of: inner(type.slice(0, -1)) };
  if (type.endsWith('?')) return { kind: 'optional', of: inner(type.slice(0, -1)) };
  if (type.endsWith('[]')) return { kind: 'array', of: inner(type.slice(0, -2)) };
  const find = open.get(type);
  if (find !== undefined) return { kind: 'self', name: type, find };
  const alias = abi.types.find((one) => one.new_type_name === type);
  if (alias !== undefined) return { kind: 'alias', name: type, of: inner(alias.type) };
  const hole: { made?: Type } = {};
  const within = new Map([...open, [type, (): Type => hole.made as Type]]);
  const variant = abi.variants.find((one) => one.name === type);
  if (variant !== undefined)
    return (hole.made = {
      kind: 'variant',
      name: type,
      cases: variant.types.map((one) => treeOf(abi, one, within)),
    });
  const struct = abi.structs.find((one) => one.name === type);
  if (struct === undefined) return { kind: 'leaf', name: type };
  const fields: Fields = struct.fields.map((field) => [field.name, treeOf(abi, field.type, within)]);
  const base = struct.base === '' ? null : (inner(struct.base) as StructType);
  return (hole.made = { kind: 'struct', name: type, base, fields });
}

/** The struct of an action's data. */
export function actionTree(abi: Abi, action: string): StructType {
  const declared = abi.actions.find((one) => one.name === action);
  return treeOf(abi, declared?.type ?? action) as StructType;
}
