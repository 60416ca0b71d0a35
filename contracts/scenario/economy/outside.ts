import type { Good } from '../reference/goods.ts';
import { numberIn, readTable } from '../reference/table.ts';
import { STEPPE } from '../reference/territories.ts';

/** A place outside the region and its share in what comes from, or goes to, outside. */
export type Share = { readonly place: string; readonly share: number };

const rows = readTable('outside.csv', import.meta.url).map((row) => ({
  way: row('way'),
  goods: row('goods'),
  place: row('place'),
  share: numberIn(row, 'share') / 100,
}));

/** Where goods come from (`in`) or go to (`out`): a product's own rows, else those of its basket group. */
export function sharesOf(way: 'in' | 'out', { product, basket_group }: Good): readonly Share[] {
  const named = (goods: string) => rows.filter((row) => row.way === way && row.goods === goods);
  const own = named(product);
  return own.length > 0 ? own : named(`@${basket_group}`);
}

/** The district that goods from and for Kazakhstan and Uzbekistan pass, the railway being there; nothing where they go straight. */
export const passes = (outside: string, inside: string): string | undefined =>
  (outside === 'KZ' || outside === 'UZ') && inside !== STEPPE ? STEPPE : undefined;
