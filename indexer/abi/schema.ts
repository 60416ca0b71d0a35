import { createHash } from 'node:crypto';
import { AbiError, DecodeError } from '../errors.ts';
import type { AbiVersion, TableSpec } from '../sink/sink.ts';
import { unpackAbi } from './abi-def.ts';
import type { Abi } from './abi.ts';
import type { Write } from './codec.ts';
import { compile } from './compile.ts';
import type { Types } from './compile.ts';
import { firstLayout, isMonstrous, layoutWriter, widened } from './layout.ts';
import type { CodedField, Layout } from './layout.ts';
import { nameHalves, nameText } from './names.ts';
import { actionFields, coreTables, tableName } from './tables.ts';
import { U64Map } from './u64.ts';

/** Raised when the rows that the same blocks give change their form. */
const format = 1;
/** Most tables that one account's ABIs may begin, and actions of one ABI that are looked at; the rest stay raw. */
const maxTables = 1000;
/** Most tables for one action. */
const maxVersions = 20;

/** A decoded table; `index` is its place among all tables and never changes. */
export type Table = { readonly index: number; layout: Layout };

/** How an action's data becomes a row: leading columns are the caller's, `write` adds the rest. */
export type ActionRow = { readonly table: Table; readonly write: Write };

type Version = {
  readonly abi: Abi;
  readonly types: Types;
  readonly tables: ReadonlyMap<string, Table>;
  /** Writers made at first use; null inside = this action cannot be decoded. Forgotten when a table of the account changes. */
  rows: U64Map<ActionRow | null> | null;
};

/** A watched account: every ABI version by its sequence; null where the bytes were no ABI. */
export type Account = {
  readonly name: string;
  readonly versions: Map<number, Version | null>;
  latestSequence: number;
  /** Each action's tables, oldest first: more than one after incompatible ABIs. */
  readonly tables: Map<string, Table[]>;
};

/** The watched accounts' ABIs and the tables they made so far: a function of the ABIs applied, in their order. */
export type Schema = ReturnType<typeof createSchema>;

export function createSchema(watched: readonly string[]) {
  const accounts = new U64Map<Account>();
  const tables: Table[] = [];
  const named = new Map<string, Table>();
  for (const name of watched) {
    accounts.set(...nameHalves(name), { name, versions: new Map(), latestSequence: 0, tables: new Map() });
  }
  for (const spec of coreTables) add({ spec, fields: [] });

  function add(layout: Layout): Table {
    const table = { index: tables.length, layout };
    tables.push(table);
    named.set(layout.spec.name, table);
    return table;
  }

  /** The name of an action's next table: dots are lost in names, so that two actions may want the same. */
  function freeName(account: Account, action: string, versions: readonly Table[]): string {
    const [first] = versions;
    if (first !== undefined) return `${first.layout.spec.name}_v${versions.length + 1}`;
    let name = tableName(account.name, action);
    while (named.has(name)) name += '_';
    return name;
  }

  /** Begins a table for an action; with others before it, all are told of one another. */
  function begin(account: Account, action: string, fields: readonly CodedField[]): Table | null {
    const before = account.tables.get(action) ?? [];
    const count = [...account.tables.values()].reduce((sum, tables) => sum + tables.length, 0);
    const layout = firstLayout(freeName(account, action, before), fields);
    if (count >= maxTables || before.length >= maxVersions || isMonstrous(layout)) return null;
    const table = add(layout);
    const family = [...before, table];
    account.tables.set(action, family);
    if (family.length > 1) {
      const versions = family.map(({ layout }) => layout.spec.name);
      for (const one of family) one.layout = { ...one.layout, spec: { ...one.layout.spec, versions } };
    }
    return table;
  }

  /** The table for an action of a new ABI; the specs that are new or wider go to `changed`. */
  function place(
    account: Account,
    abi: Abi,
    types: Types,
    action: string,
    changed: Set<Table>,
  ): Table | null {
    const fields = fieldsOrNull(abi, types, action);
    if (fields === null) return null;
    for (const table of (account.tables.get(action) ?? []).toReversed()) {
      const layout = widened(table.layout, fields);
      if (layout === null || isMonstrous(layout)) continue;
      if (layout !== table.layout) changed.add(table);
      table.layout = layout;
      return table;
    }
    const table = begin(account, action, fields);
    if (table !== null) changed.add(table);
    return table;
  }

  /**
   * Brings an ABI into force. Gives the specs to create or widen; none when the bytes are no ABI (its actions stay raw).
   */
  function apply(version: AbiVersion): readonly TableSpec[] {
    const account = accounts.get(...nameHalves(version.account));
    if (account === undefined) return [];
    account.latestSequence = Math.max(account.latestSequence, version.abiSequence);
    const abi = abiOrNull(version.bytes);
    if (abi === null) {
      account.versions.set(version.abiSequence, null);
      return [];
    }
    const types = compile(abi);
    const changed = new Set<Table>();
    const placed = new Map<string, Table>();
    for (const { name } of abi.actions.slice(0, maxTables)) {
      const table = place(account, abi, types, name, changed);
      if (table !== null) placed.set(name, table);
    }
    account.versions.set(version.abiSequence, { abi, types, tables: placed, rows: null });
    if (changed.size > 0) for (const known of account.versions.values()) if (known) known.rows = null;
    return [...changed].map((table) => table.layout.spec);
  }

  /** How to decode an action under the ABI of its own sequence; null when that ABI or action is not known. */
  function rowOf(account: Account, abiSequence: number, low: number, high: number): ActionRow | null {
    const version = account.versions.get(abiSequence);
    if (!version) return null;
    const rows = (version.rows ??= new U64Map());
    const known = rows.get(low, high);
    if (known !== undefined) return known;
    const made = makeRow(version, nameText(low, high));
    rows.set(low, high, made);
    return made;
  }

  /** Names what rows come of the same blocks: equal while formats, watched accounts and tables are equal. */
  function fingerprint(): string {
    const parts = [format, [...watched].sort(), tables.map((table) => table.layout.spec)];
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
  }

  return { accounts, tables, apply, rowOf, fingerprint };
}

function fieldsOrNull(abi: Abi, types: Types, action: string): ReturnType<typeof actionFields> {
  try {
    return actionFields(abi, types, action);
  } catch (error) {
    if (error instanceof AbiError) return null;
    throw error;
  }
}

function makeRow(version: Version, action: string): ActionRow | null {
  const table = version.tables.get(action);
  const fields = table && actionFields(version.abi, version.types, action);
  return table && fields ? { table, write: layoutWriter(table.layout, fields) } : null;
}

function abiOrNull(bytes: Uint8Array): Abi | null {
  try {
    return unpackAbi(bytes);
  } catch (error) {
    if (error instanceof AbiError || error instanceof DecodeError) return null;
    throw error;
  }
}
