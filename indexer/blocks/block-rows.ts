import { hash } from 'node:crypto';
import { Reader } from '../abi/reader.ts';
import type { RowBuffer } from '../abi/row-buffer.ts';
import { halves, nameHalves } from '../abi/names.ts';
import type { Account, Schema } from '../abi/schema.ts';
import { core } from '../abi/tables.ts';
import { endRow } from '../abi/whole-row.ts';
import { DecodeError, FatalError } from '../errors.ts';
import type { ActionTrace } from '../ship/traces.ts';
import type { AbiVersion } from '../sink/sink.ts';
import type { Block } from './header.ts';
import { putName } from './put-name.ts';
import type { RowSets } from './row-sets.ts';

const [systemLow, systemHigh] = nameHalves('eosio');
const [setabiLow, setabiHigh] = nameHalves('setabi');
const [setcodeLow, setcodeHigh] = nameHalves('setcode');

const noCode = new Uint8Array(32);

/** An ABI that a block sets, before it has its number in the account's sequence. */
export type AbiSet = {
  readonly account: Account;
  readonly globalSequence: bigint;
  readonly bytes: Uint8Array;
};

/** What a block gave: its watched actions, how many of them stayed raw, their lowest and highest sequence, and the ABIs that it sets. */
export type BlockYield = {
  actions: number;
  undecoded: number;
  lowest: number;
  highest: number;
  readonly abis: AbiSet[];
};

const nothing = { actions: 0, undecoded: 0, lowest: Number.POSITIVE_INFINITY, highest: 0 };

/** Turns verified blocks into rows: every watched action by the exact ABI of its own sequence. */
export type BlockRows = {
  /** Throws FatalError on torn traces; the caller takes the block's rows back with `RowSets.reset`. */
  write(block: Block, to: RowSets): BlockYield;
  writeAbis(block: Block, versions: readonly AbiVersion[], to: RowSets): void;
};

export function createBlockRows(schema: Schema): BlockRows {
  let from = new Reader(new Uint8Array(0));
  let data = from;
  let block: Block;
  let to: RowSets;
  let counted = { transactions: 0, actions: 0 };
  let found: BlockYield = { ...nothing, abis: [] };
  let time: readonly [number, number] = [0, 0];

  function lead(row: RowBuffer, trace: ActionTrace): void {
    row.u32(block.blockNum);
    row.u64(time[0], time[1]);
    row.copy(from.bytes, from.view, trace.sequenceAt, 8);
    row.copy(from.bytes, from.view, trace.txIdAt, 32);
  }

  /** Writes the decoded row; false, with nothing written, when the data is not what the ABI says. */
  function decode(account: Account, trace: ActionTrace): boolean {
    const made = schema.rowOf(account, trace.abiSequence, trace.nameLow, trace.nameHigh);
    if (made === null) return false;
    const row = to.of(made.table.index);
    const start = row.pos;
    lead(row, trace);
    data.window(trace.dataAt, trace.dataEnd);
    return endRow(made.write, data, row, start);
  }

  function writeAction(trace: ActionTrace, keepRaw: boolean): void {
    const row = to.of(core.action);
    lead(row, trace);
    row.u32(trace.txIndex);
    row.u32(trace.ordinal);
    row.u32(trace.creator);
    putName(row, trace.accountLow, trace.accountHigh);
    putName(row, trace.nameLow, trace.nameHigh);
    row.varuint(trace.actors);
    for (let at = trace.actorsAt, end = at + trace.actors * 16; at < end; at += 8) {
      putName(row, from.view.getUint32(at, true), from.view.getUint32(at + 4, true));
    }
    row.u32(trace.abiSequence);
    row.u32(trace.codeSequence);
    row.copy(from.bytes, from.view, trace.digestAt, 32);
    const size = keepRaw ? trace.dataEnd - trace.dataAt : 0;
    row.varuint(size);
    row.copy(from.bytes, from.view, trace.dataAt, size);
    row.rows++;
  }

  /** The watched account that this `eosio` action sets an ABI or code for. */
  function subject(trace: ActionTrace): Account | undefined {
    if (trace.accountLow !== systemLow || trace.accountHigh !== systemHigh) return undefined;
    const abi = trace.nameLow === setabiLow && trace.nameHigh === setabiHigh;
    const code = trace.nameLow === setcodeLow && trace.nameHigh === setcodeHigh;
    if ((!abi && !code) || trace.dataEnd - trace.dataAt < 8) return undefined;
    const at = trace.dataAt;
    return schema.accounts.get(from.view.getUint32(at, true), from.view.getUint32(at + 4, true));
  }

  /** Writes which code the account runs from here on: zeros where it was removed. */
  function noteCode(account: Account, trace: ActionTrace): void {
    if (trace.nameLow !== setcodeLow || trace.nameHigh !== setcodeHigh) return;
    data.window(trace.dataAt + 8, trace.dataEnd);
    let code: Uint8Array = noCode;
    try {
      data.take(2, 'setcode');
      const at = data.blob('bytes');
      if (data.pos > at) code = hash('sha256', data.slice(at, data.pos), 'buffer');
    } catch (error) {
      if (error instanceof DecodeError) return;
      throw error;
    }
    const row = to.of(core.code);
    row.u32(block.blockNum);
    row.u64(time[0], time[1]);
    row.copy(from.bytes, from.view, trace.sequenceAt, 8);
    row.text(account.name);
    row.put(code);
    row.rows++;
  }

  /** Notes the ABI; false when the action's data is torn. */
  function noteAbi(account: Account, trace: ActionTrace): boolean {
    if (trace.nameLow !== setabiLow || trace.nameHigh !== setabiHigh) return false;
    data.window(trace.dataAt + 8, trace.dataEnd);
    try {
      const at = data.blob('bytes');
      const globalSequence = from.view.getBigUint64(trace.sequenceAt, true);
      found.abis.push({ account, globalSequence, bytes: data.bytes.slice(at, data.pos) });
      return true;
    } catch (error) {
      if (error instanceof DecodeError) return false;
      throw error;
    }
  }

  /** Sequences stay below 2^53 for longer than any chain lives. */
  function noteSequence({ sequenceAt }: ActionTrace): void {
    const sequence =
      from.view.getUint32(sequenceAt, true) + 2 ** 32 * from.view.getUint32(sequenceAt + 4, true);
    if (sequence < found.lowest) found.lowest = sequence;
    if (sequence > found.highest) found.highest = sequence;
  }

  const visitor = {
    transaction(): void {
      counted.transactions++;
    },
    action(trace: ActionTrace): void {
      if (trace.receiverLow !== trace.accountLow || trace.receiverHigh !== trace.accountHigh) return;
      if (!trace.hasReceipt)
        throw new FatalError(`block ${block.blockNum}: an executed action has no receipt`);
      counted.actions++;
      const set = subject(trace);
      if (set !== undefined) noteCode(set, trace);
      const noted = set !== undefined && noteAbi(set, trace);
      const account = schema.accounts.get(trace.accountLow, trace.accountHigh);
      if (account === undefined && set === undefined) return;
      const decoded = account !== undefined && decode(account, trace);
      found.actions++;
      noteSequence(trace);
      if (account !== undefined && !decoded && !noted) found.undecoded++;
      writeAction(trace, !decoded && !noted);
    },
  };

  function writeBlockRow(): void {
    const row = to.of(core.block);
    row.u32(block.blockNum);
    row.put(Buffer.from(block.blockId, 'hex'));
    row.put(Buffer.from(block.previousId, 'hex'));
    row.u64(time[0], time[1]);
    row.put(block.producer);
    row.u32(counted.transactions);
    row.u32(counted.actions);
    row.rows++;
  }

  function open(next: Block, sets: RowSets): void {
    [block, to] = [next, sets];
    from = new Reader(block.message.bytes);
    data = new Reader(block.message.bytes);
    time = halves(BigInt(block.time));
    counted = { transactions: 0, actions: 0 };
    found = { ...nothing, abis: [] };
  }

  return {
    write(next, sets) {
      open(next, sets);
      const { traces } = block.message;
      // The genesis block is the only one that has no traces.
      if (traces === null && block.blockNum > 1) {
        throw new FatalError(
          `the endpoint has no traces of block ${block.blockNum}: it needs trace-history from there on`,
        );
      }
      if (traces !== null) {
        try {
          block.walk(from.window(traces.at, traces.end), visitor);
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
          throw new FatalError(`traces of block ${block.blockNum}: ${error.message}`, { cause: error });
        }
      }
      writeBlockRow();
      return found;
    },
    writeAbis(next, versions, sets) {
      open(next, sets);
      const row = to.of(core.abi);
      for (const version of versions) {
        row.u32(block.blockNum);
        row.u64(time[0], time[1]);
        row.i64(BigInt.asIntN(64, version.globalSequence));
        row.text(version.account);
        row.u32(version.abiSequence);
        row.varuint(version.bytes.length);
        row.copy(
          version.bytes,
          new DataView(version.bytes.buffer, version.bytes.byteOffset),
          0,
          version.bytes.length,
        );
        row.rows++;
      }
    },
  };
}
