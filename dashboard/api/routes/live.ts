import { Type } from 'typebox';
import type { FastifyInstance } from 'fastify';
import { metricsType } from '../../../indexer/metrics.ts';
import type { Context } from '../context.ts';
import { metricsText } from '../metrics.ts';
import { Nothing } from '../params.ts';
import { keepTelling } from '../sse.ts';

/** Whether we live, what state we are in, and the stream of news. */
export async function liveRoutes(app: FastifyInstance, { status, subscribe }: Context): Promise<void> {
  const streams = new Set<() => void>();

  app.get(
    '/healthz',
    { schema: { response: { '2xx': Type.Object({ phase: Type.String() }) } } },
    (_request, reply) => {
      const { phase } = status();
      return reply.status(phase === 'failed' ? 503 : 200).send({ phase });
    },
  );

  app.get('/api/status', { schema: { querystring: Nothing } }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send(status()),
  );

  app.get('/metrics', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-store').type(metricsType).send(metricsText(status())),
  );

  app.get(
    '/api/events',
    { schema: { querystring: Nothing, produces: ['text/event-stream'] } },
    (request, reply) => {
      reply.hijack();
      const stop = keepTelling(reply.raw, status, subscribe);
      streams.add(stop);
      request.raw.on('close', () => {
        stop();
        streams.delete(stop);
      });
    },
  );

  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());

  /** An open stream would keep the server from closing. */
  app.addHook('preClose', (done) => {
    for (const stop of streams) stop();
    done();
  });
  await Promise.resolve();
}
