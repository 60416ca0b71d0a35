import type { Group, Product } from '../../api/wire.ts';
import type { Messages } from '../messages/index.ts';

export type Goods = { readonly products: readonly Product[]; readonly groups: readonly Group[] };

/** What a basket group or a product is called, in a word where there is one; its code when nobody named it. */
export function goodsTitle(goods: Goods, group: string, product: string, m: Messages): string {
  if (product) return goods.products.find((one) => one.product === product)?.title ?? product;
  const found = goods.groups.find((one) => one.group === group);
  return m.groups[group] ?? found?.[m.lang === 'en' ? 'en' : 'ru'] ?? group;
}

/** A title inside a sentence: «Картофель» is «картофель». */
export const inSentence = (title: string) => title.charAt(0).toLowerCase() + title.slice(1);

/** Digits after the point in a product's unit, as acts record it. */
export const unitDigits = (goods: Goods, product: string) =>
  goods.products.find((one) => one.product === product)?.decimals;
