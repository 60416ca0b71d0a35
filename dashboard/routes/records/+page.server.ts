import type { ActsAnswer } from '../../api/wire.ts';
import { ask, unlessBuilding } from '../../lib/ask.ts';
import { asAsked, queryOf } from '../../lib/filters/link.ts';
import type { PageServerLoad } from './$types';

/** The first page of records and their total. It does not follow the news: the reader asks for new ones. */
export const load: PageServerLoad = async ({ fetch, url }) => {
  const more = { i: url.searchParams.get('i') ?? undefined, k: url.searchParams.get('k') ?? undefined };
  const records = await unlessBuilding(() => ask<ActsAnswer>(fetch, `/api/acts${asAsked(url)}`));
  return { query: queryOf(url.searchParams), more, records };
};
