import { nameNumber } from '../bytes/name.ts';
import type { Authority } from '../chain/authority.ts';
import type { Program } from '../wasm/program.ts';
import { Store, UndoLog } from './undo.ts';
import { ContractTable } from './table.ts';

export type Account = { readonly created: number; readonly abi: Uint8Array };
/** `codeHash` is hex, empty without code; `updated` is the block time of the last setcode, ms. */
export type Metadata = { readonly privileged: boolean; readonly codeHash: string; readonly updated: number };
/** Counters that every action moves; kept apart from what a reader of deltas sees. */
export type Sequences = {
  readonly received: number;
  readonly authorized: number;
  readonly code: number;
  readonly abi: number;
};
export type PermissionRow = {
  readonly owner: bigint;
  readonly name: bigint;
  readonly parent: bigint;
  readonly updated: number;
  readonly authority: Authority;
};
export type LinkRow = {
  readonly account: bigint;
  readonly code: bigint;
  readonly type: bigint;
  readonly requirement: bigint;
};

export const SYSTEM = nameNumber('eosio');
export const OWNER = nameNumber('owner');
export const ACTIVE = nameNumber('active');
export const EOSIO_CODE = nameNumber('eosio.code');
export const EOSIO_ANY = nameNumber('eosio.any');

/** The engine hashes a bigint by its low 64 bits alone: what tells keys apart stands there. */
export const permissionKey = (owner: bigint, name: bigint): bigint => (name << 64n) | owner;
export const linkKey = (account: bigint, code: bigint, type: bigint): bigint =>
  (type << 128n) | (code << 64n) | account;

export type State = ReturnType<typeof createState>;

/** Everything the chain knows at its head. Every change goes through one undo log. */
export function createState() {
  const log = new UndoLog();
  const scopes = new Map<bigint, Map<bigint, Map<bigint, ContractTable>>>();
  return {
    log,
    accounts: new Store<bigint, Account>(log),
    metadata: new Store<bigint, Metadata>(log),
    sequences: new Store<bigint, Sequences>(log),
    /** `global` = actions executed so far. */
    counters: new Store<'global', number>(log),
    codes: new Store<string, Uint8Array>(log),
    permissions: new Store<bigint, PermissionRow>(log),
    links: new Store<bigint, LinkRow>(log),
    /** Payers of the tables that exist. */
    tables: new Store<ContractTable, bigint>(log),
    /** Bytes of RAM used by account. */
    ram: new Store<bigint, number>(log),
    /** Transaction ids (hex) → expiry in seconds, to refuse duplicates. */
    transactions: new Store<string, number>(log),
    /** Compiled contracts by hash of their code; not part of the state. */
    programs: new Map<string, Program>(),
    /** The table, whether or not it exists yet. */
    table(code: bigint, scope: bigint, name: bigint): ContractTable {
      let byScope = scopes.get(code);
      if (byScope === undefined) scopes.set(code, (byScope = new Map<bigint, Map<bigint, ContractTable>>()));
      let byName = byScope.get(scope);
      if (byName === undefined) byScope.set(scope, (byName = new Map<bigint, ContractTable>()));
      let table = byName.get(name);
      if (table === undefined) byName.set(name, (table = new ContractTable(log, code, scope, name)));
      return table;
    },
    /** The table if it exists. */
    findTable(code: bigint, scope: bigint, name: bigint): ContractTable | undefined {
      const table = scopes.get(code)?.get(scope)?.get(name);
      return table !== undefined && this.tables.has(table) ? table : undefined;
    },
  };
}

const NO_SEQUENCES: Sequences = { received: 0, authorized: 0, code: 0, abi: 0 };

export const sequencesOf = (state: State, account: bigint): Sequences =>
  state.sequences.get(account) ?? NO_SEQUENCES;

/** Adds bytes to an account's RAM. */
export function addRam(state: State, account: bigint, delta: number): void {
  if (delta !== 0) state.ram.set(account, (state.ram.get(account) ?? 0) + delta);
}

export function findPermission(state: State, owner: bigint, name: bigint): PermissionRow | undefined {
  return state.permissions.get(permissionKey(owner, name));
}
