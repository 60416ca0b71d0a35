import { createHash } from 'node:crypto';
import { AbiError, DecodeError } from '../errors.ts';
import type { AbiVersion, TableSpec } from '../sink/sink.ts';
import { unpackAbi } from './abi-def.ts';
import type { Abi } from './abi.ts';
import type { Write } from './codec.ts';
import { compile } from './compile.ts';
import { firstLayout, layoutWriter, widened } from './layout.ts';
import type { CodedField, Layout } from './layout.ts';
import { nameHalves, nameText } from './names.ts';
import { actionFields, coreTables, rowFields, rowLayout, rowTableName, tableName } from './tables.ts';
import { U64Map } from './u64.ts';

/** Raised when the rows that the same blocks give change their form. */
const format = 2;

/** Tables beside the decoded ones whose names an account and its action might give. */
const reserved = ['row_history'];
const tail = '_tail';

/** A decoded table; `index` is its place among all tables and never changes. */
export type Table = { readonly index: number; layout: Layout };

/** How packed data becomes a row: leading columns are the caller's, `write` adds the rest. */
export type DecodedRow = { readonly table: Table; readonly write: Write };

/** What an ABI declares of a kind: its actions, or its tables' rows. */
type Declared = {
  readonly tables: ReadonlyMap<string, Table>;
  readonly fields: (name: string) => readonly CodedField[] | null;
  /** Writers made at first use; null = this one cannot be decoded. Emptied when a table of the account changes. */
  made: U64Map<DecodedRow | null>;
};

type Version = { readonly actions: Declared; readonly rows: Declared };

/** A watched account: every ABI version by its sequence; null where the bytes were no ABI. */
export type Account = {
  readonly name: string;
  readonly versions: Map<number, Version | null>;
  latestSequence: number;
  /** By action and by table: where their rows go now. */
  readonly currentActions: Map<string, Table>;
  readonly currentRows: Map<string, Table>;
};

/** The watched accounts' ABIs and the tables they made so far: a function of the ABIs applied, in their order. */
export type Schema = ReturnType<typeof createSchema>;

/** `rows`: whether the changes of the accounts' table rows become rows too. */
export function createSchema(watched: readonly string[], rows = true) {
  const accounts = new U64Map<Account>();
  const tables: Table[] = [];
  const taken = new Set(reserved.flatMap((name) => [name, name + tail]));
  for (const name of watched) {
    accounts.set(...nameHalves(name), {
      ...{ name, versions: new Map(), latestSequence: 0 },
      ...{ currentActions: new Map(), currentRows: new Map() },
    });
  }
  for (const spec of coreTables) add({ spec, lead: spec.columns.length, fields: [] });

  function add(layout: Layout): Table {
    const table = { index: tables.length, layout };
    tables.push(table);
    taken.add(layout.spec.name).add(layout.spec.name + tail);
    return table;
  }

  /** Names of tails are not free either: a table called so would be emptied as one. */
  function freeName(wanted: string): string {
    const isFree = (name: string): boolean =>
      !name.endsWith(tail) && !taken.has(name) && !taken.has(name + tail);
    if (isFree(wanted)) return wanted;
    let version = 2;
    while (!isFree(`${wanted}_v${version}`)) version++;
    return `${wanted}_v${version}`;
  }

  /** The table for an action or a table of a new ABI; the specs that are new or wider go to `changed`. */
  function place(
    placed: Map<string, Table>,
    name: string,
    fields: readonly CodedField[] | null,
    begin: (fields: readonly CodedField[]) => Layout,
    changed: Set<Table>,
  ): Table | null {
    if (fields === null) return null;
    const current = placed.get(name);
    const layout = current && widened(current.layout, fields);
    if (current && layout) {
      if (layout !== current.layout) changed.add(current);
      current.layout = layout;
      return current;
    }
    const table = add(begin(fields));
    placed.set(name, table);
    changed.add(table);
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
    const declare = (
      items: readonly { readonly name: string }[],
      placed: Map<string, Table>,
      fields: Declared['fields'],
      begin: (name: string, fields: readonly CodedField[]) => Layout,
    ): Declared => {
      const declared = new Map<string, Table>();
      for (const { name } of items) {
        const table = place(placed, name, fields(name), (coded) => begin(name, coded), changed);
        if (table !== null) declared.set(name, table);
      }
      return { tables: declared, fields, made: new U64Map() };
    };
    account.versions.set(version.abiSequence, {
      actions: declare(
        abi.actions,
        account.currentActions,
        orNull((name) => actionFields(abi, types, name)),
        (name, fields) => firstLayout(freeName(tableName(account.name, name)), fields),
      ),
      rows: declare(
        rows ? abi.tables : [],
        account.currentRows,
        orNull((name) => rowFields(abi, types, name)),
        (name, fields) => rowLayout(freeName(rowTableName(account.name, name)), account.name, name, fields),
      ),
    });
    for (const known of account.versions.values()) if (known) forget(known);
    return [...changed].map((table) => table.layout.spec);
  }

  /** How to decode an action under the ABI of its own sequence; null when that ABI or action is not known. */
  function rowOf(account: Account, abiSequence: number, low: number, high: number): DecodedRow | null {
    const version = account.versions.get(abiSequence);
    return version ? decodedRow(version.actions, low, high) : null;
  }

  /** How to decode a changed row of a table under the account's newest ABI; null when that ABI or table is not known. */
  function changeOf(account: Account, low: number, high: number): DecodedRow | null {
    const version = account.versions.get(account.latestSequence);
    return version ? decodedRow(version.rows, low, high) : null;
  }

  /** Names what rows come of the same blocks: equal while formats, watched accounts and tables are equal. */
  function fingerprint(): string {
    const parts = [format, rows, [...watched].sort(), tables.map((table) => table.layout.spec)];
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
  }

  return { accounts, tables, apply, rowOf, changeOf, fingerprint };
}

function orNull(fields: Declared['fields']): Declared['fields'] {
  return (name) => {
    try {
      return fields(name);
    } catch (error) {
      if (error instanceof AbiError) return null;
      throw error;
    }
  };
}

function forget(version: Version): void {
  version.actions.made = new U64Map();
  version.rows.made = new U64Map();
}

function decodedRow(declared: Declared, low: number, high: number): DecodedRow | null {
  const known = declared.made.get(low, high);
  if (known !== undefined) return known;
  const name = nameText(low, high);
  const table = declared.tables.get(name);
  const fields = table && declared.fields(name);
  const made = table && fields ? { table, write: layoutWriter(table.layout, fields) } : null;
  declared.made.set(low, high, made);
  return made;
}

function abiOrNull(bytes: Uint8Array): Abi | null {
  try {
    return unpackAbi(bytes);
  } catch (error) {
    if (error instanceof AbiError || error instanceof DecodeError) return null;
    throw error;
  }
}
