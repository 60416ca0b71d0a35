import type { Good } from '../reference/goods.ts';
import { numberIn, readTable } from '../reference/table.ts';
import { STEPPE } from '../reference/territories.ts';

/** A place outside the region and its share in what comes from, or goes to, outside. */
export type Share = { readonly place: string; readonly share: number };

const shares = new Map<string, Share[]>();
for (const row of readTable('outside.csv', import.meta.url)) {
  const name = `${row('way')} ${row('goods')}`;
  shares.set(name, [
    ...(shares.get(name) ?? []),
    { place: row('place'), share: numberIn(row, 'share') / 100 },
  ]);
}

/** Where goods come from (`in`) or go to (`out`): a product's own rows, else those of its basket group. */
export const sharesOf = (way: 'in' | 'out', { product, basket_group }: Good): readonly Share[] =>
  shares.get(`${way} ${product}`) ?? shares.get(`${way} @${basket_group}`) ?? [];

/** The district that goods from and for Kazakhstan and Uzbekistan pass, the railway being there; nothing where they go straight. */
export const passes = (outside: string, inside: string): string | undefined =>
  (outside === 'KZ' || outside === 'UZ') && inside !== STEPPE ? STEPPE : undefined;
