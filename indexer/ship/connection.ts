import WebSocket from 'ws';
import { FatalError, RetryableError } from '../errors.ts';
import { createProtocol } from './protocol.ts';
import type { Protocol } from './protocol.ts';

const handshakeMs = 10_000;

/** An open state-history stream: its protocol and its frames in order. */
export type Connection = {
  readonly protocol: Protocol;
  send(bytes: Uint8Array): void;
  /** A frame that is here already, else null. */
  shift(): Uint8Array | null;
  /** Resolves true when a frame is here, false after `timeoutMs`. Throws RetryableError when the stream ended. */
  wait(timeoutMs: number): Promise<boolean>;
  close(): void;
};

type Inbox = {
  readonly frames: Uint8Array[];
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
  try {
    // The first blocks of a chain may be gigabytes: messages have no size limit.
    return new WebSocket(url, { perMessageDeflate: false, maxPayload: 0, handshakeTimeout: handshakeMs });
  } catch (error) {
    throw new FatalError(`expected a ws:// or wss:// address of state history, got '${url}'`, {
      cause: error,
    });
  }
}

/**
 * Connects and reads the protocol's description, the first frame. Throws RetryableError when the endpoint cannot be reached or
 * says nothing, FatalError when it speaks another protocol. The signal closes the stream.
 */
export async function connect(url: string, signal: AbortSignal): Promise<Connection> {
  signal.throwIfAborted();
  const socket = open(url);
  const inbox: Inbox = { frames: [], ended: null, wake: () => undefined };
  const description = firstFrame(socket, inbox, url);
  const abort = (): void => {
    socket.terminate();
  };
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => {
    signal.removeEventListener('abort', abort);
  });
  try {
    const protocol = createProtocol(await description);
    return streaming(socket, inbox, protocol);
  } catch (error) {
    socket.terminate();
    throw error;
  }
}

/** Sorts what arrives: the text frame first, then binary frames into the inbox. */
function firstFrame(socket: WebSocket, inbox: Inbox, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const end = (error: RetryableError | FatalError): void => {
      inbox.ended ??= error;
      clearTimeout(timer);
      reject(inbox.ended);
      inbox.wake();
    };
    const timer = setTimeout(() => {
      end(new RetryableError(`${url} sent no protocol description within ${handshakeMs} ms`));
    }, handshakeMs);
    let described = false;
    socket.on('message', (data: Buffer, isBinary) => {
      if (!described && !isBinary) {
        described = true;
        clearTimeout(timer);
        resolve(data.toString('utf8'));
      } else if (described && isBinary) {
        inbox.frames.push(data);
        inbox.wake();
      } else {
        end(
          new FatalError(
            `${url} does not speak state history: got a ${isBinary ? 'binary' : 'text'} frame out of turn`,
          ),
        );
        socket.terminate();
      }
    });
    socket.on('error', (error) => {
      end(new RetryableError(`${url}: ${error.message}`, { cause: error }));
    });
    socket.on('close', (code) => {
      end(new RetryableError(`${url} closed the stream (code ${code})`));
    });
  });
}

function streaming(socket: WebSocket, inbox: Inbox, protocol: Protocol): Connection {
  return {
    protocol,
    send: (bytes) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
    },
    shift: () => inbox.frames.shift() ?? null,
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
