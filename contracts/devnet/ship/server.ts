import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { Devnet } from '../devnet.ts';
import { createSession } from './session.ts';

export type Served = { readonly url: string; readonly port: number; close(): Promise<void> };
export type ShipOptions = {
  /** 0 = any free one. */
  readonly port: number;
  readonly log?: { info(message: string): void };
};

/** Requests are small; a list of 20,000 positions still fits. */
const LARGEST_REQUEST = 1024 * 1024;
const CLOSED_BY_CLIENT_FAULT = 1002;

const protocol = readFileSync(new URL('./protocol.abi.json', import.meta.url), 'utf8');

const bytesOf = (data: RawData): Uint8Array =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

/** Serves the chain as nodeos' state_history_plugin does, on loopback. */
export async function serveShip(devnet: Devnet, { port, log }: ShipOptions): Promise<Served> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port,
    maxPayload: LARGEST_REQUEST,
    perMessageDeflate: false,
  });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    accept(devnet, socket, log);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `ws://127.0.0.1:${String(bound)}`,
    port: bound,
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

function accept(devnet: Devnet, socket: WebSocket, log: ShipOptions['log']): void {
  const session = createSession(devnet, {
    send: (frame, sent) => {
      socket.send(frame, { binary: true }, sent);
    },
    buffered: () => socket.bufferedAmount,
  });
  const stop = devnet.onBlock(({ num }) => {
    session.head(num);
  });
  socket.on('message', (data) => {
    try {
      session.receive(bytesOf(data));
    } catch (error) {
      log?.info(`a state-history client sent what is no request: ${(error as Error).message}`);
      socket.close(CLOSED_BY_CLIENT_FAULT);
    }
  });
  socket.on('error', (error) => {
    log?.info(`state-history socket: ${error.message}`);
  });
  socket.on('close', () => {
    stop();
    session.close();
  });
  socket.send(protocol);
}
