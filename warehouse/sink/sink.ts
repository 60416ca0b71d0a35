import type { Batch, Intent, RowSet, Sink, TableSpec } from '../../indexer/sink/sink.ts';
import { WarehouseError } from '../error.ts';
import { makeSnapshots, prepareSnapshots } from '../models/snapshots.ts';
import { nativeBlock } from '../native/native.ts';
import type { Warehouse } from '../warehouse.ts';
import { readAbis } from './abis.ts';
import { createLedger, readLedger, tokenOf, writeCursor, writeIntent, type Ledger } from './ledger.ts';
import { keepRowHistory } from './row-history.ts';
import { decodedTables, deleteBlocks, differingTables } from './repair.ts';
import { CHAIN, ensureTable, TAIL } from './tables.ts';
import { dropTails, emptyTails, MAX_BLOCK } from './tails.ts';

export type ChainSinkOptions = {
  /**
   * Runs after a repeated batch, before its cursor: brings what is derived from the tables in line with them
   * (`repairModels`). A kill may have left a view's target without the rows of its base, and only it can tell.
   */
  readonly afterRepeat?: () => Promise<unknown>;
};

/** The indexer's sink over the warehouse; exactly once through tokens, and checked by counts after every stop in the middle. */
export function createChainSink(warehouse: Warehouse, options: ChainSinkOptions = {}): Sink {
  const specs = new Map<string, TableSpec>();
  /** Whether tables of changed rows came or grew that `chain.row_history` does not tell of yet. */
  let isHistoryBehind = false;
  let ledger: Ledger | undefined;

  function standing(): Ledger {
    if (ledger === undefined)
      throw new WarehouseError(
        'The sink is not open: call open(chainId) before the first batch.',
        'NOT_OPEN',
      );
    return ledger;
  }

  async function insertRows(
    sets: readonly RowSet[],
    suffix: string,
    token: (table: string) => string,
  ): Promise<void> {
    const insertions = sets.map((set) => {
      const spec = specs.get(set.table);
      if (spec === undefined)
        throw new WarehouseError(
          `Rows came for ${set.table}, which ensureTable has not seen.`,
          'UNKNOWN_TABLE',
        );
      const table = `${CHAIN}.${set.table}${suffix}`;
      const { columns } = spec;
      const bytes = nativeBlock(columns, set.rows, set.bytes);
      return { table, columns, rows: set.rows, bytes, token: token(set.table) };
    });
    // All have ended before this returns, so that a repeat never runs beside its first attempt.
    const outcomes = await Promise.allSettled(insertions.map((insertion) => warehouse.insert(insertion)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** Inserts the batch, and again under a higher epoch when tokens without rows swallowed a part of it. */
  async function insertExactly(batch: Batch, repeated: boolean): Promise<Intent> {
    let intent: Intent = { ...batch.intent, epoch: standing().epoch };
    for (;;) {
      const current = intent;
      await insertRows(batch.rows, '', (table) => tokenOf(current, table));
      if (!repeated) return current;
      const differing = await differingTables(warehouse, batch.rows, current.first, current.last);
      if (differing.length === 0) return current;
      intent = await nextEpoch(current);
      await deleteBlocks(warehouse, await decodedTables(warehouse), current.first, MAX_BLOCK);
    }
  }

  /** Deleted rows would be refused under their old tokens, so the epoch rises before the deletion. */
  async function nextEpoch(intent: Intent): Promise<Intent> {
    const next = { ...intent, epoch: standing().epoch + 1 };
    await writeIntent(warehouse, next);
    ledger = { ...standing(), epoch: next.epoch, openIntent: next };
    return next;
  }

  /** Decides what this commit is: new, a repeat, or another intent in place of one that a stop left open. */
  async function beginBatch(intent: Intent): Promise<'new' | 'repeat' | 'done'> {
    const { cursor, openIntent, epoch } = standing();
    if (cursor && intent.last <= cursor.blockNum) return 'done';
    if (cursor && intent.first !== cursor.blockNum + 1) throw notNext(intent, cursor.blockNum);
    if (openIntent && sameRows(openIntent, intent)) return 'repeat';
    const next = { ...intent, epoch: openIntent ? epoch + 1 : epoch };
    await writeIntent(warehouse, next);
    ledger = { cursor, openIntent: next, epoch: next.epoch };
    if (openIntent === null) return 'new';
    await deleteBlocks(
      warehouse,
      await decodedTables(warehouse),
      Math.min(openIntent.first, intent.first),
      MAX_BLOCK,
    );
    return 'repeat';
  }

  /** A repeat may have removed rows of any table, not of its own alone. */
  const qualifiedSpecs = () => [...specs.keys()].map((name) => `${CHAIN}.${name}`);
  const tableOf = (set: RowSet) => `${CHAIN}.${set.table}`;

  return {
    async open(chainId) {
      await createLedger(warehouse);
      await prepareSnapshots(warehouse);
      ledger = await readLedger(warehouse, chainId);
      await emptyTails(warehouse);
      return { ...ledger, abis: await readAbis(warehouse) };
    },

    async ensureTable(spec) {
      if (ledger === undefined) await createLedger(warehouse);
      await ensureTable(warehouse, spec);
      isHistoryBehind ||= spec.rowsOf !== undefined || spec.name === 'row_raw';
      specs.set(spec.name, spec);
    },

    async commit(batch) {
      const kind = await beginBatch(batch.intent);
      if (kind === 'done') return;
      const intent = await insertExactly(batch, kind === 'repeat');
      if (kind === 'repeat') await options.afterRepeat?.();
      await makeSnapshots(warehouse, kind === 'repeat' ? qualifiedSpecs() : batch.rows.map(tableOf));
      if (isHistoryBehind) await keepRowHistory(warehouse);
      isHistoryBehind = false;
      await writeCursor(warehouse, batch, intent);
      ledger = { cursor: batch.end, openIntent: null, epoch: intent.epoch };
    },

    appendTail: (blockNum, rows) => insertRows(rows, TAIL, (table) => `tail:${String(blockNum)}:${table}`),
    dropTailFrom: (fromBlock) => dropTails(warehouse, fromBlock, MAX_BLOCK),
    promoteTail: (throughBlock) => dropTails(warehouse, 0, throughBlock),
  };
}

/** The same rows: all but the epoch, which only says under which tokens they go in. */
function sameRows(one: Intent, other: Intent): boolean {
  return (
    one.chainId === other.chainId &&
    one.first === other.first &&
    one.last === other.last &&
    one.schema === other.schema
  );
}

function notNext(intent: Intent, cursor: number): WarehouseError {
  return new WarehouseError(
    `The batch ${String(intent.first)}…${String(intent.last)} does not follow the cursor at ${String(cursor)}; ` +
      `expected one that begins with ${String(cursor + 1)}. Read the standing again with open().`,
    'NOT_NEXT',
  );
}
