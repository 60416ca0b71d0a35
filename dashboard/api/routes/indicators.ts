import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { answerTagged } from '../etag.ts';
import { FilterQuery } from '../params.ts';
import { readDays, readIndicators, readMonths } from '../queries/indicators.ts';
import { IndicatorsAnswer, Refusal, SeriesAnswer } from '../wire.ts';
import { resolveFilter } from './filter.ts';

/** The figures of the tiles, and how they went by month or day. */
export async function indicatorRoutes(instance: FastifyInstance, context: Context): Promise<void> {
  const { warehouse, cache, pending: waiting } = context;
  const app = instance.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/api/indicators',
    { schema: { querystring: FilterQuery, response: { 200: IndicatorsAnswer, '4xx': Refusal } } },
    async (request, reply) => {
      const { query } = request;
      const answer = await cache.answer(`indicators ${JSON.stringify(query)}`, async (asOf) => {
        const { filter, before, head } = await resolveFilter(warehouse, query, asOf);
        const [rows, earlier] = await Promise.all([
          readIndicators(warehouse, filter),
          readIndicators(warehouse, before),
        ]);
        return { ...head, rows, previous: { period: before.period, rows: earlier } };
      });
      const filter = { territory: answer.territory.oktmo, period: answer.period, ...answer.filter };
      const pending = answer.stale ? null : await waiting.count(filter);
      return answerTagged(
        request,
        reply,
        { ...answer, pending },
        `-${Object.values(pending ?? {}).join('.')}`,
      );
    },
  );

  app.get(
    '/api/indicators/monthly',
    { schema: { querystring: FilterQuery, response: { 200: SeriesAnswer, '4xx': Refusal } } },
    async (request, reply) => {
      const { query } = request;
      const answer = await cache.answer(`monthly ${JSON.stringify(query)}`, async (asOf) => {
        const { filter, head } = await resolveFilter(warehouse, query, asOf);
        return { ...head, grain: 'month' as const, rows: await readMonths(warehouse, filter) };
      });
      return answerTagged(request, reply, answer);
    },
  );

  app.get(
    '/api/indicators/daily',
    { schema: { querystring: FilterQuery, response: { 200: SeriesAnswer, '4xx': Refusal } } },
    async (request, reply) => {
      const { query } = request;
      const answer = await cache.answer(`daily ${JSON.stringify(query)}`, async (asOf) => {
        const { filter, head } = await resolveFilter(warehouse, query, asOf);
        return { ...head, grain: 'day' as const, rows: await readDays(warehouse, filter) };
      });
      return answerTagged(request, reply, answer);
    },
  );
  await Promise.resolve();
}
