import { halves } from '../abi/names.ts';
import { Reader } from '../abi/reader.ts';
import type { RowBuffer } from '../abi/row-buffer.ts';
import type { Account, Schema } from '../abi/schema.ts';
import { core } from '../abi/tables.ts';
import type { Block } from '../blocks/header.ts';
import { putName } from '../blocks/put-name.ts';
import type { RowSets } from '../blocks/row-sets.ts';
import { endRow } from '../abi/whole-row.ts';
import { DecodeError, FatalError } from '../errors.ts';
import type { RowDelta } from '../ship/deltas.ts';
import { createRowList } from './row-list.ts';

/** What a block gave: changed rows of the watched accounts' tables, and how many of them stayed raw. */
export type ChangesYield = { readonly rows: number; readonly undecodedRows: number };

/**
 * Turns the table deltas of verified blocks into rows: a block's net change of every row, by the account's newest ABI. What that
 * ABI cannot decode stays raw in `row_raw`; so do the rows of `unsettled` accounts, whose ABI in force is not applied yet.
 */
export type RowChanges = {
  /** Throws FatalError on missing or torn deltas; the caller takes the block's rows back with `RowSets.reset`. */
  write(block: Block, to: RowSets, unsettled: ReadonlySet<Account>): ChangesYield;
};

export function createRowChanges(schema: Schema): RowChanges {
  const list = createRowList();
  let from = new Reader(new Uint8Array(0));
  let block: Block;
  let to: RowSets;
  let time: readonly [number, number] = [0, 0];

  function keep(row: RowDelta): void {
    if (schema.accounts.get(row.codeLow, row.codeHigh) !== undefined) list.add(row);
  }

  function read(): void {
    const { deltas } = block.message;
    if (deltas === null) {
      // Some endpoints begin with the block after the genesis block.
      if (block.blockNum === 1) return;
      throw new FatalError(
        `the endpoint has no table deltas of block ${block.blockNum}: it needs chain-state-history from there on, or row history must be off`,
      );
    }
    try {
      block.walkDeltas(from.window(deltas.at, deltas.end), keep);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      throw new FatalError(`table deltas of block ${block.blockNum}: ${error.message}`, { cause: error });
    }
  }

  function writePlace(row: RowBuffer, delta: RowDelta): void {
    putName(row, delta.scopeLow, delta.scopeHigh);
    row.u64(delta.keyLow, delta.keyHigh);
    putName(row, delta.payerLow, delta.payerHigh);
    row.u8(delta.isPresent ? 1 : 0);
  }

  /** Writes the decoded row; false, with nothing written, when the value is not what the ABI says. */
  function decode(account: Account, delta: RowDelta): boolean {
    const made = schema.changeOf(account, delta.tableLow, delta.tableHigh);
    if (made === null) return false;
    const row = to.of(made.table.index);
    const start = row.pos;
    row.u32(block.blockNum);
    row.u64(time[0], time[1]);
    writePlace(row, delta);
    from.window(delta.valueAt, delta.valueEnd);
    return endRow(made.write, from, row, start);
  }

  function writeRaw(delta: RowDelta): void {
    const row = to.of(core.rowRaw);
    row.u32(block.blockNum);
    row.u64(time[0], time[1]);
    putName(row, delta.codeLow, delta.codeHigh);
    putName(row, delta.tableLow, delta.tableHigh);
    writePlace(row, delta);
    const size = delta.valueEnd - delta.valueAt;
    row.varuint(size);
    row.copy(from.bytes, from.view, delta.valueAt, size);
    row.rows++;
  }

  return {
    write(next, sets, unsettled) {
      [block, to] = [next, sets];
      from = new Reader(block.message.bytes);
      time = halves(BigInt(block.time));
      list.clear();
      read();
      let undecodedRows = 0;
      const rows = list.sorted();
      for (const delta of rows) {
        const account = schema.accounts.get(delta.codeLow, delta.codeHigh) as Account;
        if (!unsettled.has(account) && decode(account, delta)) continue;
        undecodedRows++;
        writeRaw(delta);
      }
      return { rows: rows.length, undecodedRows };
    },
  };
}
