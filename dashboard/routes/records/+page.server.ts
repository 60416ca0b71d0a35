import type { ActsAnswer } from '../../api/wire.ts';
import { ask, unlessBuilding } from '../../lib/ask.ts';
import { link, queryOf } from '../../lib/filters/link.ts';
import type { PageServerLoad } from './$types';

/** The first page of records and their total. It does not follow the news: the reader asks for new ones. */
export const load: PageServerLoad = async ({ fetch, url }) => {
  const query = queryOf(url.searchParams);
  const i = url.searchParams.get('i') ?? undefined;
  const after = url.searchParams.get('after') ?? undefined;
  const records = await unlessBuilding(() => ask<ActsAnswer>(fetch, link('/api/acts', query, { i, after })));
  return { query, indicator: i, after, records };
};
