import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Devnet } from '../devnet.ts';
import type { Served } from '../ship/server.ts';
import { readBody } from './fields.ts';
import { failure, notFound, tooLarge } from './reply.ts';
import type { Reply } from './reply.ts';
import { createRoutes } from './routes.ts';

export type ChainApiOptions = {
  /** 0 = any free one. */
  readonly port: number;
  readonly log?: { info(message: string): void };
};

const LARGEST_BODY = 2 * 1024 * 1024;
/** A larger body is still read, so that its sender hears why it is refused; beyond this the connection is cut. */
const PATIENCE = 8 * LARGEST_BODY;
const PREFIX = '/v1/chain/';
const PUSHES = new Set(
  ['send_transaction', 'send_transaction2', 'push_transaction'].map((name) => PREFIX + name),
);
/** Pages served from this machine may call; others may not. */
const LOCAL_ORIGIN = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Serves nodeos' chain API over the embedded chain, on loopback. */
export async function serveChainApi(devnet: Devnet, { port, log }: ChainApiOptions): Promise<Served> {
  const routes = createRoutes(devnet);
  const server = createServer((request, response) => {
    void answer(request).then((reply) => {
      send(request, response, reply);
    });
  });

  async function answer(request: IncomingMessage): Promise<Reply> {
    if (request.method === 'OPTIONS') return { status: 204, body: undefined };
    const path = (request.url ?? '').split('?')[0] ?? '';
    const route = path.startsWith(PREFIX) ? routes.get(path.slice(PREFIX.length)) : undefined;
    if (route === undefined) return notFound();
    try {
      const body = await collect(request);
      if (body === undefined) return tooLarge(LARGEST_BODY);
      return { status: PUSHES.has(path) ? 202 : 200, body: route(readBody(body)) };
    } catch (error) {
      const reply = failure(error, PUSHES.has(path) ? 'transaction' : 'question');
      if (reply.status === 500) log?.info(`${path}: ${(error as Error).message}`);
      return reply;
    }
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${String(bound)}`,
    port: bound,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** The body as text; undefined where it is too large. */
async function collect(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > PATIENCE) return undefined;
    if (size <= LARGEST_BODY) parts.push(part);
  }
  if (size > LARGEST_BODY) return undefined;
  return Buffer.concat(parts).toString('utf8');
}

function send(request: IncomingMessage, response: ServerResponse, { status, body }: Reply): void {
  const { origin } = request.headers;
  if (origin !== undefined && LOCAL_ORIGIN.test(origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-headers', 'content-type');
    response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
    response.setHeader('vary', 'origin');
  }
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
