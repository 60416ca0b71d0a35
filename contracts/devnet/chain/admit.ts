import { nameText } from '../bytes/name.ts';
import { findPermission } from '../state/state.ts';
import type { State } from '../state/state.ts';
import { levelText } from './authority.ts';
import { authorizeTransaction } from './authorize.ts';
import { timeText } from './block.ts';
import { ensure } from './fault.ts';
import type { PackedTransaction, Transaction } from './transaction.ts';
import { recoverKeys } from './transaction.ts';

/** Longest life a transaction may ask for, seconds. */
const LONGEST_LIFE = 3600;

export type Admission = {
  readonly state: State;
  readonly chainId: Uint8Array;
  readonly blockTimeMs: number;
  /** Prefix (u32) of the latest block whose number ends in these 16 bits. */
  readonly prefixOf: (refBlockNum: number) => number;
};

/** Everything that is checked before a transaction runs, in nodeos' order. Throws a ChainFault. */
export function admit(packed: PackedTransaction, { state, chainId, blockTimeMs, prefixOf }: Admission): void {
  const { transaction } = packed;
  const keys = recoverKeys(chainId, packed);
  const id = packed.id.toString('hex');
  const now = (): string => timeText(blockTimeMs);
  const expiration = (): string => timeText(transaction.expiration * 1000);
  ensure(
    transaction.expiration * 1000 >= blockTimeMs,
    'expired_tx_exception',
    () => `expired transaction ${id}, expiration ${expiration()}, block time ${now()}`,
  );
  ensure(
    transaction.expiration * 1000 <= blockTimeMs + LONGEST_LIFE * 1000,
    'tx_exp_too_far_exception',
    () =>
      `Transaction expiration is too far in the future relative to the reference time of ${now()}, expiration is ${expiration()} and the maximum transaction lifetime is ${String(LONGEST_LIFE)} seconds`,
  );
  ensure(
    prefixOf(transaction.refBlockNum) === transaction.refBlockPrefix,
    'invalid_ref_block_exception',
    () => "Transaction's reference block did not match. Is this transaction from a different fork?",
  );
  ensureReferences(state, transaction);
  ensure(!state.transactions.has(id), 'tx_duplicate', () => `duplicate transaction ${id}`);
  authorizeTransaction(state, transaction.actions, keys);
  state.transactions.set(id, transaction.expiration);
}

function ensureReferences(state: State, { actions, contextFreeActions, delaySeconds }: Transaction): void {
  ensure(
    contextFreeActions.length === 0,
    'transaction_exception',
    () => 'context-free actions are not run by this chain',
  );
  ensure(delaySeconds === 0, 'transaction_exception', () => 'delayed transactions are not run by this chain');
  for (const { account, authorization } of actions) {
    ensure(
      state.accounts.has(account),
      'transaction_exception',
      () => `action's code account '${nameText(account)}' does not exist`,
    );
    for (const level of authorization) {
      ensure(
        state.accounts.has(level.actor),
        'transaction_exception',
        () => `action's authorizing actor '${nameText(level.actor)}' does not exist`,
      );
      const known = findPermission(state, level.actor, level.permission) !== undefined;
      ensure(
        known,
        'transaction_exception',
        () => `action's authorizations include a non-existent permission: ${levelText(level)}`,
      );
    }
  }
  ensure(
    actions.some(({ authorization }) => authorization.length > 0),
    'tx_no_auths',
    () => 'transaction must have at least one authorization',
  );
}

/**
 * Forgets ids of transactions that can no longer come again, from the oldest on: what expired behind one that has not
 * waits for it.
 */
export function forgetExpired(state: State, blockTimeMs: number): void {
  for (const [id, expiration] of state.transactions.map) {
    if (expiration * 1000 >= blockTimeMs) return;
    state.transactions.delete(id);
  }
}
