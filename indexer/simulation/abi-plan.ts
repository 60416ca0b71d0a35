import { Packer } from './packer.ts';
import type { Random } from './random.ts';
import { drawExtension, drawKind, idKind } from './values.ts';
import type { Declared, Kind } from './values.ts';

export type Field = { readonly name: string; readonly kind: Kind };
/** An action or a table by its name, and what it is made of. */
export type Shape = { readonly name: string; readonly fields: readonly Field[] };

/** What a contract's ABI says of its actions and tables, and actions of a type that it does not declare. */
export type AbiPlan = {
  readonly actions: readonly Shape[];
  readonly tables: readonly Shape[];
  readonly broken: readonly string[];
};

/** Names that tables are made of; some are there to collide. */
const actionNames = ['act', 'log.move', 'tail', 'b.c', 'items.rows', 'act.v2'];
const fieldNames = ['id', 'note', 'block_num', 'amount', '1st', 'owner', 'select', 'кол-во'];

function drawFields(random: Random): Field[] {
  const names = fieldNames.filter(() => random.chance(0.45));
  const fields = names.map((name) => ({ name, kind: drawKind(random) }));
  return random.chance(0.05) ? fields : [{ name: 'first', kind: idKind }, ...fields];
}

const tableNames = ['items', 'act', 'b.c', 'history'];

function drawShapes(names: readonly string[], random: Random): Shape[] {
  return names.filter(() => random.chance(0.5)).map((name) => ({ name, fields: drawFields(random) }));
}

export function firstAbi(random: Random): AbiPlan {
  const actions = drawShapes(actionNames, random);
  if (actions.length === 0) actions.push({ name: 'act', fields: drawFields(random) });
  return {
    ...{ actions, tables: drawShapes(tableNames, random) },
    broken: random.chance(0.2) ? ['broken'] : [],
  };
}

const isExtension = ({ kind }: Field): boolean => kind.type.endsWith('$');

function changedFields(fields: readonly Field[], random: Random): readonly Field[] {
  const fixed = fields.filter((field) => !isExtension(field));
  switch (random.below(6)) {
    case 0:
      return fixed.slice().reverse();
    case 1:
      return fixed.filter(() => random.chance(0.8));
    case 2:
      return fixed.map((field) => (random.chance(0.2) ? { ...field, kind: drawKind(random) } : field));
    case 3:
      return [{ name: `new${random.below(3)}`, kind: drawKind(random) }, ...fixed].filter(
        ({ name }, i, all) => all.findIndex((field) => field.name === name) === i,
      );
    default: {
      const name = `extra${random.below(3)}`;
      return fields.some((field) => field.name === name)
        ? fields
        : [...fields, { name, kind: drawExtension(random) }];
    }
  }
}

/** Shapes of a later ABI: they come, go, change and return. */
function changedShapes(shapes: readonly Shape[], names: readonly string[], random: Random): Shape[] {
  const changed = shapes
    .filter(() => random.chance(0.95))
    .map((shape) => (random.chance(0.5) ? { ...shape, fields: changedFields(shape.fields, random) } : shape));
  const added = random.pick(names);
  if (random.chance(0.3) && !changed.some(({ name }) => name === added))
    changed.push({ name: added, fields: drawFields(random) });
  return changed;
}

export function nextAbi(plan: AbiPlan, first: AbiPlan, random: Random): AbiPlan {
  if (random.chance(0.15)) return first;
  return {
    actions: changedShapes(plan.actions, actionNames, random),
    tables: changedShapes(plan.tables, tableNames, random),
    broken: random.chance(0.2) ? ['broken'] : [],
  };
}

type Struct = { readonly name: string; readonly fields: readonly (readonly [name: string, type: string])[] };

/** What the kinds of all fields need declared, each once. */
function declared(plan: AbiPlan): Declared[] {
  const fields = [...plan.actions, ...plan.tables].flatMap((shape) => shape.fields);
  const items = fields.flatMap(({ kind }) => kind.declares);
  return [...new Map(items.map((item) => ['struct' in item ? item.struct : item.variant, item])).values()];
}

function structOf(prefix: string, { name, fields }: Shape): Struct {
  return {
    name: prefix + name.replaceAll('.', '_'),
    fields: fields.map((field) => [field.name, field.kind.type]),
  };
}

/** The packed `abi_def`. */
export function packAbi(plan: AbiPlan): Uint8Array {
  const parts = declared(plan);
  const actions = plan.actions.map((shape) => ({ name: shape.name, struct: structOf('do_', shape) }));
  for (const name of plan.broken)
    actions.push({ name, struct: { name: 'do_broken', fields: [['what', 'undeclared']] } });
  const tables = plan.tables.map((shape) => ({ name: shape.name, struct: structOf('row_', shape) }));
  const structs: Struct[] = [
    ...parts.flatMap((item) => ('struct' in item ? [{ name: item.struct, fields: item.fields }] : [])),
    ...[...actions, ...tables].map(({ struct }) => struct),
  ];
  const variants = parts.flatMap((item) => ('variant' in item ? [item] : []));
  const to = new Packer().text('eosio::abi/1.1').varuint(0);
  to.list(structs, ({ name, fields }) => {
    to.text(name)
      .text('')
      .list(fields, ([field, type]) => to.text(field).text(type));
  });
  to.list(actions, ({ name, struct }) => to.name(name).text(struct.name).text(''));
  to.list(tables, ({ name, struct }) => to.name(name).text('i64').varuint(0).varuint(0).text(struct.name));
  to.varuint(0).varuint(0).varuint(0);
  to.list(variants, ({ variant, types }) => {
    to.text(variant).list(types, (type) => to.text(type));
  });
  return to.done();
}
