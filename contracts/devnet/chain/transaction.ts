import { inflateSync } from 'node:zlib';
import { isCanonical, legacyPublicKeyText, recoverKey } from '../../chain/keys.ts';
import { Reader } from '../bytes/reader.ts';
import { Writer } from '../bytes/writer.ts';
import type { PackedAction } from './action.ts';
import { readAction } from './action.ts';
import { ChainFault, ensure } from './fault.ts';
import { sha256, sha256Of, ZERO_HASH } from './hash.ts';

export type Transaction = {
  /** Seconds since 1970. */
  readonly expiration: number;
  readonly refBlockNum: number;
  readonly refBlockPrefix: number;
  readonly maxNetUsageWords: number;
  readonly maxCpuUsageMs: number;
  readonly delaySeconds: number;
  readonly contextFreeActions: readonly PackedAction[];
  readonly actions: readonly PackedAction[];
};

/** A transaction as it travels and as a block keeps it. */
export type PackedTransaction = {
  readonly id: Buffer;
  readonly transaction: Transaction;
  readonly signatures: readonly Uint8Array[];
  /** The bytes of the whole packed_transaction, as sent. */
  readonly packed: Uint8Array;
  /** Of the transaction alone, uncompressed: what is signed. */
  readonly packedTrx: Uint8Array;
  readonly contextFreeData: Uint8Array;
  /** What a block's transaction_mroot is made of. */
  readonly digest: Buffer;
  /** Billed bytes, a multiple of 8. */
  readonly netUsage: number;
};

/** Bytes that nodeos bills beside those of the transaction itself. */
const NET_OVERHEAD = 12 + 16;
/** Signatures and context-free data, which a node may prune, are billed at a fifth. */
const PRUNABLE_SHARE = 5;
const LARGEST = 512 * 1024;

/** Bytes after the transaction's end are no part of it: as in nodeos, neither id nor signatures cover them. */
function readTransaction(bytes: Uint8Array): { transaction: Transaction; size: number } {
  const reader = new Reader(bytes);
  const expiration = reader.u32();
  const refBlockNum = reader.u16();
  const refBlockPrefix = reader.u32();
  const maxNetUsageWords = reader.varuint();
  const maxCpuUsageMs = reader.u8();
  const delaySeconds = reader.varuint();
  const contextFreeActions = reader.list(() => readAction(reader));
  const actions = reader.list(() => readAction(reader));
  const extensions = reader.list(() => ({ type: reader.u16(), data: reader.blob() }));
  if (extensions.length > 0) throw new Error('expected a transaction without extensions');
  return {
    transaction: {
      expiration,
      refBlockNum,
      refBlockPrefix,
      maxNetUsageWords,
      maxCpuUsageMs,
      delaySeconds,
      contextFreeActions,
      actions,
    },
    size: reader.at,
  };
}

/** Takes a packed_transaction apart. Throws a ChainFault where the bytes are not one. */
export function readPacked(packed: Uint8Array): PackedTransaction {
  ensure(
    packed.length <= LARGEST,
    'tx_too_big',
    () => `transaction of ${String(packed.length)} bytes, at most ${String(LARGEST)} are taken`,
  );
  try {
    return parsePacked(packed);
  } catch (error) {
    throw new ChainFault(
      'packed_transaction_type_exception',
      'Invalid packed transaction',
      (error as Error).message,
    );
  }
}

function parsePacked(packed: Uint8Array): PackedTransaction {
  const reader = new Reader(packed);
  const signatures = reader.list(() => {
    const type = reader.u8();
    if (type !== 0) throw new Error(`expected a K1 signature, got one of type ${String(type)}`);
    return reader.raw(65);
  });
  const signaturesEnd = reader.at;
  const compression = reader.u8();
  const contextFreeData = reader.blob();
  const packedTrx = reader.blob();
  if (reader.left > 0) throw new Error(`${String(reader.left)} bytes too many`);
  if (compression > 1)
    throw new Error(`expected compression 0 (none) or 1 (zlib), got ${String(compression)}`);
  const raw = compression === 0 ? packedTrx : inflate(packedTrx);
  const { transaction, size } = readTransaction(raw);
  const free = new Writer(16).blob(contextFreeData).view();
  const unprunable = new Writer(packedTrx.length + 16).u8(compression).blob(packedTrx);
  const prunable = sha256Of(packed.subarray(0, signaturesEnd), free);
  const prunableSize = signaturesEnd + contextFreeData.length;
  const billed = NET_OVERHEAD + packedTrx.length + Math.ceil(prunableSize / PRUNABLE_SHARE);
  return {
    id: sha256(raw.subarray(0, size)),
    transaction,
    signatures,
    packed,
    packedTrx: raw.subarray(0, size),
    contextFreeData:
      compression === 0 || contextFreeData.length === 0 ? contextFreeData : inflate(contextFreeData),
    digest: sha256Of(unprunable.view(), prunable),
    netUsage: Math.ceil(billed / 8) * 8,
  };
}

function inflate(bytes: Uint8Array): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: LARGEST });
  } catch {
    throw new Error('expected a transaction compressed by zlib');
  }
}

/** What signers sign. An absent or empty list of context-free data counts as 32 zero bytes. */
export function signingDigest(
  chainId: Uint8Array,
  packedTrx: Uint8Array,
  contextFreeData: Uint8Array,
): Buffer {
  const none = contextFreeData.length === 0 || contextFreeData[0] === 0;
  return sha256Of(chainId, packedTrx, none ? ZERO_HASH : sha256(contextFreeData));
}

/** Keys that signed, each once. Throws where a signature is not one or comes twice. */
export function recoverKeys(chainId: Uint8Array, packed: PackedTransaction): Buffer[] {
  const digest = signingDigest(chainId, packed.packedTrx, packed.contextFreeData);
  const keys: Buffer[] = [];
  for (const signature of packed.signatures) {
    const key = Buffer.from(recovered(digest, signature));
    ensure(
      !keys.some((known) => known.equals(key)),
      'tx_duplicate_sig',
      () =>
        `transaction includes more than one signature signed using the same key associated with public key: ${legacyPublicKeyText(key)}`,
    );
    keys.push(key);
  }
  return keys;
}

function recovered(digest: Uint8Array, signature: Uint8Array): Uint8Array {
  ensure(
    isCanonical(signature.subarray(1)),
    'assert_exception',
    () => 'is_canonical( c ): signature is not canonical',
  );
  try {
    return recoverKey(digest, signature);
  } catch {
    throw new ChainFault('std_exception', 'unable to reconstruct public key from signature');
  }
}
