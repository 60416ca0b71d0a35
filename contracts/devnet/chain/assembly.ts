import { createHost } from '../host/host.ts';
import type { State } from '../state/state.ts';
import { undo } from '../state/undo.ts';
import type { Change } from '../state/undo.ts';
import { admit, forgetExpired } from './admit.ts';
import { readBlock, slotMs } from './block.ts';
import { ChainFault } from './fault.ts';
import { startBlock } from './maker.ts';
import type { Applied, Head, MadeBlock, Maker } from './maker.ts';
import { readPacked } from './transaction.ts';

export type PushResult = Applied & {
  readonly id: string;
  /** The block that will hold it. */
  readonly blockNum: number;
  readonly blockTimeMs: number;
};

export type Finished = MadeBlock & {
  readonly changes: Change[];
  /** Transactions in the block. */
  readonly count: number;
};

export type AssemblyOptions = {
  readonly state: State;
  readonly chainId: Uint8Array;
  readonly producerKey: Uint8Array;
  /** Id of one of the chain's blocks. */
  readonly idOf: (num: number) => Buffer | undefined;
};

/** The block under construction on top of a head, and the state that its transactions change. */
export class Assembly {
  readonly #options: AssemblyOptions;
  readonly #host = createHost();
  #pending: Maker | undefined;
  #head: Head;
  /** Of the block that transactions last referred to, while the head stands: most of a block's refer to the same one. */
  #reference: { readonly num: number; readonly prefix: number } | undefined;

  constructor(options: AssemblyOptions, head: Head) {
    this.#options = options;
    this.#head = head;
  }
  get head(): Head {
    return this.#head;
  }
  set head(head: Head) {
    this.#head = head;
    this.#reference = undefined;
  }
  get pending(): Maker | undefined {
    return this.#pending;
  }
  begin(slot: number): Maker {
    const { state } = this.#options;
    forgetExpired(state, slotMs(slot));
    this.#pending = startBlock({ state, host: this.#host }, this.head, slot);
    return this.#pending;
  }
  /** Takes back the block under construction. */
  abandon(): void {
    this.#pending = undefined;
    undo(this.#options.state.log.cut());
  }
  /** Checks and runs a packed_transaction in a block that began at `slot`, unless one has begun. */
  push(packed: Uint8Array, slot: number): PushResult {
    const { state, chainId } = this.#options;
    const transaction = readPacked(packed);
    const maker = this.#pending ?? this.begin(slot);
    const mark = state.log.mark();
    const prefixOf = (low: number): number => this.#prefixOf(low);
    try {
      admit(transaction, { state, chainId, blockTimeMs: maker.timeMs, prefixOf });
      const applied = maker.apply(transaction);
      const { num: blockNum, timeMs: blockTimeMs } = maker;
      return { ...applied, id: transaction.id.toString('hex'), blockNum, blockTimeMs };
    } catch (error) {
      state.log.rollback(mark);
      if (error instanceof RangeError)
        throw new ChainFault('packed_transaction_type_exception', error.message);
      throw error;
    }
  }
  /** Closes the block under construction, or an empty one at `slot`; it is the head from now on. */
  finish(slot: number): Finished {
    const maker = this.#pending ?? this.begin(slot);
    const made = maker.finish(this.#options.producerKey);
    this.#pending = undefined;
    this.head = made.head;
    return { ...made, changes: this.#options.state.log.cut(), count: maker.count };
  }
  /** Executes again a block that was made before: its transactions are known to be good. */
  replay(block: Uint8Array): Finished {
    const { header, transactions } = readBlock(block);
    const { state } = this.#options;
    const maker = this.begin(header.slot);
    for (const { packed } of transactions) {
      const transaction = readPacked(packed);
      state.transactions.set(transaction.id.toString('hex'), transaction.transaction.expiration);
      maker.apply(transaction);
    }
    return this.finish(header.slot);
  }
  /** TAPOS prefix of the latest block whose number ends in these 16 bits, 0 where there is none yet. */
  #prefixOf(low: number): number {
    const { num } = this.head;
    const asked = num - ((num - low) & 0xffff);
    if (this.#reference?.num !== asked)
      this.#reference = { num: asked, prefix: this.#options.idOf(asked)?.readUInt32LE(8) ?? 0 };
    return this.#reference.prefix;
  }
}
