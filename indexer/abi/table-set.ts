import type { TableSpec } from '../sink/sink.ts';
import { isMonstrous, widened } from './layout.ts';
import type { CodedField, Layout } from './layout.ts';

/** Most tables of one account's actions, or of its tables' rows; what would begin more stays raw. */
export const maxTables = 1000;
/** Most tables for one action, or for one table's rows. */
const maxVersions = 20;
/** A view beside the decoded tables, whose name an account and its action might give. */
const reserved = ['row_history'];

/** A decoded table; `index` is its place among all tables and never changes. */
export type Table = { readonly index: number; layout: Layout };

/** An account's tables by action, or by table: oldest first, more than one after incompatible ABIs. */
export type Families = Map<string, Table[]>;

/** How a kind of decoded table is named and laid out. */
export type Kind = {
  readonly families: Families;
  readonly wanted: (name: string) => string;
  readonly layout: (called: string, name: string, fields: readonly CodedField[]) => Layout;
  /** True when an ABI that goes back takes its former table again; else rows always go on in a newer one. */
  readonly goesBack: boolean;
};

/** All tables there are, and the names they take. */
export function createTableSet(core: readonly TableSpec[]) {
  const tables: Table[] = [];
  const taken = new Set(reserved);
  for (const spec of core) add({ spec, lead: spec.columns.length, fields: [] });

  function add(layout: Layout): Table {
    const table = { index: tables.length, layout };
    tables.push(table);
    taken.add(layout.spec.name);
    return table;
  }

  /** Dots are lost in names, so that two actions may want the same. */
  function freeName(wanted: string): string {
    let name = wanted;
    while (taken.has(name)) name += '_';
    return name;
  }

  /** Begins a table; with others before it, all are told of one another. Null where there are too many, or it is too large. */
  function begin(kind: Kind, name: string, fields: readonly CodedField[]): Table | null {
    const { families } = kind;
    const before = families.get(name) ?? [];
    const count = [...families.values()].reduce((sum, family) => sum + family.length, 0);
    const [first] = before;
    const called = freeName(
      first === undefined ? kind.wanted(name) : `${first.layout.spec.name}_v${before.length + 1}`,
    );
    const layout = kind.layout(called, name, fields);
    if (count >= maxTables || before.length >= maxVersions || isMonstrous(layout)) return null;
    const table = add(layout);
    const family = [...before, table];
    families.set(name, family);
    if (family.length > 1) {
      const versions = family.map((one) => one.layout.spec.name);
      for (const one of family) one.layout = { ...one.layout, spec: { ...one.layout.spec, versions } };
    }
    return table;
  }

  /** The table for an action or a table of a new ABI; those that are new or wider go to `changed`. Null: it stays raw. */
  function place(
    kind: Kind,
    name: string,
    fields: readonly CodedField[] | null,
    changed: Set<Table>,
  ): Table | null {
    if (fields === null) return null;
    const family = kind.families.get(name) ?? [];
    for (const table of kind.goesBack ? family.toReversed() : family.slice(-1)) {
      const layout = widened(table.layout, fields);
      if (layout === null || isMonstrous(layout)) continue;
      if (layout !== table.layout) changed.add(table);
      table.layout = layout;
      return table;
    }
    const table = begin(kind, name, fields);
    if (table !== null) changed.add(table);
    return table;
  }

  return { tables, place };
}
