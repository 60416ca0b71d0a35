import type { Group, Product } from '../../api/wire.ts';
import type { Lang } from '../numbers/format.ts';

export type Goods = { readonly products: readonly Product[]; readonly groups: readonly Group[] };

/** What a basket group or a product is called; its code when nobody named it. A tile wants it short. */
export function goodsTitle(goods: Goods, group: string, product: string, lang: Lang): string {
  if (product) return goods.products.find((one) => one.product === product)?.title ?? product;
  const found = goods.groups.find((one) => one.group === group);
  return (found?.[lang] ?? group).replace(/ \(.*\)$/, '');
}

/** A title inside a sentence: «Картофель» is «картофель». */
export const inSentence = (title: string) => title.charAt(0).toLowerCase() + title.slice(1);
