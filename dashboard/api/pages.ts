import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { API_CALL, type ApiCall } from './call.ts';

export type PageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => unknown;

/** Hands every path that the API does not know to the pages, with a way to the API that needs no port. */
export function mountPages(app: FastifyInstance, page: PageHandler): void {
  const call: ApiCall = async (url, headers) => {
    const answer = await app.inject({ method: 'GET', url, headers: { ...headers } });
    const plain = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(plain) as Record<string, string>,
      body: answer.body,
    };
  };
  app.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    schema: { hide: true },
    handler: async (request, reply) => {
      if (request.url.startsWith('/api/')) {
        return reply.status(404).send({ error: 'not-found', message: 'There is no such address.' });
      }
      reply.hijack();
      Object.assign(request.raw, { [API_CALL]: call });
      await page(request.raw, reply.raw, (error) => {
        if (error !== undefined) request.log.error({ err: error }, 'page failed');
        reply.raw.writeHead(error === undefined ? 404 : 500).end();
      });
      return reply;
    },
  });
}
