import { getContext, setContext } from 'svelte';
import type { News } from './live/news.svelte.ts';
import type { Messages } from './messages/index.ts';
import type { Goods } from './words/titles.ts';

/** What every part of a page needs; getters, so that a change of language or goods reaches all. */
export type PageContext = { readonly m: Messages; readonly goods: Goods; readonly news: News };

const KEY = Symbol('page');
export const setPage = (context: PageContext) => setContext(KEY, context);
export const getPage = () => getContext<PageContext>(KEY);
