import type { Follower } from './blocks/follow.ts';
import { createBlockReader } from './blocks/header.ts';
import { FatalError, RetryableError } from './errors.ts';
import { upTo } from './session.ts';
import type { Progress } from './session.ts';
import type { Connection } from './ship/connection.ts';
import type { BlockMessage } from './ship/protocol.ts';
import type { SinkQueue } from './sink/queue.ts';
import type { Writer } from './sink/writer.ts';

export type RangesDeps = {
  /** Identified connections to the same chain; with n of them, each reads every n-th range. */
  readonly connections: readonly Connection[];
  /** Last block to read; every connection calls it final. */
  readonly last: number;
  readonly follower: Follower;
  readonly writer: Writer;
  readonly queue: SinkQueue;
  /** Whether the changes of table rows are wanted. */
  readonly rows: boolean;
  readonly limits: { readonly rangeBlocks: number; readonly silenceMs: number };
  readonly endBlock: number | null;
  readonly onProgress: (seen: Progress) => void;
};

/** Frames taken between two looks at whether the sink keeps up. */
const framesPerLook = 64;

/** One connection, reading ahead: a range is asked for with a credit for each of its blocks, so it flows without acknowledgements. */
function createLane(connection: Connection, silenceMs: number, rows: boolean) {
  const { protocol } = connection;
  const readBlock = createBlockReader(protocol.types);
  let arrived = 0;

  async function frame(): Promise<Uint8Array> {
    for (;;) {
      const here = connection.shift();
      if (here !== null) return here;
      if (await connection.wait(2 * silenceMs)) continue;
      const before = arrived;
      arrived = connection.received();
      if (arrived === before) throw new RetryableError(`the endpoint was silent for ${2 * silenceMs} ms`);
    }
  }

  return {
    ask(first: number, last: number): void {
      const blocks = last - first + 1;
      const range = { start: first, end: last + 1, inFlight: blocks, have: [], deltas: rows };
      connection.send(protocol.blocksRequest(range));
    },
    async next(): Promise<{ message: BlockMessage; block: ReturnType<typeof readBlock> }> {
      const message = protocol.read(await frame());
      const position = message.kind === 'block' ? message.position : null;
      if (message.kind !== 'block' || position === null)
        throw new FatalError('expected a block of the range asked for, got a message without one');
      return { message, block: readBlock({ ...message, position }) };
    },
  };
}

/**
 * Reads final history over several connections at once: while one range is decoded, the next ones arrive. Blocks are taken strictly in
 * order, so the tables are the same as from one connection. Memory: a connection that is ahead holds its inbox and no more.
 * Resolves when `last` is taken, or early when the blocks do not join; the ordinary stream then sees why.
 */
export async function readRanges(deps: RangesDeps): Promise<void> {
  const { follower, writer, queue, rows, limits, endBlock, onProgress, last } = deps;
  const lanes = deps.connections.map((connection) => createLane(connection, limits.silenceMs, rows));
  const start = follower.resume().start;
  const endOf = (first: number): number => Math.min(last, first + limits.rangeBlocks - 1);
  const stride = lanes.length * limits.rangeBlocks;
  let taken = 0;

  lanes.forEach((lane, i) => {
    const first = start + i * limits.rangeBlocks;
    if (first <= last) lane.ask(first, endOf(first));
  });

  /** False when the blocks do not join. */
  async function takeRange(lane: (typeof lanes)[number], end: number): Promise<boolean> {
    for (;;) {
      queue.check();
      const { message, block } = await lane.next();
      const events = follower.accept(block, message.lib);
      if (events.some((event) => event.kind === 'relink')) return false;
      await writer.apply(upTo(events, endBlock));
      onProgress({ head: message.head.blockNum, lib: message.lib.blockNum, isQuiet: false });
      if (++taken % framesPerLook === 0) {
        await queue.room();
        writer.settle(false);
      }
      if (block.blockNum >= end) return true;
    }
  }

  for (let first = start, turn = 0; first <= last; first = endOf(first) + 1, turn++) {
    const lane = lanes[turn % lanes.length] as (typeof lanes)[number];
    if (!(await takeRange(lane, endOf(first)))) return;
    const next = first + stride;
    if (next <= last) lane.ask(next, endOf(next));
  }
}
