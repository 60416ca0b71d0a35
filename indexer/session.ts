import { createBlockReader } from './blocks/header.ts';
import type { ChainEvent, Follower } from './blocks/follow.ts';
import { FatalError, RetryableError, StuckError } from './errors.ts';
import type { Connection } from './ship/connection.ts';
import type { BlockMessage, StatusMessage } from './ship/protocol.ts';
import type { SinkQueue } from './sink/queue.ts';
import type { Writer } from './sink/writer.ts';

/** Asks the endpoint who it is. Throws RetryableError when it does not answer in time. */
export async function askStatus(connection: Connection, timeoutMs: number): Promise<StatusMessage> {
  connection.send(connection.protocol.statusRequest());
  const isHere = await connection.wait(timeoutMs);
  const frame = isHere ? connection.shift() : null;
  if (frame === null) throw new RetryableError(`the endpoint did not answer within ${timeoutMs} ms`);
  const message = connection.protocol.read(frame);
  if (message.kind !== 'status') throw new FatalError('expected the answer to a status request, got a block');
  return message;
}

export type SessionDeps = {
  readonly connection: Connection;
  readonly follower: Follower;
  readonly writer: Writer;
  readonly queue: SinkQueue;
  /** Whether the changes of table rows are wanted. */
  readonly rows: boolean;
  readonly limits: { readonly inFlight: number; readonly silenceMs: number; readonly heldBytes: number };
  /** Reading ends when this block is in the tables; null = never. */
  readonly endBlock: number | null;
  readonly onProgress: (seen: Progress) => void;
};

/** What the endpoint told last; `isQuiet` when it had nothing new for a while. */
export type Progress = { readonly head: number; readonly lib: number; readonly isQuiet: boolean };

/** The events without blocks after `endBlock`, which are read only because they prove finality. */
export function upTo(events: readonly ChainEvent[], endBlock: number | null): readonly ChainEvent[] {
  if (endBlock === null) return events;
  return events.flatMap((event): ChainEvent[] => {
    if (event.kind === 'block') return event.block.blockNum <= endBlock ? [event] : [];
    if (event.kind !== 'finalize') return [event];
    const blocks = event.blocks.filter((block) => block.blockNum <= endBlock);
    return blocks.length === 0 ? [] : [{ ...event, blocks }];
  });
}

/**
 * Streams from where the follower stands until the connection ends (RetryableError), the stream must be asked for anew
 * (resolves), the end block is in the tables (resolves) or the stream proves wrong (FatalError).
 */
export async function stream(deps: SessionDeps): Promise<void> {
  const { connection, follower, writer, queue, rows, limits, endBlock, onProgress } = deps;
  const { protocol } = connection;
  const readBlock = createBlockReader(protocol.types);
  let unacked = 0;
  let lib = 0;
  /** A status request is on its way. */
  let asked = false;
  /** The last answer told of blocks that have not come since. */
  let owed = false;
  /** Bytes that had come at the last heartbeat. */
  let arrived = connection.received();

  function acknowledge(): void {
    if (unacked > 0) connection.send(protocol.ackRequest(unacked));
    unacked = 0;
  }

  /** True when every block known to be final is in a batch. */
  const isAtHead = (): boolean => (follower.final()?.blockNum ?? 0) >= lib;
  const isDone = (): boolean => endBlock !== null && (follower.final()?.blockNum ?? 0) >= endBlock;

  /** True when the stream must be asked for anew. */
  async function take(message: BlockMessage): Promise<boolean> {
    const { position } = message;
    const block = position === null ? null : readBlock({ ...message, position });
    const events = follower.accept(block, message.lib);
    if (events.some((event) => event.kind === 'relink')) return true;
    await writer.apply(upTo(events, endBlock));
    if (follower.held().bytes > limits.heldBytes) {
      throw new StuckError(
        `finality has not moved for ${follower.held().blocks} blocks (${follower.held().bytes} bytes held): the endpoint or the chain is stuck`,
      );
    }
    lib = message.lib.blockNum;
    asked = owed = false;
    unacked++;
    onProgress({ head: message.head.blockNum, lib, isQuiet: false });
    return false;
  }

  /**
   * Nothing came for a while: an endpoint that answers has nothing new, one that does not, or keeps blocks back, is left. One that
   * is in the middle of a large message is waited for.
   */
  function heartbeat(): void {
    const before = arrived;
    arrived = connection.received();
    if (arrived > before) return;
    if (asked) throw new RetryableError(`the endpoint was silent for ${2 * limits.silenceMs} ms`);
    asked = true;
    connection.send(protocol.statusRequest());
  }

  /** Takes the answer to a heartbeat, which may tell of finality; true when the stream must be asked for anew. */
  async function quiet(status: StatusMessage): Promise<boolean> {
    const top = follower.top()?.blockNum ?? 0;
    const isBehind = status.head.blockNum > top;
    if (isBehind && owed) {
      throw new StuckError(`the endpoint is at block ${status.head.blockNum} but sends nothing after ${top}`);
    }
    asked = false;
    owed = isBehind;
    const events = follower.accept(null, status.lib);
    if (events.some((event) => event.kind === 'relink')) return true;
    await writer.apply(upTo(events, endBlock));
    lib = status.lib.blockNum;
    onProgress({ head: status.head.blockNum, lib, isQuiet: !isBehind });
    return false;
  }

  connection.send(protocol.blocksRequest({ ...follower.resume(), inFlight: limits.inFlight, deltas: rows }));
  while (!isDone()) {
    queue.check();
    const frame = connection.shift();
    if (frame === null) {
      acknowledge();
      writer.settle(isAtHead());
      if (!(await connection.wait(limits.silenceMs))) heartbeat();
      continue;
    }
    const message = protocol.read(frame);
    if (await (message.kind === 'status' ? quiet(message) : take(message))) return;
    if (unacked * 2 >= limits.inFlight) {
      await queue.room();
      writer.settle(isAtHead());
      acknowledge();
    }
  }
  await writer.finish();
}
