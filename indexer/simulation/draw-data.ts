import type { Shape } from './abi-plan.ts';
import type { Random } from './random.ts';
import { absent, idKind } from './values.ts';
import type { Value } from './values.ts';

/** Packed data with its values; these are null where the shape that it was drawn for cannot read it. */
export type Data = { readonly data: Uint8Array; readonly values: readonly Value[] | null };

function whole({ fields }: Shape, random: Random): Data {
  let isCut = false;
  const values = fields.map(({ kind }) => {
    const value = isCut ? absent : kind.make(random);
    isCut ||= kind.type.endsWith('$') && value.bytes.length === 0;
    return value;
  });
  const data = Buffer.concat(values.map((value) => value.bytes));
  return { data, values: values.some((value) => value.isUnreadable) ? null : values };
}

/** Data that the shape cannot read, where it has fields that tell. */
function torn(shape: Shape, random: Random): Data {
  const drawn = whole(shape, random);
  const isOpen = shape.fields.at(-1)?.kind.type.endsWith('$') === true;
  const begins = shape.fields[0]?.kind === idKind;
  const cut = begins ? drawn.data.subarray(0, random.below(8)) : null;
  const long = isOpen ? null : Buffer.concat([drawn.data, random.bytes(random.between(1, 9))]);
  const data = random.chance(0.5) ? (cut ?? long) : (long ?? cut);
  return data === null ? drawn : { data, values: null };
}

/** Draws an action's or a row's data; some of it is not what the shape says. */
export function drawData(shape: Shape, random: Random): Data {
  return random.chance(0.08) ? torn(shape, random) : whole(shape, random);
}
