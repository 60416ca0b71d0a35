import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';

/** Until the tables stand there is nothing to read: 503 with how far the building is. */
export function refuseUntilBuilt(app: FastifyInstance, { status }: Context): void {
  app.addHook('onRequest', async (_request, reply) => {
    const { phase, progress, indexer } = status();
    const building = phase === 'starting' || (phase === 'building' && indexer.committed === 0);
    if (!building) return;
    const message = 'The region is being built; figures appear by themselves.';
    await reply.status(503).header('retry-after', '2').send({ error: 'building', message, progress });
  });
}
