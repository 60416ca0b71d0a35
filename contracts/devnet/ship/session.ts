import type { Devnet } from '../devnet.ts';
import { packBlockResult, packStatus, readRequest } from './message.ts';
import type { BlocksRequest } from './message.ts';

/** What a session writes to: a WebSocket, or a test's list. */
export type Outlet = {
  /** Sends one binary frame; `sent` runs when it has left the process. */
  send(frame: Buffer, sent: () => void): void;
  /** Bytes not yet gone. */
  buffered(): number;
};

export type Session = {
  /** Handles a client's frame. Throws where it is not a request. */
  receive(frame: Uint8Array): void;
  /** Tells of a new head; `num` at or below what was sent is a fork. */
  head(num: number): void;
  close(): void;
};

/** Frames are no longer handed over while this many bytes wait in the socket. */
const BUFFER_LIMIT = 4 * 1024 * 1024;
/** Blocks sent in one turn of the event loop. */
const TURN = 64;

/** One client's stream: each block costs a credit, acks add credits, a new request replaces the old one and its credits. */
export function createSession(devnet: Devnet, outlet: Outlet): Session {
  let request: BlocksRequest | undefined;
  let credits = 0;
  let next = 0;
  let closed = false;
  let turn: NodeJS.Immediate | undefined;

  function begin(asked: BlocksRequest): void {
    request = asked;
    credits = asked.credits;
    next = Math.max(asked.start, 1);
    for (const { num, id } of asked.havePositions) {
      if (num < asked.start && devnet.blocks.id(num)?.equals(id) !== true)
        next = Math.min(next, Math.max(num, 1));
    }
    pump();
  }

  function sendNext(asked: BlocksRequest): boolean {
    const info = devnet.info();
    const last = asked.irreversibleOnly ? info.irreversibleNum : info.headNum;
    if (credits === 0 || next > last || next >= asked.end || outlet.buffered() > BUFFER_LIMIT) return false;
    const stored = devnet.block(next);
    if (stored === undefined) return false;
    outlet.send(packBlockResult(devnet, stored, devnet.blocks.id(next - 1), asked), later);
    credits--;
    next++;
    return true;
  }

  function pump(): void {
    for (let left = TURN; left > 0; left--) if (closed || request === undefined || !sendNext(request)) return;
    later();
  }

  function later(): void {
    if (closed) return;
    turn ??= setImmediate(() => {
      turn = undefined;
      pump();
    });
  }

  return {
    receive: (frame) => {
      const asked = readRequest(frame);
      if (asked.kind === 'status') outlet.send(packStatus(devnet), () => undefined);
      else if (asked.kind === 'blocks') begin(asked);
      else {
        credits += asked.count;
        pump();
      }
    },
    head: (num) => {
      if (request === undefined) return;
      if (num < next) next = num;
      later();
    },
    close: () => {
      closed = true;
      clearImmediate(turn);
    },
  };
}
