import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { answerTagged } from '../etag.ts';
import { ActPath, ActsQuery, cursorOf, Nothing, recordsAsked } from '../params.ts';
import { readAct, readPendingAct } from '../queries/act.ts';
import { readActs, totalActs } from '../queries/acts.ts';
import { ActAnswer, ActsAnswer, PendingAnswer, Refusal } from '../wire.ts';
import { resolveFilter } from './filter.ts';

/** The records behind a figure, and one act with its proof. */
export async function actRoutes(instance: FastifyInstance, { warehouse, cache }: Context): Promise<void> {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/api/acts',
    { schema: { querystring: ActsQuery, response: { 200: ActsAnswer, '4xx': Refusal } } },
    async (request, reply) => {
      const { i, k, after: text, limit = 50, ...query } = request.query;
      const records = recordsAsked({ i, k });
      const after = cursorOf(text);
      const key = `acts ${JSON.stringify(request.query)}`;
      const answer = await cache.answer(key, async (asOf) => {
        const { filter, head } = await resolveFilter(warehouse, query, asOf);
        const [page, total] = await Promise.all([
          readActs(warehouse, filter, records, { after, limit }, asOf.block),
          totalActs(warehouse, filter, records),
        ]);
        return { ...head, ...records, total, ...page };
      });
      return answerTagged(request, reply, answer);
    },
  );

  app.get(
    '/api/acts/:id',
    {
      schema: {
        params: ActPath,
        querystring: Nothing,
        response: { 200: ActAnswer, 202: PendingAnswer, '4xx': Refusal },
      },
    },
    async ({ params: { id } }, reply) => {
      const waiting = await readPendingAct(warehouse, id).catch(() => null);
      if (waiting) return reply.status(202).send({ asOf: cache.asOf(), pending: waiting });
      return cache.answer(`act ${id}`, async () => {
        const act = await readAct(warehouse, id);
        if (!act) throw notFound(`Act ${id}`);
        return act;
      });
    },
  );
  await Promise.resolve();
}
