import { Store } from './undo.ts';
import type { UndoLog } from './undo.ts';

export type Row = { readonly payer: bigint; readonly value: Uint8Array };
/** A secondary key: 64-, 128- and 256-bit numbers are bigints, doubles are numbers. */
export type SecondaryKey = bigint | number;
export type SecondaryRow = { readonly payer: bigint; readonly key: SecondaryKey };
export type SecondaryKind = 'idx64' | 'idx128' | 'idx256' | 'idx_double';

/** Index of the first of `count` items for which `before` is false. */
export function partition(count: number, before: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows by primary key, with the keys kept in order. */
export class RowStore extends Store<bigint, Row> {
  readonly keys: bigint[] = [];

  /** Position of the first key ≥ `key` (or > with `after`). */
  position(key: bigint, after = false): number {
    const { keys } = this;
    return partition(keys.length, (index) =>
      after ? (keys[index] ?? 0n) <= key : (keys[index] ?? 0n) < key,
    );
  }
  override place(key: bigint, row: Row | undefined): void {
    const { keys } = this;
    if (row === undefined) {
      if (this.map.delete(key)) keys.splice(this.position(key), 1);
      return;
    }
    if (!this.map.has(key)) {
      const last = keys[keys.length - 1];
      if (last === undefined || last < key) keys.push(key);
      else keys.splice(this.position(key), 0, key);
    }
    this.map.set(key, row);
  }
}

export type Entry = { readonly key: SecondaryKey; readonly primary: bigint };

/** Secondary keys by primary key, with the pairs kept in order of (secondary, primary). */
export class SecondaryStore extends Store<bigint, SecondaryRow> {
  readonly kind: SecondaryKind;
  readonly entries: Entry[] = [];

  constructor(log: UndoLog, kind: SecondaryKind) {
    super(log);
    this.kind = kind;
  }
  /** Position of the first entry ≥ (key, primary); with `after`, of the first > it. */
  position(key: SecondaryKey, primary: bigint, after = false): number {
    const { entries } = this;
    return partition(entries.length, (index) => {
      const entry = entries[index];
      if (entry === undefined) return false;
      if (entry.key !== key) return entry.key < key;
      return after ? entry.primary <= primary : entry.primary < primary;
    });
  }
  override place(primary: bigint, row: SecondaryRow | undefined): void {
    const old = this.map.get(primary);
    if (old !== undefined) this.entries.splice(this.position(old.key, primary), 1);
    if (row === undefined) this.map.delete(primary);
    else {
      this.entries.splice(this.position(row.key, primary), 0, { key: row.key, primary });
      this.map.set(primary, row);
    }
  }
}

const NONE: ReadonlyMap<SecondaryKind, SecondaryStore> = new Map();

/** One contract's table in one scope: rows and the secondary indexes that share its name. */
export class ContractTable {
  readonly code: bigint;
  readonly scope: bigint;
  readonly name: bigint;
  readonly rows: RowStore;
  readonly #log: UndoLog;
  /** Most tables have none. */
  #indexes: Map<SecondaryKind, SecondaryStore> | undefined;

  constructor(log: UndoLog, code: bigint, scope: bigint, name: bigint) {
    this.code = code;
    this.scope = scope;
    this.name = name;
    this.#log = log;
    this.rows = new RowStore(log);
    owners.set(this.rows, this);
  }
  index(kind: SecondaryKind): SecondaryStore {
    let store = this.#indexes?.get(kind);
    if (store === undefined) {
      store = new SecondaryStore(this.#log, kind);
      (this.#indexes ??= new Map()).set(kind, store);
      owners.set(store, this);
    }
    return store;
  }
  /** The secondary indexes that were ever asked for. */
  get indexes(): ReadonlyMap<SecondaryKind, SecondaryStore> {
    return this.#indexes ?? NONE;
  }
  /** Rows and secondary keys together; a table without any does not exist. */
  get count(): number {
    let count = this.rows.size;
    for (const index of this.indexes.values()) count += index.size;
    return count;
  }
}

const owners = new WeakMap<object, ContractTable>();

/** The table that a row or secondary store belongs to. */
export const tableOf = (store: object): ContractTable | undefined => owners.get(store);
