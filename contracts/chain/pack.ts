import { createHash } from 'node:crypto';
import { type ABI, Action as WireAction, Serializer, Transaction } from '@wharfkit/antelope';
import type { Action } from './driver.ts';

/** The part of a transaction that ties it to a chain's recent past. `expiration` is ms since 1970, rounded down to a second. */
export type TransactionHeader = {
  readonly expiration: number;
  readonly refBlockNum: number;
  readonly refBlockPrefix: number;
  /** At most this much CPU, 0 = the chain's own limit. Two transactions that differ only here have different ids. */
  readonly maxCpuUsageMs?: number;
};

/** What `/v1/chain/send_transaction` takes, and what a block stores. */
export type SignedPackedTransaction = {
  readonly signatures: readonly string[];
  readonly compression: 0;
  readonly packed_context_free_data: '';
  readonly packed_trx: string;
};

const NAME = /^[a-z1-5.]{0,11}[a-z1-5]$|^[a-z1-5.]{12}[a-j1-5]$/;

/** TAPOS fields of a block id (hex): low 16 bits of its number, and bytes 8–11 of the id, little-endian. */
export function tapos(blockId: string): Pick<TransactionHeader, 'refBlockNum' | 'refBlockPrefix'> {
  const id = Buffer.from(blockId, 'hex');
  if (id.length !== 32) throw new TypeError(`block id: 64 hexadecimal digits expected, got "${blockId}"`);
  return { refBlockNum: id.readUInt32BE(0) & 0xffff, refBlockPrefix: id.readUInt32LE(8) };
}

/** An action's data as bytes by its contract's ABI. Throws `TypeError` naming the action that the ABI does not have. */
export function packAction(action: Action, abi: ABI): WireAction {
  for (const name of [action.account, action.name])
    if (!NAME.test(name))
      throw new TypeError(`an Antelope name (a–z, 1–5, dot; 12 at most) expected, got "${name}"`);
  const { account, name, data } = action;
  if (abi.getActionType(name) === undefined)
    throw new TypeError(
      `the ABI of ${account} has no action ${name}; deploy the contract's present ABI first`,
    );
  const authorization = action.authorization.map(({ actor, permission }) => ({ actor, permission }));
  return WireAction.from({ account, name, authorization, data }, abi);
}

/**
 * A transaction's bytes, unsigned.
 * @param abiOf the ABI of an account, by name; every `action.account` is asked for
 */
export function packTransaction(
  header: TransactionHeader,
  actions: readonly Action[],
  abiOf: (account: string) => ABI,
): Uint8Array {
  const transaction = Transaction.from({
    expiration: new Date(Math.floor(header.expiration / 1000) * 1000),
    ref_block_num: header.refBlockNum,
    ref_block_prefix: header.refBlockPrefix,
    max_net_usage_words: 0,
    max_cpu_usage_ms: header.maxCpuUsageMs ?? 0,
    delay_sec: 0,
    actions: actions.map((action) => packAction(action, abiOf(action.account))),
  });
  return Serializer.encode({ object: transaction }).array;
}

/** What a signer signs: sha256 of chain id, transaction, and 32 zero bytes (no context-free data). */
export function signingDigest(chainId: string, packed: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(Buffer.from(chainId, 'hex'))
    .update(packed)
    .update(new Uint8Array(32))
    .digest();
}

/** A transaction's id: sha256 of its bytes, hex. */
export function transactionId(packed: Uint8Array): string {
  return createHash('sha256').update(packed).digest('hex');
}

/** A transaction with its signatures (SIG_K1_ text), ready to send. */
export function packSigned(packed: Uint8Array, signatures: readonly string[]): SignedPackedTransaction {
  return {
    signatures,
    compression: 0,
    packed_context_free_data: '',
    packed_trx: Buffer.from(packed).toString('hex'),
  };
}
