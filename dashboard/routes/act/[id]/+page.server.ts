import type { ActAnswer, PendingAnswer } from '../../../api/wire.ts';
import { ask, unlessBuilding } from '../../../lib/ask.ts';
import { asAsked } from '../../../lib/filters/link.ts';
import type { PageServerLoad } from './$types';

/** One act: final with its proof, or still waiting for finality. */
export const load: PageServerLoad = async ({ fetch, params, url, depends }) => {
  depends('zakroma:figures');
  const id = encodeURIComponent(params.id);
  const path = `/api/acts/${id}${asAsked(url)}`;
  return { act: await unlessBuilding(() => ask<ActAnswer | PendingAnswer>(fetch, path)) };
};
