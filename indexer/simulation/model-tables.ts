import type { Cell } from '../testing/row-binary.ts';
import type { Shape } from './abi-plan.ts';
import { watched } from './sim-block.ts';
import type { AbiSet } from './sim-block.ts';

export type Row = Readonly<Record<string, Cell>>;
type Column = { readonly name: string; readonly type: string };

/** A table as it must be; `fields` are the ABI's behind the columns after the leading ones. */
export type ModelTable = {
  readonly name: string;
  readonly columns: Column[];
  readonly fields: string[];
  readonly rows: Row[];
};

/** Actions go to tables of their own, changed rows to others. */
type Kind = 'action' | 'rows';
type Placed = { readonly shape: Shape; readonly table: ModelTable };

const time = "DateTime64(3, 'UTC')";
const name = 'LowCardinality(String)';
const lead = {
  block_num: 'UInt32',
  block_time: time,
  global_sequence: 'UInt64',
  tx_id: 'FixedString(32)',
} as const;
const rowLead = {
  ...{ block_num: 'UInt32', block_time: time, scope: name, primary_key: 'UInt64', payer: name },
  is_present: 'Bool',
} as const;
const core: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  block: {
    ...{ block_num: 'UInt32', block_id: 'FixedString(32)', prev_id: 'FixedString(32)', block_time: time },
    ...{ producer: name, transactions: 'UInt32', actions: 'UInt32' },
  },
  action: {
    ...{ ...lead, tx_index: 'UInt32', action_ordinal: 'UInt32', creator_action_ordinal: 'UInt32' },
    ...{ contract: name, name, actors: `Array(Tuple(actor ${name}, permission ${name}))` },
    ...{ abi_sequence: 'UInt32', code_sequence: 'UInt32', act_digest: 'FixedString(32)', raw: 'String' },
  },
  abi: {
    ...{ block_num: 'UInt32', block_time: time, global_sequence: 'UInt64' },
    ...{ account: name, abi_sequence: 'UInt32', abi: 'String' },
  },
  code: {
    ...{ block_num: 'UInt32', block_time: time, global_sequence: 'UInt64' },
    ...{ account: name, code_hash: 'FixedString(32)' },
  },
  row_raw: {
    ...{ block_num: 'UInt32', block_time: time, contract: name, table: name, scope: name },
    ...{ primary_key: 'UInt64', payer: name, is_present: 'Bool', raw: 'String' },
  },
};

const isNullable = (type: string): boolean => type.startsWith('Nullable(') || type.includes('(Nullable(');

const listed = (columns: Readonly<Record<string, string>>): Column[] =>
  Object.entries(columns).map(([column, type]) => ({ name: column, type }));

/** ClickHouse names: letters, digits and `_`, none twice. */
function add(table: ModelTable, field: string, type: string): void {
  let column = field.replace(/[^\w]/g, '_');
  if (column === '' || /\d/.test(column[0] as string)) column = `_${column}`;
  while (table.columns.some((known) => known.name === column)) column += '_';
  table.columns.push({ name: column, type });
  table.fields.push(field);
}

/** True when the shape's rows can go into the table, which then gains the columns that it lacks. */
function widens(table: ModelTable, { fields }: Shape): boolean {
  const stored = table.columns.slice(table.columns.length - table.fields.length);
  const fits = stored.every(({ type }, i) => {
    const field = fields.find((item) => item.name === table.fields[i]);
    if (field === undefined) return isNullable(type);
    return field.kind.column === type || field.kind.nullable === type;
  });
  const added = fields.filter((field) => !table.fields.includes(field.name));
  if (!fits || added.some((field) => field.kind.nullable === null)) return false;
  for (const field of added) add(table, field.name, field.kind.nullable as string);
  return true;
}

/** Dots become underscores; an action's table does not end as tails, views and versions do. */
function wantedName(kind: Kind, account: string, called: string): string {
  const joined = `${account}_${called}`.replaceAll('.', '_');
  if (kind === 'rows') return `${joined}_rows`;
  return ['_tail', '_all'].some((ending) => joined.endsWith(ending)) || /_v[0-9]+$/.test(joined)
    ? `${joined}_`
    : joined;
}

/** The tables that a chain's ABIs make, worked out apart from the indexer, and where each ABI's actions and rows go. */
export function createModelTables() {
  const tables = new Map<string, ModelTable>();
  /** The tables of one action or one contract's table, oldest first. */
  const families = new Map<string, ModelTable[]>();
  const placed = new Map<string, Placed>();
  for (const [table, columns] of Object.entries(core)) {
    tables.set(table, { name: table, columns: listed(columns), fields: [], rows: [] });
  }

  function begin(kind: Kind, account: string, shape: Shape, family: readonly ModelTable[]): ModelTable {
    const [first] = family;
    let free = first ? `${first.name}_v${family.length + 1}` : wantedName(kind, account, shape.name);
    while (tables.has(free) || free === 'row_history') free += '_';
    const columns = listed(kind === 'rows' ? rowLead : lead);
    const table: ModelTable = { name: free, columns, fields: [], rows: [] };
    for (const { name: field, kind: type } of shape.fields) add(table, field, type.column);
    tables.set(free, table);
    return table;
  }

  /** An ABI comes into force as the account's `sequence`th. */
  function apply({ account, plan }: AbiSet, sequence: number): void {
    if (!watched.includes(account) || plan === null) return;
    for (const kind of ['action', 'rows'] as const) {
      for (const shape of kind === 'action' ? plan.actions : plan.tables) {
        const key = `${kind} ${account} ${shape.name}`;
        const family = families.get(key) ?? [];
        // Changed rows go on in the newest table, actions go back to a former one that fits.
        const fitting = kind === 'rows' ? family.slice(-1) : family.toReversed();
        const known = fitting.find((candidate) => widens(candidate, shape));
        const table = known ?? begin(kind, account, shape, family);
        if (known === undefined) families.set(key, [...family, table]);
        placed.set(`${kind} ${account} ${sequence} ${shape.name}`, { shape, table });
      }
    }
  }

  /** Where an action's or a row's cells go: its table, with the column of each of its fields; null where no ABI in force tells. */
  function place(
    kind: Kind,
    account: string,
    sequence: number,
    called: string,
  ): [ModelTable, string[]] | null {
    const found = placed.get(`${kind} ${account} ${sequence} ${called}`);
    if (found === undefined) return null;
    const { table, shape } = found;
    const own = table.columns.slice(table.columns.length - table.fields.length);
    return [table, shape.fields.map((field) => own[table.fields.indexOf(field.name)]?.name ?? '')];
  }

  return { tables, apply, place };
}

export type ModelTables = ReturnType<typeof createModelTables>;
