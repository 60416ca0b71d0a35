/** A place as acts name it: a point, a territory, a country, or all empty for unknown. */
export type Place = { readonly point_id: number; readonly oktmo: string; readonly country: string };

export const nowhere: Place = { point_id: 0, oktmo: '', country: '' };
export const territory = (oktmo: string): Place => ({ ...nowhere, oktmo });
export const country = (code: string): Place => ({ ...nowhere, country: code });

/** What the market holds of a lot, as far as the next acts need it. Amounts are in smallest parts. */
export type Lot = {
  readonly id: number;
  /** Place of the cooperative in the region, from 0. */
  readonly coop: number;
  readonly point: number;
  readonly product: string;
  readonly origin: Place;
  /** When it came to the point, ms since 1970. */
  readonly since: number;
  readonly accepted: number;
  stock: number;
};

/** Goods on the way. The id is that of the act of shipping. */
export type Shipment = {
  readonly id: number;
  readonly lot: Lot;
  readonly quantity: number;
  readonly to: number;
  /** When they arrive, ms since 1970. */
  readonly due: number;
};

export type Shelf = ReturnType<typeof createShelf>;

/** The lots with something left, point by point, oldest first; emptied lots are forgotten. */
export function createShelf() {
  const byPoint = new Map<number, Map<string, Lot[]>>();
  const row = (point: number, product: string): Lot[] => byPoint.get(point)?.get(product) ?? [];
  return {
    put(lot: Lot): void {
      if (lot.stock === 0) return;
      let point = byPoint.get(lot.point);
      if (point === undefined) byPoint.set(lot.point, (point = new Map<string, Lot[]>()));
      const lots = point.get(lot.product);
      if (lots === undefined) point.set(lot.product, [lot]);
      else lots.push(lot);
    },
    /** Throws where there is less than is taken: a planned act must never be refused. */
    take(lot: Lot, quantity: number): void {
      if (!(quantity > 0) || quantity > lot.stock)
        throw new RangeError(`1 to ${lot.stock} of lot ${lot.id} expected, got ${quantity}`);
      lot.stock -= quantity;
      if (lot.stock > 0) return;
      const lots = row(lot.point, lot.product);
      lots.splice(lots.indexOf(lot), 1);
      if (lots.length === 0) byPoint.get(lot.point)?.delete(lot.product);
    },
    /** Puts back into a lot, also into one that was emptied. */
    giveBack(lot: Lot, quantity: number): void {
      const wasEmpty = lot.stock === 0;
      lot.stock += quantity;
      if (wasEmpty) this.put(lot);
    },
    lots: row,
    /** The lot that came last; throws where there is none. */
    newest(point: number, product: string): Lot {
      const lot = row(point, product).at(-1);
      if (lot === undefined)
        throw new RangeError(`a lot of ${product} at point ${point} expected, there is none`);
      return lot;
    },
    oldest: (point: number, product: string): Lot | undefined => row(point, product)[0],
    productsAt: (point: number): readonly string[] => [...(byPoint.get(point)?.keys() ?? [])],
    stockAt: (point: number, product: string): number =>
      row(point, product).reduce((sum, { stock }) => sum + stock, 0),
    points: (): readonly number[] => [...byPoint.keys()],
  };
}

/** Whether the word for a place outside is a country's, not a region's OKTMO. */
export const isCountry = (place: string): boolean => /^[A-Z]{2}$/.test(place);
