import { Reader } from '../bytes/reader.ts';
import { Writer } from '../bytes/writer.ts';
import type { Devnet } from '../devnet.ts';
import type { StoredBlock } from '../store/frame.ts';

export type Position = { readonly num: number; readonly id: Buffer };

export type BlocksRequest = {
  readonly kind: 'blocks';
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly credits: number;
  readonly havePositions: readonly Position[];
  readonly irreversibleOnly: boolean;
  readonly block: boolean;
  readonly traces: boolean;
  readonly deltas: boolean;
};
export type Request =
  { readonly kind: 'status' } | { readonly kind: 'ack'; readonly count: number } | BlocksRequest;

/** Reads a client's frame. Throws where it is none of the three requests. */
export function readRequest(bytes: Uint8Array): Request {
  const reader = new Reader(bytes);
  const tag = reader.varuint();
  if (tag === 0) return { kind: 'status' };
  if (tag === 2) return { kind: 'ack', count: reader.u32() };
  if (tag !== 1) throw new Error(`expected a request of kind 0, 1 or 2, got ${String(tag)}`);
  return {
    kind: 'blocks',
    start: reader.u32(),
    end: reader.u32(),
    credits: reader.u32(),
    havePositions: reader.list(() => ({ num: reader.u32(), id: Buffer.from(reader.raw(32)) })),
    irreversibleOnly: reader.bool(),
    block: reader.bool(),
    traces: reader.bool(),
    deltas: reader.bool(),
  };
}

function writeEnds(writer: Writer, devnet: Devnet): Writer {
  const info = devnet.info();
  return writer
    .u32(info.headNum)
    .raw(Buffer.from(info.headId, 'hex'))
    .u32(info.irreversibleNum)
    .raw(Buffer.from(info.irreversibleId, 'hex'));
}

/** get_status_result_v0: traces begin with block 2, deltas with block 1; both end (exclusive) after head. */
export function packStatus(devnet: Devnet): Buffer {
  const end = devnet.info().headNum + 1;
  return writeEnds(new Writer(160).varuint(0), devnet)
    .u32(2)
    .u32(end)
    .u32(1)
    .u32(end)
    .raw(Buffer.from(devnet.chainId, 'hex'))
    .take();
}

/** get_blocks_result_v0 of one block. */
export function packBlockResult(
  devnet: Devnet,
  stored: StoredBlock,
  previous: Buffer | undefined,
  request: BlocksRequest,
): Buffer {
  const parts = [
    request.block ? stored.block : undefined,
    request.traces ? stored.traces : undefined,
    request.deltas ? stored.deltas : undefined,
  ];
  const size = parts.reduce((sum, part) => sum + (part?.length ?? 0) + 8, 160);
  const writer = writeEnds(new Writer(size).varuint(1), devnet);
  writer
    .bool(true)
    .u32(stored.num)
    .raw(stored.id)
    .bool(previous !== undefined);
  if (previous !== undefined) writer.u32(stored.num - 1).raw(previous);
  for (const part of parts) {
    writer.bool(part !== undefined);
    if (part !== undefined) writer.blob(part);
  }
  return writer.view();
}
