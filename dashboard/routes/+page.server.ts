import type { IndicatorsAnswer, SeriesAnswer } from '../api/wire.ts';
import { ask, unlessBuilding } from '../lib/ask.ts';
import { chartModels } from '../lib/charts/model.ts';
import { renderStills } from '../lib/charts/render.ts';
import { asAsked, queryOf } from '../lib/filters/link.ts';
import { catalogue, type Lang } from '../lib/messages/index.ts';
import type { PageServerLoad } from './$types';

/** Up to so many days of a chosen span are drawn by day. */
const BY_DAY = 62;

const grainOf = ({ first, last }: IndicatorsAnswer['period']): 'daily' | 'monthly' =>
  (Date.parse(last) - Date.parse(first)) / 86_400_000 < BY_DAY ? 'daily' : 'monthly';

/** Figures, how they went, and the pictures as SVG, so that the first HTML is whole. */
async function overview(fetch: typeof globalThis.fetch, asked: string, lang: Lang) {
  const figures = await ask<IndicatorsAnswer>(fetch, `/api/indicators${asked}`);
  const grain = grainOf(figures.period);
  const series = await ask<SeriesAnswer>(fetch, `/api/indicators/${grain}${asked}`);
  const day = (figures.asOf.time ?? figures.period.last).slice(0, 10);
  const charts = chartModels(series, catalogue[lang], day).map((model) => ({
    model,
    svg: renderStills(model),
  }));
  return { figures, charts, grain };
}

export const load: PageServerLoad = async ({ fetch, url, locals, depends }) => {
  depends('zakroma:figures');
  const built = await unlessBuilding(() => overview(fetch, asAsked(url), locals.lang));
  return { query: queryOf(url.searchParams), built };
};
