import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context.ts';
import type { SystemStatus } from '../status.ts';

/** Seconds; a page that shows the building asks again as often. */
const RETRY_AFTER = 2;

/** The tables are empty or half a region: what they say now would be wrong. A start over earlier data has something to show. */
const isBuilding = ({ phase, indexer }: SystemStatus) =>
  phase === 'building' || (phase === 'starting' && indexer.committed === 0);

/** What is not registered now may be in the part that is still to be read. */
export const mayYetCome = ({ phase }: SystemStatus) =>
  phase === 'starting' || phase === 'building' || phase === 'catching-up';

/** 503 with how far the building is, and when to ask again. */
export async function answerBuilding(reply: FastifyReply, { progress }: SystemStatus) {
  const message = 'The region is being built; figures appear by themselves.';
  return reply
    .status(503)
    .header('retry-after', String(RETRY_AFTER))
    .header('cache-control', 'no-store')
    .send({ error: 'building', message, progress });
}

/** Until the region stands there is nothing to read: every answer is 503. */
export function refuseUntilBuilt(app: FastifyInstance, { status }: Context): void {
  app.addHook('onRequest', async (_request, reply) => {
    const now = status();
    if (isBuilding(now)) await answerBuilding(reply, now);
  });
}
