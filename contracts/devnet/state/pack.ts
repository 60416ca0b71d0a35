import { Reader } from '../bytes/reader.ts';
import { Writer } from '../bytes/writer.ts';
import { readAuthority, writeAuthority } from '../chain/authority.ts';
import { linkKey, permissionKey } from './state.ts';
import type { State } from './state.ts';
import type { ContractTable, SecondaryKey, SecondaryKind } from './table.ts';

/** The whole state as bytes, and how many rows of contracts' tables are in it. */
export function packState(state: State): { bytes: Buffer; rows: number } {
  const writer = new Writer(1 << 20);
  writeAccounts(writer, state);
  writePermissions(writer, state);
  list(writer, state.ram.map, (account, size) => writer.u64(account).i64(BigInt(size)));
  list(writer, state.transactions.map, (id, expiration) =>
    writer.raw(Buffer.from(id, 'hex')).u32(expiration),
  );
  writer.n64(state.counters.get('global') ?? 0);
  let rows = 0;
  list(writer, state.tables.map, (table, payer) => {
    writer.u64(table.code).u64(table.scope).u64(table.name).u64(payer);
    writeTable(writer, table);
    rows += table.rows.size;
  });
  return { bytes: writer.view(), rows };
}

/** Puts packed bytes into an empty state, past its undo log. Rows stay views of the bytes. */
export function unpackState(state: State, bytes: Uint8Array): void {
  const reader = new Reader(bytes);
  readAccounts(reader, state);
  readPermissions(reader, state);
  each(reader, () => {
    state.ram.place(reader.u64(), Number(reader.i64()));
  });
  each(reader, () => {
    state.transactions.place(reader.raw(32).toString('hex'), reader.u32());
  });
  state.counters.place('global', reader.n64());
  each(reader, () => {
    const table = state.table(reader.u64(), reader.u64(), reader.u64());
    state.tables.place(table, reader.u64());
    readTable(reader, table);
  });
  if (reader.left > 0)
    throw new Error(`expected the end of the state, got ${String(reader.left)} bytes more`);
}

function list<K, V>(writer: Writer, map: ReadonlyMap<K, V>, write: (key: K, value: V) => void): void {
  writer.u32(map.size);
  for (const [key, value] of map) write(key, value);
}

function each(reader: Reader, read: () => void): void {
  for (let left = reader.u32(); left > 0; left--) read();
}

function writeAccounts(writer: Writer, state: State): void {
  list(writer, state.accounts.map, (name, { created, abi }) => writer.u64(name).n64(created).blob(abi));
  list(writer, state.metadata.map, (name, { privileged, codeHash, updated }) =>
    writer.u64(name).bool(privileged).text(codeHash).n64(updated),
  );
  list(writer, state.sequences.map, (name, { received, authorized, code, abi }) =>
    writer.u64(name).n64(received).n64(authorized).n64(code).n64(abi),
  );
  list(writer, state.codes.map, (hash, code) => writer.text(hash).blob(code));
}

function readAccounts(reader: Reader, state: State): void {
  each(reader, () => {
    state.accounts.place(reader.u64(), { created: reader.n64(), abi: reader.blob() });
  });
  each(reader, () => {
    state.metadata.place(reader.u64(), {
      privileged: reader.bool(),
      codeHash: reader.text(),
      updated: reader.n64(),
    });
  });
  each(reader, () => {
    state.sequences.place(reader.u64(), {
      received: reader.n64(),
      authorized: reader.n64(),
      code: reader.n64(),
      abi: reader.n64(),
    });
  });
  each(reader, () => {
    state.codes.place(reader.text(), Uint8Array.from(reader.blob()));
  });
}

function writePermissions(writer: Writer, state: State): void {
  list(writer, state.permissions.map, (_key, { owner, name, parent, updated, authority }) =>
    writeAuthority(writer.u64(owner).u64(name).u64(parent).n64(updated), authority),
  );
  list(writer, state.links.map, (_key, { account, code, type, requirement }) =>
    writer.u64(account).u64(code).u64(type).u64(requirement),
  );
}

function readPermissions(reader: Reader, state: State): void {
  each(reader, () => {
    const [owner, name, parent] = [reader.u64(), reader.u64(), reader.u64()];
    const updated = reader.n64();
    const authority = readAuthority(reader);
    state.permissions.place(permissionKey(owner, name), { owner, name, parent, updated, authority });
  });
  each(reader, () => {
    const [account, code, type] = [reader.u64(), reader.u64(), reader.u64()];
    state.links.place(linkKey(account, code, type), { account, code, type, requirement: reader.u64() });
  });
}

/** Rows and keys in their order, so that reading them back only ever appends. */
function writeTable(writer: Writer, { rows, indexes }: ContractTable): void {
  writer.u32(rows.size);
  for (const primary of rows.keys) {
    const row = rows.get(primary);
    if (row !== undefined) writer.u64(primary).u64(row.payer).blob(row.value);
  }
  list(writer, indexes, (kind, index) => {
    writer.text(kind).u32(index.size);
    for (const { key, primary } of index.entries)
      writeKey(writer.u64(primary).u64(index.get(primary)?.payer ?? 0n), kind, key);
  });
}

function readTable(reader: Reader, table: ContractTable): void {
  each(reader, () => {
    table.rows.place(reader.u64(), { payer: reader.u64(), value: reader.blob() });
  });
  each(reader, () => {
    const kind = reader.text() as SecondaryKind;
    const index = table.index(kind);
    each(reader, () => {
      index.place(reader.u64(), { payer: reader.u64(), key: readKey(reader, kind) });
    });
  });
}

const WORDS = { idx64: 1, idx128: 2, idx256: 4 } as const;

/** Numbers by 64-bit words, the lowest first. */
function writeKey(writer: Writer, kind: SecondaryKind, key: SecondaryKey): void {
  if (kind === 'idx_double') writer.f64(key as number);
  else
    for (let word = 0; word < WORDS[kind]; word++)
      writer.u64(BigInt.asUintN(64, (key as bigint) >> BigInt(word * 64)));
}

function readKey(reader: Reader, kind: SecondaryKind): SecondaryKey {
  if (kind === 'idx_double') return reader.f64();
  let key = 0n;
  for (let word = 0; word < WORDS[kind]; word++) key |= reader.u64() << BigInt(word * 64);
  return key;
}
