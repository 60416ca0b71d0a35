import { hash } from 'node:crypto';
import { interned } from '../abi/names.ts';
import { Reader } from '../abi/reader.ts';
import type { Types } from '../abi/compile.ts';
import { DecodeError, FatalError } from '../errors.ts';
import { project } from '../ship/project.ts';
import type { BlockMessage } from '../ship/protocol.ts';
import { createDeltaWalk } from '../ship/deltas.ts';
import type { DeltaWalk } from '../ship/deltas.ts';
import { createTraceWalk } from '../ship/traces.ts';
import type { TraceWalk } from '../ship/traces.ts';
import type { Position } from '../sink/sink.ts';

/** ms from 1970 to 2000, where slots begin; a slot is 500 ms. */
const slotEpoch = 946_684_800_000;
const slotMs = 500;

/** A block whose id was computed from its own header, with its number and predecessor taken from there. */
export type Block = Position & {
  readonly previousId: string;
  /** ms since 1970. */
  readonly time: number;
  /** The producer's name, length-prefixed. */
  readonly producer: Uint8Array;
  readonly message: BlockMessage;
  /** Reads the message's traces, by the protocol of the connection that it came from. */
  readonly walk: TraceWalk;
  /** Reads the message's table deltas likewise. */
  readonly walkDeltas: DeltaWalk;
};

/** Id of a packed header: its sha256 with the first four bytes replaced by the big-endian number. */
export function blockId(header: Uint8Array, blockNum: number): string {
  return blockNum.toString(16).padStart(8, '0') + hash('sha256', header, 'hex').slice(8);
}

/**
 * Reads and verifies the block of a message: the id and the link that the endpoint tells must be those of the block's own bytes.
 * Throws FatalError: an endpoint that tells otherwise lies or is broken.
 */
export type BlockReader = (message: BlockMessage & { readonly position: Position }) => Block;

export function createBlockReader(types: Types): BlockReader {
  const walk = createTraceWalk(types);
  const walkDeltas = createDeltaWalk(types);
  let [slot, producerAt, previousAt] = [0, 0, 0];
  const header = project(types, 'block_header', {
    timestamp: ['block_timestamp_type', (from) => void (slot = from.u32())],
    producer: ['name', (from) => void (producerAt = from.take(8, 'name'))],
    previous: ['checksum256', (from) => void (previousAt = from.take(32, 'checksum256'))],
  });

  return (message) => {
    const { position, previous, bytes, block } = message;
    if (block === null) {
      throw new FatalError(
        `the endpoint has no block ${position.blockNum} any more: use one that keeps its blocks`,
      );
    }
    const from = new Reader(bytes, block.at, block.end);
    try {
      header(from);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      throw new FatalError(`block ${position.blockNum}: ${error.message}`, { cause: error });
    }
    const previousId = Buffer.from(bytes.buffer, bytes.byteOffset + previousAt, 32).toString('hex');
    const blockNum = Number.parseInt(previousId.slice(0, 8), 16) + 1;
    const id = blockId(bytes.subarray(block.at, from.pos), blockNum);
    if (blockNum !== position.blockNum || id !== position.blockId) {
      throw new FatalError(
        `the endpoint calls block ${position.blockNum} ${position.blockId}, its own bytes make it ${blockNum} ${id}`,
      );
    }
    if (previous !== null && previous.blockId !== previousId) {
      throw new FatalError(
        `the endpoint links block ${blockNum} to ${previous.blockId}, its own header to ${previousId}`,
      );
    }
    const producer = interned.name.get(
      from.view.getUint32(producerAt, true),
      from.view.getUint32(producerAt + 4, true),
    );
    const time = slotEpoch + slotMs * slot;
    return {
      ...{ blockNum, blockId: id, previousId, time, producer: producer as Uint8Array },
      ...{ message, walk, walkDeltas },
    };
  };
}
