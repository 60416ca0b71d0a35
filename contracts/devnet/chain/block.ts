import { Writer } from '../bytes/writer.ts';
import { Reader } from '../bytes/reader.ts';
import { sha256 } from './hash.ts';

/** 2000-01-01T00:00:00Z, from which block slots of 500 ms are counted. */
const EPOCH_MS = 946_684_800_000;
export const SLOT_MS = 500;

export const slotOf = (ms: number): number => Math.floor((ms - EPOCH_MS) / SLOT_MS);
export const slotMs = (slot: number): number => EPOCH_MS + slot * SLOT_MS;

/** ISO text without a zone, as nodeos prints block times. */
export const timeText = (ms: number): string => new Date(ms).toISOString().slice(0, 23);

export type Header = {
  readonly slot: number;
  readonly producer: bigint;
  readonly confirmed: number;
  readonly previous: Uint8Array;
  readonly transactionRoot: Uint8Array;
  readonly actionRoot: Uint8Array;
};

/** One transaction as a block holds it. `packed` is the packed_transaction. */
export type BlockTransaction = {
  readonly packed: Uint8Array;
  readonly cpuUs: number;
  readonly netWords: number;
};

/** The packed header without its signature: what the id is the sha256 of. */
export function packHeader(header: Header): Buffer {
  return new Writer(128)
    .u32(header.slot)
    .u64(header.producer)
    .u16(header.confirmed)
    .raw(header.previous)
    .raw(header.transactionRoot)
    .raw(header.actionRoot)
    .u32(0)
    .u8(0)
    .varuint(0)
    .take();
}

export const blockNumOf = (id: Uint8Array): number =>
  Buffer.from(id.buffer, id.byteOffset, 4).readUInt32BE(0);

/** sha256 of the packed header, its first four bytes replaced by the block's number, big-endian. */
export function blockId(packedHeader: Uint8Array, num: number): Buffer {
  const id = sha256(packedHeader);
  id.writeUInt32BE(num, 0);
  return id;
}

/** What a transaction adds to transaction_mroot. */
export function receiptDigest(transaction: BlockTransaction, packedDigest: Uint8Array): Buffer {
  return sha256(
    new Writer(64).u8(0).u32(transaction.cpuUs).varuint(transaction.netWords).raw(packedDigest).view(),
  );
}

/** The whole signed_block. */
export function packBlock(
  packedHeader: Uint8Array,
  signature: Uint8Array,
  transactions: readonly BlockTransaction[],
): Buffer {
  const size = transactions.reduce((sum, { packed }) => sum + packed.length + 16, 256);
  const writer = new Writer(size).raw(packedHeader).u8(0).raw(signature).varuint(transactions.length);
  for (const { packed, cpuUs, netWords } of transactions)
    writer.u8(0).u32(cpuUs).varuint(netWords).u8(1).raw(packed);
  return writer.varuint(0).take();
}

export type SignedBlock = {
  readonly header: Header;
  readonly signature: Uint8Array;
  readonly transactions: BlockTransaction[];
};

/** Reads a block that this chain packed. */
export function readBlock(bytes: Uint8Array): SignedBlock {
  const reader = new Reader(bytes);
  const header: Header = {
    slot: reader.u32(),
    producer: reader.u64(),
    confirmed: reader.u16(),
    previous: reader.raw(32),
    transactionRoot: reader.raw(32),
    actionRoot: reader.raw(32),
  };
  reader.raw(4 + 1 + 1 + 1);
  const signature = reader.raw(65);
  const transactions = reader.list(() => {
    reader.u8();
    const cpuUs = reader.u32();
    const netWords = reader.varuint();
    reader.u8();
    const start = reader.at;
    reader.list(() => reader.raw(66));
    reader.u8();
    reader.blob();
    reader.blob();
    return { packed: bytes.subarray(start, reader.at), cpuUs, netWords };
  });
  return { header, signature, transactions };
}
