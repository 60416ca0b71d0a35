import { signDigest } from '../../chain/keys.ts';
import { nameNumber } from '../bytes/name.ts';
import { Writer } from '../bytes/writer.ts';
import type { Host } from '../host/host.ts';
import type { ActionTrace } from '../host/trace.ts';

import { ACTIVE, SYSTEM } from '../state/state.ts';
import type { State } from '../state/state.ts';
import type { PackedAction } from './action.ts';
import type { BlockTransaction } from './block.ts';
import { blockId, packBlock, packHeader, receiptDigest, slotMs } from './block.ts';
import type { Header as TransactionHeader } from './execute.ts';
import { TransactionContext } from './execute.ts';
import { merkleRoot, sha256 } from './hash.ts';
import { writeTransactionTrace } from './history.ts';
import type { PackedTransaction, Transaction } from './transaction.ts';

export type Head = {
  readonly num: number;
  readonly id: Buffer;
  readonly slot: number;
  readonly packedHeader: Buffer;
};
export type Applied = {
  readonly traces: readonly ActionTrace[];
  readonly cpuUs: number;
  readonly netUsage: number;
};
export type MadeBlock = { readonly head: Head; readonly block: Buffer; readonly traces: Buffer };

const ONBLOCK = nameNumber('onblock');

/** A block under construction on top of `parent`. Its changes stay in the state's undo log. */
export type Maker = {
  readonly num: number;
  readonly timeMs: number;
  readonly slot: number;
  /** Transactions taken so far. */
  readonly count: number;
  /** Runs a transaction that was already checked; on a ChainFault the state is as before. */
  apply(packed: PackedTransaction): Applied;
  finish(producerKey: Uint8Array): MadeBlock;
};

type Deps = { readonly state: State; readonly host: Host };

/** Starts a block: its first transaction is the chain's own `onblock`, as on a nodeos chain. */
export function startBlock(deps: Deps, parent: Head, slot: number): Maker {
  const num = parent.num + 1;
  const timeMs = slotMs(slot);
  const transactions: BlockTransaction[] = [];
  const receipts: Buffer[] = [];
  const actions: Buffer[] = [];
  const traces = new Writer(2048);
  let traceCount = 0;

  const execute = (
    header: TransactionHeader,
    packed: Uint8Array,
    run: readonly PackedAction[],
  ): TransactionContext => {
    const context = new TransactionContext(deps, timeMs, header, packed);
    const mark = deps.state.log.mark();
    try {
      context.run(run);
    } catch (error) {
      deps.state.log.rollback(mark);
      throw error;
    }
    for (const digest of context.digests) actions.push(digest);
    traceCount++;
    return context;
  };

  onblock();
  return {
    num,
    timeMs,
    slot,
    get count() {
      return transactions.length;
    },
    apply: (packed) => {
      const { transaction, signatures, netUsage } = packed;
      const context = execute(transaction, packed.packedTrx, transaction.actions);
      const { cpuUs } = context;
      const taken: BlockTransaction = { packed: packed.packed, cpuUs, netWords: netUsage / 8 };
      transactions.push(taken);
      receipts.push(receiptDigest(taken, packed.digest));
      writeTransactionTrace(traces, {
        id: packed.id,
        cpuUs,
        netUsage,
        traces: context.traces,
        header: transaction,
        signatures,
      });
      return { traces: context.traces, cpuUs, netUsage };
    },
    finish: (producerKey) => {
      const packedHeader = packHeader({
        slot,
        producer: SYSTEM,
        confirmed: 0,
        previous: parent.id,
        transactionRoot: merkleRoot(receipts),
        actionRoot: merkleRoot(actions),
      });
      const block = packBlock(packedHeader, signDigest(sha256(packedHeader), producerKey), transactions);
      const packedTraces = Buffer.concat([new Writer(8).varuint(traceCount).view(), traces.view()]);
      return {
        head: { num, id: blockId(packedHeader, num), slot, packedHeader },
        block,
        traces: packedTraces,
      };
    },
  };

  function onblock(): void {
    const act: PackedAction = {
      account: SYSTEM,
      name: ONBLOCK,
      authorization: [{ actor: SYSTEM, permission: ACTIVE }],
      data: parent.packedHeader,
    };
    const header: Transaction = {
      expiration: Math.ceil(timeMs / 1000),
      refBlockNum: parent.num & 0xffff,
      refBlockPrefix: parent.id.readUInt32LE(8),
      maxNetUsageWords: 0,
      maxCpuUsageMs: 0,
      delaySeconds: 0,
      contextFreeActions: [],
      actions: [act],
    };
    const packed = new Writer(256)
      .u32(header.expiration)
      .u16(header.refBlockNum)
      .u32(header.refBlockPrefix)
      .varuint(0)
      .u8(0)
      .varuint(0)
      .varuint(0);
    packed
      .varuint(1)
      .u64(act.account)
      .u64(act.name)
      .varuint(1)
      .u64(SYSTEM)
      .u64(ACTIVE)
      .blob(act.data)
      .varuint(0);
    const { traces: executed, cpuUs } = execute(header, packed.view(), [act]);
    writeTransactionTrace(traces, {
      id: sha256(packed.view()),
      cpuUs,
      netUsage: 0,
      traces: executed,
      header,
      signatures: [],
    });
  }
}
