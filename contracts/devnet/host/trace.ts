import type { PackedAction } from '../chain/action.ts';
import { writeAction } from '../chain/action.ts';
import { Writer } from '../bytes/writer.ts';
import { sha256 } from '../chain/hash.ts';

export type Receipt = {
  readonly receiver: bigint;
  readonly actDigest: Buffer;
  readonly globalSequence: number;
  readonly recvSequence: number;
  /** Ascending by account; one entry an account. */
  readonly authSequence: readonly (readonly [account: bigint, sequence: number])[];
  readonly codeSequence: number;
  readonly abiSequence: number;
};

/** One execution of an action at one receiver. Ordinals count creations from 1; execution order is the receipt's. */
export type ActionTrace = {
  readonly ordinal: number;
  readonly creator: number;
  /** Ordinal of the action itself where this is a notification of it. */
  readonly original: number;
  readonly receiver: bigint;
  readonly act: PackedAction;
  /** sha256 of the packed action, shared by its notifications. */
  readonly actDigest: Buffer;
  receipt: Receipt | undefined;
  console: string;
  readonly ramDeltas: Map<bigint, number>;
  cpuUs: number;
};

const scratch = new Writer(1024);

export const actionDigest = (act: PackedAction): Buffer => sha256(writeAction(scratch.clear(), act).view());

export function writeReceipt(writer: Writer, receipt: Receipt): Writer {
  writer.u64(receipt.receiver).raw(receipt.actDigest).n64(receipt.globalSequence).n64(receipt.recvSequence);
  writer.varuint(receipt.authSequence.length);
  for (const [account, sequence] of receipt.authSequence) writer.u64(account).n64(sequence);
  return writer.varuint(receipt.codeSequence).varuint(receipt.abiSequence);
}

/** What a receipt adds to action_mroot. */
export const receiptHash = (receipt: Receipt): Buffer =>
  sha256(writeReceipt(scratch.clear(), receipt).view());
