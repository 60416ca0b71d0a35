import type { SystemStatus } from '../api/status.ts';
import type { Goods } from '../lib/words/titles.ts';
import type { LayoutServerLoad } from './$types';

const NO_GOODS: Goods = { products: [], groups: [] };

/** What the frame of every page shows; it stands even while the warehouse is away. */
export const load: LayoutServerLoad = async ({ fetch, locals, depends }) => {
  depends('zakroma:figures');
  const [status, goods] = await Promise.all([
    fetch('/api/status').then((answer) => answer.json() as Promise<SystemStatus>),
    fetch('/api/products').then((answer) => (answer.ok ? (answer.json() as Promise<Goods>) : NO_GOODS)),
  ]);
  return { lang: locals.lang, status, goods: { products: goods.products, groups: goods.groups } };
};
