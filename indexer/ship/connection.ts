import WebSocket from 'ws';
import { endpointName } from '../endpoints.ts';
import { FatalError, RetryableError } from '../errors.ts';
import { usualLimits } from '../limits.ts';
import { createProtocol } from './protocol.ts';
import type { Protocol } from './protocol.ts';

const handshakeMs = 10_000;

/** An open state-history stream: its protocol and its frames in order. */
export type Connection = {
  readonly protocol: Protocol;
  send(bytes: Uint8Array): void;
  /** A frame that is here already, else null. */
  shift(): Uint8Array | null;
  /** Bytes that have come so far, of unfinished messages too. */
  received(): number;
  /** Resolves true when a frame is here, false after `timeoutMs`. Throws RetryableError when the stream ended. */
  wait(timeoutMs: number): Promise<boolean>;
  close(): void;
};

type Inbox = {
  readonly frames: Uint8Array[];
  /** Of the frames, and whether reading from the network waits until there are fewer. */
  bytes: number;
  isPaused: boolean;
  ended: RetryableError | FatalError | null;
  wake: () => void;
};

/** True when a frame is here. Throws why no frame can come any more. */
function isHere({ frames, ended }: Inbox): boolean {
  if (frames.length > 0) return true;
  if (ended !== null) throw ended;
  return false;
}

function open(url: string): WebSocket {
  if (!/^wss?:\/\//.test(url)) throw wrongAddress(url);
  try {
    // The first blocks of a chain may be gigabytes: messages have no size limit.
    return new WebSocket(url, { perMessageDeflate: false, maxPayload: 0, handshakeTimeout: handshakeMs });
  } catch (error) {
    throw wrongAddress(url, { cause: error });
  }
}

function wrongAddress(url: string, options?: ErrorOptions): FatalError {
  return new FatalError(
    `expected a ws:// or wss:// address of state history, got ${endpointName(url)}`,
    options,
  );
}

/**
 * Connects and reads the protocol's description, the first frame. Throws RetryableError when the endpoint cannot be reached or
 * says nothing, FatalError when it speaks another protocol. The signal closes the stream. Beyond `inboxBytes` of unread frames nothing
 * more is taken from the network.
 */
export async function connect(
  url: string,
  signal: AbortSignal,
  inboxBytes = usualLimits.inboxBytes,
): Promise<Connection> {
  signal.throwIfAborted();
  const socket = open(url);
  const inbox: Inbox = { frames: [], bytes: 0, isPaused: false, ended: null, wake: () => undefined };
  let received = (): number => 0;
  socket.once('upgrade', ({ socket: wire }) => {
    received = () => wire.bytesRead;
  });
  const description = firstFrame(socket, inbox, endpointName(url), inboxBytes);
  const abort = (): void => {
    socket.terminate();
  };
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => {
    signal.removeEventListener('abort', abort);
  });
  try {
    const protocol = createProtocol(await description);
    return streaming(socket, inbox, protocol, inboxBytes, () => received());
  } catch (error) {
    socket.terminate();
    throw error;
  }
}

/** Sorts what arrives: the text frame first, then binary frames into the inbox. */
function firstFrame(socket: WebSocket, inbox: Inbox, name: string, inboxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const end = (error: RetryableError | FatalError): void => {
      inbox.ended ??= error;
      clearTimeout(timer);
      reject(inbox.ended);
      inbox.wake();
    };
    const timer = setTimeout(() => {
      end(new RetryableError(`${name} sent no protocol description within ${handshakeMs} ms`));
    }, handshakeMs);
    let described = false;
    socket.on('message', (data: Buffer, isBinary) => {
      if (!described && !isBinary) {
        described = true;
        clearTimeout(timer);
        resolve(data.toString('utf8'));
      } else if (described && isBinary) {
        inbox.frames.push(data);
        inbox.bytes += data.length;
        if (inbox.bytes > inboxBytes && !inbox.isPaused) {
          inbox.isPaused = true;
          socket.pause();
        }
        inbox.wake();
      } else {
        end(
          new FatalError(
            `${name} does not speak state history: got a ${isBinary ? 'binary' : 'text'} frame out of turn`,
          ),
        );
        socket.terminate();
      }
    });
    socket.on('error', (error) => {
      end(new RetryableError(`${name}: ${error.message}`, { cause: error }));
    });
    socket.on('close', (code) => {
      end(new RetryableError(`${name} closed the stream (code ${code})`));
    });
  });
}

function streaming(
  socket: WebSocket,
  inbox: Inbox,
  protocol: Protocol,
  inboxBytes: number,
  received: () => number,
): Connection {
  function shift(): Uint8Array | null {
    const frame = inbox.frames.shift() ?? null;
    inbox.bytes -= frame?.length ?? 0;
    if (inbox.isPaused && inbox.bytes * 2 <= inboxBytes) {
      inbox.isPaused = false;
      socket.resume();
    }
    return frame;
  }

  return {
    protocol,
    send: (bytes) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
    },
    received,
    shift,
    async wait(timeoutMs) {
      if (isHere(inbox)) return true;
      const timer = setTimeout(() => {
        inbox.wake();
      }, timeoutMs);
      await new Promise<void>((resolve) => {
        inbox.wake = resolve;
      });
      clearTimeout(timer);
      return isHere(inbox);
    },
    close: () => {
      socket.terminate();
    },
  };
}
