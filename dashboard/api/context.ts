import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { AnswerCache } from './cache.ts';
import type { PendingCounts } from './pending.ts';
import type { PageHandler } from './pages.ts';
import type { Subscribe, SystemStatus } from './status.ts';

export type ApiDeps = {
  readonly warehouse: Warehouse;
  readonly status: () => SystemStatus;
  readonly subscribe: Subscribe;
  /** SvelteKit's handler (build/handler.js); without it only the API answers. */
  readonly page?: PageHandler;
  readonly logger?: FastifyServerOptions['logger'];
};

/** What the routes share. */
export type Context = Omit<ApiDeps, 'page' | 'logger'> & {
  readonly cache: AnswerCache;
  readonly pending: PendingCounts;
};

export type App = FastifyInstance;
