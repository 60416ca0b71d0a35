import type { Column, TableSpec } from '../sink/sink.ts';
import { writer } from './codec.ts';
import type { Codec, Step, Write } from './codec.ts';
import { columnName } from './column-name.ts';

/** A field of an action or a row with its codec, in packed order. */
export type CodedField = readonly [field: string, codec: Codec];

/** What the rows of a kind of decoded table begin with, and their order. */
export type Frame = { readonly leading: readonly Column[]; readonly orderBy: readonly string[] };

/** A decoded table with the ABI field behind each column after its `lead` leading ones. */
export type Layout = { readonly spec: TableSpec; readonly lead: number; readonly fields: readonly string[] };

/** What every decoded action begins with. */
export const leading: readonly Column[] = [
  { name: 'block_num', type: 'UInt32' },
  { name: 'block_time', type: "DateTime64(3, 'UTC')" },
  { name: 'global_sequence', type: 'UInt64' },
  { name: 'tx_id', type: 'FixedString(32)' },
];

export const orderBy = ['block_num', 'global_sequence'] as const;

/** Statements that name every column have a bound in ClickHouse (256 KiB), and name each up to three times. */
const maxColumnsText = 60_000;

/** True when the table's statements would be longer than the engine takes. */
export function isMonstrous({ spec }: Layout): boolean {
  const text = spec.columns.reduce((sum, { name, type }) => sum + name.length + type.length + 8, 0);
  return text > maxColumnsText;
}

export function firstLayout(
  name: string,
  fields: readonly CodedField[],
  frame: Frame = { leading, orderBy },
): Layout {
  const taken = new Set(frame.leading.map((column) => column.name));
  const columns = fields.map(([field, codec]) => ({ name: columnName(field, taken), type: codec.column }));
  return {
    spec: { name, columns: [...frame.leading, ...columns], orderBy: frame.orderBy },
    lead: frame.leading.length,
    fields: fields.map(([field]) => field),
  };
}

function fits(type: string, codec: Codec | undefined): boolean {
  if (codec === undefined) return /^(LowCardinality\()?Nullable\(/.test(type);
  return codec.column === type || codec.nullable === type;
}

/**
 * The layout after an ABI change: the same when nothing is new, with nullable columns appended for new fields, or null
 * when a column changed its type, went away or cannot be null: then a new table begins.
 */
export function widened(layout: Layout, fields: readonly CodedField[]): Layout | null {
  const codecs = new Map(fields);
  const stored = layout.spec.columns.slice(layout.lead);
  const kept = stored.every((column, i) => fits(column.type, codecs.get(layout.fields[i] as string)));
  if (!kept) return null;
  const known = new Set(layout.fields);
  const added = fields.filter(([field]) => !known.has(field));
  if (added.length === 0) return layout;
  const taken = new Set(layout.spec.columns.map((column) => column.name));
  const columns: Column[] = [];
  for (const [field, codec] of added) {
    if (codec.nullable === null) return null;
    columns.push({ name: columnName(field, taken), type: codec.nullable });
  }
  return {
    spec: { ...layout.spec, columns: [...layout.spec.columns, ...columns] },
    lead: layout.lead,
    fields: [...layout.fields, ...added.map(([field]) => field)],
  };
}

const writeNull: Write = (_from, to) => {
  to.u8(1);
};
const writePresent: Write = (_from, to) => {
  to.u8(0);
};

/** Writes data packed by `fields` as the columns of `layout` after the leading ones. */
export function layoutWriter(layout: Layout, fields: readonly CodedField[]): Write {
  const codecs = new Map(fields);
  const columns = layout.spec.columns.slice(layout.lead).map((column, i) => {
    const field = layout.fields[i] as string;
    const codec = codecs.get(field);
    const steps: readonly Step[] =
      codec === undefined
        ? [writeNull]
        : codec.column === column.type
          ? codec.steps
          : [writePresent, ...codec.steps];
    return { field, steps, present: codec !== undefined };
  });
  const order = columns.filter((column) => column.present).map((column) => column.field);
  if (order.every((field, i) => field === fields[i]?.[0]))
    return writer(columns.flatMap((column) => column.steps));
  return scattered(
    columns.map(({ field, steps }) => [field, writer(steps)]),
    fields,
  );
}

/** For columns in another order than the packed fields: finds every field first, then writes column by column. */
function scattered(
  columns: readonly (readonly [field: string, write: Write])[],
  fields: readonly CodedField[],
): Write {
  const at = new Map(fields.map(([field], i) => [field, i]));
  return (from, to) => {
    const starts = fields.map(([, codec]) => {
      const start = from.pos;
      codec.skip(from);
      return start;
    });
    const end = from.pos;
    for (const [field, write] of columns) {
      from.pos = starts[at.get(field) ?? fields.length] ?? end;
      write(from, to);
    }
    from.pos = end;
  };
}
