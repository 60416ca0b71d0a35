import swagger from '@fastify/swagger';
import fastify, { type FastifyError } from 'fastify';
import { createAnswerCache } from './cache.ts';
import type { ApiDeps, App, Context } from './context.ts';
import { answerError, ApiError } from './errors.ts';
import { mountPages } from './pages.ts';
import { createPendingCounts } from './pending.ts';
import { secureAnswers } from './security.ts';
import { actRoutes } from './routes/acts.ts';
import { fileRoutes } from './routes/files.ts';
import { indicatorRoutes } from './routes/indicators.ts';
import { liveRoutes } from './routes/live.ts';
import { referenceRoutes } from './routes/reference.ts';
import { answerBuilding, mayYetCome, refuseUntilBuilt } from './routes/ready.ts';

export type { ApiDeps, App } from './context.ts';

/** The API under /api and /healthz; every other path goes to the pages. Listens nowhere: the caller does. */
export function createApi({ page, logger = false, ...deps }: ApiDeps): App {
  const app = fastify({
    logger,
    routerOptions: { ignoreTrailingSlash: true },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: false } },
  });
  const cache = createAnswerCache({
    ...deps,
    onError: (error) => {
      app.log.error({ err: error }, 'warehouse is away: the last good answer is served');
    },
  });
  const pending = createPendingCounts(deps.warehouse, deps.subscribe);
  app.addHook('onClose', async () => {
    pending.close();
    await Promise.resolve();
  });
  const context: Context = { ...deps, cache, pending };
  secureAnswers(app);
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const now = deps.status();
    const isMissing = error instanceof ApiError && error.status === 404;
    if (isMissing && mayYetCome(now)) return answerBuilding(reply, now);
    return answerError(error, request, reply);
  });
  app.setNotFoundHandler(async (_request, reply) =>
    reply.status(404).send({ error: 'not-found', message: 'There is no such address.' }),
  );
  void app.register(swagger, {
    openapi: {
      info: {
        title: 'Zakroma',
        version: '1',
        description:
          'Production, outflow, consumption and local share of a territory, computed from signed acts. Decimals and ' +
          '64-bit integers are text; null is unknown, never zero. Answers carry the block they are as of.',
      },
    },
  });
  void app.register(async (api) => {
    refuseUntilBuilt(api, context);
    await api.register(referenceRoutes, context);
    await api.register(indicatorRoutes, context);
    await api.register(actRoutes, context);
    await api.register(fileRoutes, context);
  });
  void app.register(liveRoutes, context);
  if (page) mountPages(app, page);
  return app;
}
