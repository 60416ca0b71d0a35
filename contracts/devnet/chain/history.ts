import { Writer } from '../bytes/writer.ts';
import type { ActionTrace } from '../host/trace.ts';
import { writeReceipt } from '../host/trace.ts';
import type { Account, LinkRow, Metadata, PermissionRow, State } from '../state/state.ts';
import { RowStore, SecondaryStore, tableOf } from '../state/table.ts';
import type { ContractTable, Row, SecondaryKind, SecondaryRow } from '../state/table.ts';
import type { Change, Store } from '../state/undo.ts';
import { writeAction } from './action.ts';
import { writeAuthority } from './authority.ts';
import { slotOf } from './block.ts';
import type { Transaction } from './transaction.ts';

export type TransactionRecord = {
  readonly id: Uint8Array;
  readonly cpuUs: number;
  readonly netUsage: number;
  readonly traces: readonly ActionTrace[];
  readonly header: Transaction;
  readonly signatures: readonly Uint8Array[];
};

/** transaction_trace_v0 as the state-history plugin writes it without debug mode: no elapsed time, no console. */
export function writeTransactionTrace(writer: Writer, record: TransactionRecord): void {
  writer
    .u8(0)
    .raw(record.id)
    .u8(0)
    .u32(record.cpuUs)
    .varuint(record.netUsage / 8)
    .n64(0)
    .n64(record.netUsage)
    .bool(false);
  writer.varuint(record.traces.length);
  for (const trace of record.traces) writeActionTrace(writer, trace);
  writer.bool(false).bool(false).bool(false).bool(false).bool(true);
  const { header, signatures } = record;
  writer.u8(0).u32(header.expiration).u16(header.refBlockNum).u32(header.refBlockPrefix);
  writer.varuint(header.maxNetUsageWords).u8(header.maxCpuUsageMs).varuint(header.delaySeconds).varuint(0);
  writer.varuint(signatures.length);
  for (const signature of signatures) writer.u8(0).raw(signature);
  writer.varuint(0);
}

function writeActionTrace(writer: Writer, trace: ActionTrace): void {
  writer
    .u8(1)
    .varuint(trace.ordinal)
    .varuint(trace.creator)
    .bool(trace.receipt !== undefined);
  if (trace.receipt !== undefined) writeReceipt(writer.u8(0), trace.receipt);
  writeAction(writer.u64(trace.receiver), trace.act);
  writer.bool(false).n64(0).varuint(0);
  const deltas = [...trace.ramDeltas].sort(([a], [b]) => (a < b ? -1 : 1));
  writer.varuint(deltas.length);
  for (const [account, delta] of deltas) writer.u64(account).i64(BigInt(delta));
  writer.bool(false).bool(false).varuint(0);
}

type Pack = (writer: Writer, key: never, value: never) => void;

const TABLES = [
  'account',
  'account_metadata',
  'code',
  'contract_table',
  'contract_row',
  'contract_index64',
  'contract_index128',
  'contract_index256',
  'contract_index_double',
  'permission',
  'permission_link',
] as const;
type TableName = (typeof TABLES)[number];

const INDEX_TABLES: Readonly<Record<SecondaryKind, TableName>> = {
  idx64: 'contract_index64',
  idx128: 'contract_index128',
  idx256: 'contract_index256',
  idx_double: 'contract_index_double',
};

const microseconds = (ms: number): bigint => BigInt(ms) * 1000n;
const writeTable = (writer: Writer, table: ContractTable): Writer =>
  writer.u8(0).u64(table.code).u64(table.scope).u64(table.name);

function write128(writer: Writer, key: bigint): Writer {
  return writer.u64(BigInt.asUintN(64, key)).u64(BigInt.asUintN(64, key >> 64n));
}

function writeIndexRow(
  writer: Writer,
  table: ContractTable,
  kind: SecondaryKind,
  primary: bigint,
  row: SecondaryRow,
): void {
  writeTable(writer, table).u64(primary).u64(row.payer);
  if (kind === 'idx_double') {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(row.key as number);
    writer.raw(bytes);
  } else if (kind === 'idx64') writer.u64(row.key as bigint);
  else if (kind === 'idx128') write128(writer, row.key as bigint);
  else {
    const bytes = Buffer.from((row.key as bigint).toString(16).padStart(64, '0'), 'hex');
    writer.raw(bytes);
  }
}

/** Which delta table a store's rows go to, and how they are packed; undefined = not for readers. */
function sourceOf(state: State, store: unknown): { name: TableName; pack: Pack } | undefined {
  if (store instanceof RowStore || store instanceof SecondaryStore) {
    const table = tableOf(store);
    if (table === undefined) return undefined;
    if (store instanceof SecondaryStore) {
      const { kind } = store;
      return {
        name: INDEX_TABLES[kind],
        pack: (writer, primary: bigint, row: SecondaryRow) => {
          writeIndexRow(writer, table, kind, primary, row);
        },
      };
    }
    return {
      name: 'contract_row',
      pack: (writer, primary: bigint, row: Row) =>
        writeTable(writer, table).u64(primary).u64(row.payer).blob(row.value),
    };
  }
  if (store === state.accounts) {
    return {
      name: 'account',
      pack: (writer, name: bigint, row: Account) =>
        writer.u8(0).u64(name).u32(slotOf(row.created)).blob(row.abi),
    };
  }
  if (store === state.metadata) return { name: 'account_metadata', pack: writeMetadata };
  if (store === state.codes) {
    return {
      name: 'code',
      pack: (writer, hash: string, code: Uint8Array) =>
        writer.u8(0).u8(0).u8(0).raw(Buffer.from(hash, 'hex')).blob(code),
    };
  }
  if (store === state.tables)
    return {
      name: 'contract_table',
      pack: (writer, table: ContractTable, payer: bigint) => writeTable(writer, table).u64(payer),
    };
  if (store === state.permissions) {
    return {
      name: 'permission',
      pack: (writer, _key: bigint, row: PermissionRow) =>
        writeAuthority(
          writer.u8(0).u64(row.owner).u64(row.name).u64(row.parent).i64(microseconds(row.updated)),
          row.authority,
        ),
    };
  }
  if (store === state.links) {
    return {
      name: 'permission_link',
      pack: (writer, _key: bigint, row: LinkRow) =>
        writer.u8(0).u64(row.account).u64(row.code).u64(row.type).u64(row.requirement),
    };
  }
  return undefined;
}

function writeMetadata(writer: Writer, name: bigint, row: Metadata): void {
  writer
    .u8(0)
    .u64(name)
    .bool(row.privileged)
    .i64(microseconds(row.updated))
    .bool(row.codeHash !== '');
  if (row.codeHash !== '') writer.u8(0).u8(0).raw(Buffer.from(row.codeHash, 'hex'));
}

type Rows = { changed: Buffer[]; removed: Buffer[]; added: Buffer[] };

/** A row as the block found it; `reborn` where it went and another came in its place: to nodeos these are two rows. */
type Before = { readonly old: unknown; reborn: boolean };

function rowsBefore(changes: readonly Change[]): Map<Change['store'], Map<unknown, Before>> {
  const before = new Map<Change['store'], Map<unknown, Before>>();
  for (const { store, key, old } of changes) {
    let rows = before.get(store);
    if (rows === undefined) before.set(store, (rows = new Map<unknown, Before>()));
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { old, reborn: false });
    else if (old === undefined && row.old !== undefined) row.reborn = true;
  }
  return before;
}

/** The block's table_delta_v0 list: each row's net change, as the state stands after it. */
export function packDeltas(state: State, changes: readonly Change[]): Buffer {
  const tables = new Map<TableName, Rows>();
  const scratch = new Writer(512);
  for (const [store, before] of rowsBefore(changes)) {
    const source = sourceOf(state, store);
    if (source === undefined) continue;
    let rows = tables.get(source.name);
    if (rows === undefined) tables.set(source.name, (rows = { changed: [], removed: [], added: [] }));
    const pack = (key: unknown, value: unknown): Buffer => {
      scratch.clear();
      source.pack(scratch, key as never, value as never);
      return scratch.take();
    };
    for (const [key, { old, reborn }] of before) {
      const now = (store as unknown as Store<unknown, unknown>).get(key);
      if (old !== undefined && (now === undefined || reborn)) rows.removed.push(pack(key, old));
      if (now === undefined) continue;
      const kind = old === undefined || reborn ? rows.added : rows.changed;
      kind.push(pack(key, now));
    }
  }
  return writeDeltas(tables);
}

function writeDeltas(tables: ReadonlyMap<TableName, Rows>): Buffer {
  const present = TABLES.filter((name) => {
    const rows = tables.get(name);
    return rows !== undefined && rows.changed.length + rows.removed.length + rows.added.length > 0;
  });
  const writer = new Writer(4096).varuint(present.length);
  for (const name of present) {
    const { changed, removed, added } = tables.get(name) as Rows;
    writer
      .u8(0)
      .text(name)
      .varuint(changed.length + removed.length + added.length);
    for (const row of changed) writer.u8(1).blob(row);
    for (const row of removed) writer.u8(0).blob(row);
    for (const row of added) writer.u8(1).blob(row);
  }
  return writer.take();
}
