import { randomUUID } from 'node:crypto';
import type { RawAction } from '../../indexer/redecode.ts';
import type { TableSpec } from '../../indexer/sink/sink.ts';
import { qualified } from '../door/statement.ts';
import { nativeBlock } from '../native/native.ts';
import type { Warehouse } from '../warehouse.ts';
import { CHAIN, ensureTable } from './tables.ts';

type Row = {
  block_num: number;
  ms: string;
  global_sequence: string;
  tx: string;
  contract: string;
  name: string;
  abi_sequence: number;
  raw_hex: string;
};

/** The next actions that were kept raw, of these accounts, after a global sequence and up to the committed block. */
export async function readRawActions(
  warehouse: Warehouse,
  accounts: readonly string[],
  after: bigint,
  limit: number,
): Promise<readonly RawAction[]> {
  const rows = await warehouse.query<Row>(
    `select block_num, toString(toUnixTimestamp64Milli(block_time)) as ms, global_sequence, hex(tx_id) as tx, contract, name, abi_sequence, hex(raw) as raw_hex
     from chain.action
     where raw != '' and global_sequence > {after:UInt64} and contract in {accounts:Array(String)}
       and block_num <= (select max(last) from chain.cursor)
     order by global_sequence limit {limit:UInt32}`,
    { after: String(after), accounts, limit },
  );
  return rows.map((row) => ({
    blockNum: row.block_num,
    blockTime: Number(row.ms),
    globalSequence: BigInt(row.global_sequence),
    txId: Buffer.from(row.tx, 'hex'),
    contract: row.contract,
    name: row.name,
    abiSequence: row.abi_sequence,
    raw: Buffer.from(row.raw_hex, 'hex'),
  }));
}

/** A decoded row in RowBinary and the action that it comes from. */
export type LateRow = {
  readonly blockNum: number;
  readonly globalSequence: bigint;
  readonly row: Uint8Array;
};

/**
 * Adds rows of actions decoded late, those alone whose action has no row in the table yet; gives how many. One insert is one part: a stop
 * leaves all of its rows or none, and a repeat finds which.
 */
export async function addLateRows(
  warehouse: Warehouse,
  table: TableSpec,
  rows: readonly LateRow[],
): Promise<number> {
  await ensureTable(warehouse, table);
  const numbers = rows.map((row) => row.blockNum);
  const found = await warehouse.query<{ sequence: string }>(
    `select distinct global_sequence as sequence from ${qualified(`${CHAIN}.${table.name}`)}
     where block_num between {first:UInt32} and {last:UInt32} and global_sequence in (select toUInt64(arrayJoin({sequences:Array(String)})))`,
    {
      first: numbers.reduce((least, n) => Math.min(least, n)),
      last: numbers.reduce((most, n) => Math.max(most, n)),
      sequences: rows.map((row) => String(row.globalSequence)),
    },
  );
  const present = new Set(found.map((row) => row.sequence));
  const missing = rows.filter((row) => !present.has(String(row.globalSequence)));
  if (missing.length === 0) return 0;
  const bytes = Buffer.concat(missing.map(({ row }) => row));
  await warehouse.insert({
    table: `${CHAIN}.${table.name}`,
    columns: table.columns,
    rows: missing.length,
    bytes: nativeBlock(table.columns, missing.length, bytes),
    // What is there was looked up above; a token that an earlier run left would swallow rows that were lost since.
    token: `redecode:${randomUUID()}`,
  });
  return missing.length;
}
