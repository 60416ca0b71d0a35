import { createHash } from 'node:crypto';
import type { Batch, Intent, Position, RowSet } from '../../indexer/sink/sink.ts';
import { WarehouseError } from '../error.ts';
import type { Warehouse } from '../warehouse.ts';

/** What a committed batch held, kept in its cursor row. `sha256` is of the RowBinary bytes. */
export type Manifest = readonly { readonly table: string; readonly rows: number; readonly sha256: string }[];

/** The sink's own memory: intents in `chain.batch`, committed batches in `chain.cursor`. */
export type Ledger = {
  readonly cursor: Position | null;
  readonly openIntent: Intent | null;
  readonly epoch: number;
};

type Row = { chain_id: string; first: number; last: number; schema: string; epoch: number };

/** Creates the ledger's tables; safe to repeat. */
export async function createLedger(warehouse: Warehouse): Promise<void> {
  await warehouse.command('create database if not exists chain');
  await warehouse.command(`create table if not exists chain.batch (
    chain_id String, first UInt32, last UInt32, schema String, epoch UInt32, written_at DateTime64(3, 'UTC')
  ) engine = MergeTree order by (first, epoch, written_at)`);
  await warehouse.command(`create table if not exists chain.cursor (
    chain_id String, first UInt32, last UInt32, schema String, epoch UInt32,
    block_id String, rows UInt64, manifest String, committed_at DateTime64(3, 'UTC')
  ) engine = MergeTree order by last`);
}

/** Reads where the tables stand. Throws when they belong to another chain. */
export async function readLedger(warehouse: Warehouse, chainId: string): Promise<Ledger> {
  const chains = await warehouse.query<{ chain_id: string }>(
    'select distinct chain_id from chain.batch order by chain_id',
  );
  const other = chains.find((row) => row.chain_id !== chainId);
  if (other) {
    throw new WarehouseError(
      `The warehouse holds chain ${other.chain_id}, and the node streams chain ${chainId}. ` +
        'Point the indexer at a node of the first, or give the second an empty warehouse.',
      'OTHER_CHAIN',
    );
  }
  const [cursor] = await warehouse.query<{ last: number; block_id: string; epoch: number }>(
    'select last, block_id, epoch from chain.cursor order by last desc limit 1',
  );
  // An intent given up for another has a lower epoch than the batch that took its place.
  const [open] = await warehouse.query<Row>(
    `select chain_id, first, last, schema, epoch from chain.batch
     where first > {last:UInt32} and epoch >= {epoch:UInt32} order by written_at desc, epoch desc limit 1`,
    { last: cursor?.last ?? 0, epoch: cursor?.epoch ?? 0 },
  );
  const [highest] = await warehouse.query<{ epoch: number }>('select max(epoch) as epoch from chain.batch');
  return {
    cursor: cursor ? { blockNum: cursor.last, blockId: cursor.block_id } : null,
    openIntent: open
      ? { chainId: open.chain_id, first: open.first, last: open.last, schema: open.schema, epoch: open.epoch }
      : null,
    epoch: highest?.epoch ?? 0,
  };
}

/** Writes down what is going to be inserted. */
export async function writeIntent(warehouse: Warehouse, intent: Intent): Promise<void> {
  await warehouse.command(
    `insert into chain.batch (chain_id, first, last, schema, epoch, written_at)
     values ({chain:String}, {first:UInt32}, {last:UInt32}, {schema:String}, {epoch:UInt32}, now64(3))`,
    {
      chain: intent.chainId,
      first: intent.first,
      last: intent.last,
      schema: intent.schema,
      epoch: intent.epoch,
    },
  );
}

/** Closes the batch: from here on its blocks are behind the cursor. */
export async function writeCursor(warehouse: Warehouse, batch: Batch, intent: Intent): Promise<void> {
  const manifest = manifestOf(batch.rows);
  await warehouse.command(
    `insert into chain.cursor (chain_id, first, last, schema, epoch, block_id, rows, manifest, committed_at)
     values ({chain:String}, {first:UInt32}, {last:UInt32}, {schema:String}, {epoch:UInt32}, {block:String}, {rows:UInt64}, {manifest:String}, now64(3))`,
    {
      chain: intent.chainId,
      first: intent.first,
      last: intent.last,
      schema: intent.schema,
      epoch: intent.epoch,
      block: batch.end.blockId,
      rows: manifest.reduce((sum, entry) => sum + entry.rows, 0),
      manifest: JSON.stringify(manifest),
    },
  );
}

export function manifestOf(rows: readonly RowSet[]): Manifest {
  return rows.map((set) => ({
    table: set.table,
    rows: set.rows,
    sha256: createHash('sha256').update(set.bytes).digest('hex'),
  }));
}

/** `chain:first-last:schema:epoch:table`: the same for a repeat of the batch, another for anything else. */
export function tokenOf(intent: Intent, table: string): string {
  return `${intent.chainId}:${String(intent.first)}-${String(intent.last)}:${intent.schema}:${String(intent.epoch)}:${table}`;
}
