import { isLang } from '../messages/index.ts';

/** The filters of a page's address: short keys, defaults left out. */
export type Query = {
  readonly t?: string | undefined;
  readonly p?: string | undefined;
  readonly g?: string | undefined;
  readonly pr?: string | undefined;
};

const KEYS = ['t', 'p', 'g', 'pr'] as const;

/** Every condition of a page's address, for the API to judge: it refuses what is unknown, repeated or empty. The language is ours. */
export function asAsked(url: URL): string {
  const params = new URLSearchParams(url.search);
  if (isLang(params.get('lang'))) params.delete('lang');
  const text = params.toString();
  return text && `?${text}`;
}

/** The filters of an address. */
export const queryOf = (params: URLSearchParams): Query =>
  Object.fromEntries(KEYS.flatMap((key) => (params.get(key) ? [[key, params.get(key)]] : [])));

/** `path` with the filters and more; empty values are left out. A product stands for its group. */
export function link(
  path: string,
  query: Query,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...query, ...more })) if (value) params.set(key, value);
  const text = params.toString().replaceAll('%3A', ':');
  return text ? `${path}?${text}` : path;
}
