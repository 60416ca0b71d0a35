import { createHash } from 'node:crypto';
import { AbiError, DecodeError } from '../errors.ts';
import type { AbiVersion, TableSpec } from '../sink/sink.ts';
import { unpackAbi } from './abi-def.ts';
import type { Abi } from './abi.ts';
import type { Write } from './codec.ts';
import { compile } from './compile.ts';
import { firstLayout, layoutWriter } from './layout.ts';
import type { CodedField } from './layout.ts';
import { nameHalves, nameText } from './names.ts';
import { actionFields, coreTables, rowFields, rowLayout, rowTableName, tableName } from './tables.ts';
import { createTableSet, maxTables } from './table-set.ts';
import type { Families, Kind, Table } from './table-set.ts';
import { U64Map } from './u64.ts';

/** Raised when the rows that the same blocks give change their form. */
const format = 2;

export type { Table } from './table-set.ts';

/** How packed data becomes a row: leading columns are the caller's, `write` adds the rest. */
export type DecodedRow = { readonly table: Table; readonly write: Write };

/** What an ABI declares of a kind: its actions, or its tables' rows. */
type Declared = {
  readonly tables: ReadonlyMap<string, Table>;
  readonly fields: (name: string) => readonly CodedField[] | null;
  /** Writers made at first use; null inside = this one cannot be decoded. Forgotten when a table of the account changes. */
  made: U64Map<DecodedRow | null> | null;
};

type Version = { readonly actions: Declared; readonly rows: Declared };

/** A watched account: every ABI version by its sequence; null where the bytes were no ABI. */
export type Account = {
  readonly name: string;
  readonly versions: Map<number, Version | null>;
  latestSequence: number;
  readonly actionTables: Families;
  readonly rowTables: Families;
};

/** The watched accounts' ABIs and the tables they made so far: a function of the ABIs applied, in their order. */
export type Schema = ReturnType<typeof createSchema>;

/** `rows`: whether the changes of the accounts' table rows become rows too. */
export function createSchema(watched: readonly string[], rows = true) {
  const accounts = new U64Map<Account>();
  const set = createTableSet(coreTables);
  for (const name of watched) {
    accounts.set(...nameHalves(name), {
      ...{ name, versions: new Map(), latestSequence: 0 },
      ...{ actionTables: new Map(), rowTables: new Map() },
    });
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
      fields: Declared['fields'],
      kind: Kind,
    ): Declared => {
      const declared = new Map<string, Table>();
      for (const { name } of items.slice(0, maxTables)) {
        const table = set.place(kind, name, fields(name), changed);
        if (table !== null) declared.set(name, table);
      }
      return { tables: declared, fields, made: null };
    };
    account.versions.set(version.abiSequence, {
      actions: declare(
        abi.actions,
        orNull((name) => actionFields(abi, types, name)),
        {
          families: account.actionTables,
          wanted: (name) => tableName(account.name, name),
          layout: (called, _name, fields) => firstLayout(called, fields),
          goesBack: true,
        },
      ),
      rows: declare(
        rows ? abi.tables : [],
        orNull((name) => rowFields(abi, types, name)),
        {
          families: account.rowTables,
          wanted: (name) => rowTableName(account.name, name),
          layout: (called, name, fields) => rowLayout(called, account.name, name, fields),
          goesBack: false,
        },
      ),
    });
    if (changed.size > 0) for (const known of account.versions.values()) if (known) forget(known);
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
    const parts = [format, rows, [...watched].sort(), set.tables.map((table) => table.layout.spec)];
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
  }

  return { accounts, tables: set.tables, apply, rowOf, changeOf, fingerprint };
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
  version.actions.made = null;
  version.rows.made = null;
}

function decodedRow(declared: Declared, low: number, high: number): DecodedRow | null {
  const cache = (declared.made ??= new U64Map());
  const known = cache.get(low, high);
  if (known !== undefined) return known;
  const name = nameText(low, high);
  const table = declared.tables.get(name);
  const fields = table && declared.fields(name);
  const made = table && fields ? { table, write: layoutWriter(table.layout, fields) } : null;
  cache.set(low, high, made);
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
