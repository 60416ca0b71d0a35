import { error } from '@sveltejs/kit';
import type { Refusal } from '../api/wire.ts';

type Fetch = typeof globalThis.fetch;

/** The region is not there yet: the page says so instead of failing. */
export class Building extends Error {
  override readonly name = 'Building';
}

/** An answer of the API; its refusals become error pages with the same status. Throws Building. */
export async function ask<T>(fetch: Fetch, url: string): Promise<T> {
  const response = await fetch(url);
  if (response.ok) return (await response.json()) as T;
  const refusal = (await response.json().catch(() => ({}))) as Partial<Refusal>;
  if (refusal.error === 'building') throw new Building();
  error(response.status, {
    message: refusal.message ?? 'unavailable',
    ...(refusal.error === undefined ? {} : { code: refusal.error }),
    ...(refusal.parameter === undefined ? {} : { parameter: refusal.parameter }),
  });
}

/** What `load` returns, or `null` while the region is being built. */
export async function unlessBuilding<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch (failure) {
    if (failure instanceof Building) return null;
    throw failure;
  }
}
