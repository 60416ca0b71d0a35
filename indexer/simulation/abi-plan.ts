import { Packer } from './packer.ts';
import type { Random } from './random.ts';
import { drawExtension, drawKind, idKind } from './values.ts';
import type { Declared, Kind } from './values.ts';

export type Field = { readonly name: string; readonly kind: Kind };
export type Shape = { readonly action: string; readonly fields: readonly Field[] };

/** What a contract's ABI says: the fields of its actions, and actions of a type that it does not declare. */
export type AbiPlan = { readonly shapes: readonly Shape[]; readonly broken: readonly string[] };

/** Names that tables are made of; some are there to collide. */
const actionNames = ['act', 'log.move', 'tail', 'b.c', 'x12345', 'transfer'];
const fieldNames = ['id', 'note', 'block_num', 'amount', '1st', 'owner', 'select', 'кол-во'];

function drawFields(random: Random): Field[] {
  const names = fieldNames.filter(() => random.chance(0.45));
  const fields = names.map((name) => ({ name, kind: drawKind(random) }));
  return random.chance(0.05) ? fields : [{ name: 'first', kind: idKind }, ...fields];
}

export function firstAbi(random: Random): AbiPlan {
  const names = actionNames.filter(() => random.chance(0.5));
  const shapes = (names.length > 0 ? names : ['act']).map((action) => ({
    action,
    fields: drawFields(random),
  }));
  return { shapes, broken: random.chance(0.2) ? ['broken'] : [] };
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

/** A later version of the ABI: actions and fields come, go, change and return. */
export function nextAbi(plan: AbiPlan, first: AbiPlan, random: Random): AbiPlan {
  if (random.chance(0.15)) return first;
  const shapes = plan.shapes
    .filter(() => random.chance(0.95))
    .map((shape) => (random.chance(0.5) ? { ...shape, fields: changedFields(shape.fields, random) } : shape));
  const added = random.pick(actionNames);
  if (random.chance(0.3) && !shapes.some(({ action }) => action === added))
    shapes.push({ action: added, fields: drawFields(random) });
  return { shapes, broken: random.chance(0.2) ? ['broken'] : [] };
}

const structOf = (action: string): string => `do_${action.replaceAll('.', '_')}`;

/** The packed `abi_def`. */
export function packAbi(plan: AbiPlan): Uint8Array {
  const declared = new Map<string, Declared>();
  for (const { kind } of plan.shapes.flatMap(({ fields }) => fields)) {
    for (const item of kind.declares) declared.set('struct' in item ? item.struct : item.variant, item);
  }
  const structs = [...declared.values()].flatMap((item) =>
    'struct' in item ? [{ name: item.struct, fields: item.fields }] : [],
  );
  const variants = [...declared.values()].flatMap((item) => ('variant' in item ? [item] : []));
  const actions = [
    ...plan.shapes.map(({ action, fields }) => ({
      ...{ action, type: structOf(action) },
      fields: fields.map(({ name, kind }) => [name, kind.type] as const),
    })),
    ...plan.broken.map((action) => ({
      ...{ action, type: structOf(action) },
      fields: [['what', 'undeclared'] as const],
    })),
  ];
  structs.push(...actions.map(({ type, fields }) => ({ name: type, fields })));
  const to = new Packer().text('eosio::abi/1.1').varuint(0);
  to.list(structs, ({ name, fields }) => {
    to.text(name)
      .text('')
      .list(fields, ([field, type]) => to.text(field).text(type));
  });
  to.list(actions, ({ action, type }) => to.name(action).text(type).text(''));
  to.varuint(0).varuint(0).varuint(0).varuint(0);
  to.list(variants, ({ variant, types }) => {
    to.text(variant).list(types, (type) => to.text(type));
  });
  return to.done();
}
