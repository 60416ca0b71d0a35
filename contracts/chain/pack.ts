import { createHash } from 'node:crypto';
import type { ABI } from '@wharfkit/antelope';
import { nameNumber } from '../devnet/bytes/name.ts';
import { Writer } from '../devnet/bytes/writer.ts';
import type { Action } from './driver.ts';
import { compileEncoder } from './encode.ts';
import type { ActionEncoder } from './encode.ts';

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

/** TAPOS fields of a block id (hex): low 16 bits of its number, and bytes 8–11 of the id, little-endian. */
export function tapos(blockId: string): Pick<TransactionHeader, 'refBlockNum' | 'refBlockPrefix'> {
  const id = Buffer.from(blockId, 'hex');
  if (id.length !== 32) throw new TypeError(`block id: 64 hexadecimal digits expected, got "${blockId}"`);
  return { refBlockNum: id.readUInt32BE(0) & 0xffff, refBlockPrefix: id.readUInt32LE(8) };
}

/** Encoders of the ABIs in use; an ABI object is never changed, only replaced. */
const encoders = new WeakMap<ABI, ActionEncoder>();

function encoderOf(abi: ABI): ActionEncoder {
  let encoder = encoders.get(abi);
  if (encoder === undefined) encoders.set(abi, (encoder = compileEncoder(abi)));
  return encoder;
}

function writeAction(writer: Writer, { account, name, authorization, data }: Action, abi: ABI): void {
  const encoder = encoderOf(abi);
  writer.u64(nameNumber(account)).u64(nameNumber(name)).varuint(authorization.length);
  if (!encoder.has(name))
    throw new TypeError(
      `the ABI of ${account} has no action ${name}; deploy the contract's present ABI first`,
    );
  for (const { actor, permission } of authorization)
    writer.u64(nameNumber(actor)).u64(nameNumber(permission));
  writer.blob(encoder.encode(name, data));
}

/**
 * A transaction's bytes, unsigned. Throws `TypeError` naming the field that does not fit the ABI, or the action that the
 * ABI does not have.
 * @param abiOf the ABI of an account, by name; every `action.account` is asked for
 */
export function packTransaction(
  header: TransactionHeader,
  actions: readonly Action[],
  abiOf: (account: string) => ABI,
): Uint8Array {
  const writer = new Writer(512)
    .u32(Math.floor(header.expiration / 1000))
    .u16(header.refBlockNum)
    .u32(header.refBlockPrefix)
    .varuint(0)
    .u8(header.maxCpuUsageMs ?? 0)
    .varuint(0)
    .varuint(0)
    .varuint(actions.length);
  for (const action of actions) writeAction(writer, action, abiOf(action.account));
  return writer.varuint(0).take();
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
