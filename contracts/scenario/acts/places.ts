import type { PointRole } from '../reference/layout.ts';
import type { World } from './world.ts';

export type Places = ReturnType<typeof createPlaces>;

/** Where goods change hands: points by municipality and product, and who sends to whom. */
export function createPlaces(world: World) {
  const byProduct = new Map<string, number[]>();
  const byCoop = new Map<number, number[]>();
  const senders = new Map<number, number[]>();
  const add = <K>(map: Map<K, number[]>, key: K, id: number): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [id]);
    else known.push(id);
  };
  for (let id = 1; id <= world.reference.points; id++) {
    const { oktmo, products, sendsTo, coop } = world.point(id);
    add(byCoop, coop, id);
    for (const product of products) add(byProduct, `${oktmo} ${product}`, id);
    for (const to of sendsTo) add(senders, to, id);
  }
  return {
    /** Points of a municipality that handle a product. */
    handling: (oktmo: string, product: string): readonly number[] =>
      byProduct.get(`${oktmo} ${product}`) ?? [],
    /** Points of a municipality and of a cooperative that handle a product. */
    handlingOf: (coop: number, oktmo: string, product: string): readonly number[] =>
      (byCoop.get(coop) ?? []).filter((id) => {
        const point = world.point(id);
        return point.oktmo === oktmo && point.products.includes(product);
      }),
    /** Points that send to this one. */
    sendersTo: (id: number): readonly number[] => senders.get(id) ?? [],
    hasRole: (id: number, role: PointRole): boolean => world.point(id).role === role,
  };
}
