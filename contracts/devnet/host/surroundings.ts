import type { PackedAction } from '../chain/action.ts';
import type { Transaction } from '../chain/transaction.ts';
import type { State } from '../state/state.ts';
import type { ActionTrace } from './trace.ts';

/** What an action sees of the transaction around it. */
export type Surroundings = {
  readonly state: State;
  /** The block's time. */
  readonly timeMs: number;
  readonly header: Pick<Transaction, 'expiration' | 'refBlockNum' | 'refBlockPrefix'>;
  /** The transaction's bytes, without signatures. */
  readonly packed: Uint8Array;
  /** Enters one more execution into the transaction's trace; `original` 0 = an action of its own, no notification. */
  schedule(
    act: PackedAction,
    receiver: bigint,
    creator: number,
    original: number,
    digest: Buffer,
  ): ActionTrace;
};
