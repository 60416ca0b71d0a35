import type { ChainDriver } from '../chain/driver.ts';
import { assetAmount } from './amounts.ts';

/** A place as acts name it: a point, a territory, a country, or all empty for unknown. */
export type Place = { readonly point_id: number; readonly oktmo: string; readonly country: string };

/** What the market holds of a lot, as far as the next acts need it. Amounts are in smallest parts. */
export type Lot = {
  readonly id: number;
  readonly coop: string;
  readonly point: number;
  readonly product: string;
  readonly origin: Place;
  /** When it came to the point, ms since 1970. */
  readonly since: number;
  readonly accepted: number;
  stock: number;
};

export type Shipment = {
  readonly id: number;
  readonly lot: Lot;
  readonly quantity: number;
  readonly to: number;
};

/** The market's own ids and stocks, foretold: its counters only grow, by one an act and one a lot. */
export type Shelf = {
  /** Ids of the last act and the last lot. */
  acts: number;
  lots: number;
  /** Lots with something left, oldest first. */
  readonly stock: Lot[];
  /** Shipments that nobody has received. */
  readonly onTheWay: Shipment[];
};

export const emptyShelf = (): Shelf => ({ acts: 0, lots: 0, stock: [], onTheWay: [] });

type Row = Readonly<Record<string, unknown>>;
type Counters = { readonly acts: number; readonly lots: number };

/** Ids of the last act and the last lot of a market; zeros where it has seen none. */
export async function readCounters(driver: ChainDriver): Promise<Counters> {
  const [row] = await driver.rows({ code: 'market', scope: 'market', table: 'counters', limit: 1 });
  return { acts: Number(row?.['act_id'] ?? 0), lots: Number(row?.['lot_id'] ?? 0) };
}

/** The market's stocks as the chain has them; lots are taken to have come at `since`. */
export async function readShelf(driver: ChainDriver, since: number): Promise<Shelf> {
  const table = (name: string) => driver.rows({ code: 'market', scope: 'market', table: name });
  const lots = new Map((await table('lots')).map((row) => [Number(row['lot_id']), lotOf(row, since)]));
  const onTheWay = (await table('shipments')).flatMap((row: Row): Shipment[] => {
    const lot = lots.get(Number(row['lot_id']));
    if (lot === undefined) return [];
    const quantity = assetAmount(String(row['quantity']));
    return [{ id: Number(row['shipment_id']), lot, quantity, to: Number(row['to_point']) }];
  });
  const stock = [...lots.values()].filter((lot) => lot.stock > 0);
  return { ...(await readCounters(driver)), stock, onTheWay };
}

const lotOf = (row: Row, since: number): Lot => {
  const { point_id, oktmo, country } = row['origin'] as { point_id: unknown; oktmo: string; country: string };
  return {
    id: Number(row['lot_id']),
    coop: String(row['coop']),
    point: Number(row['point_id']),
    product: String(row['product']),
    origin: { point_id: Number(point_id), oktmo, country },
    since,
    accepted: assetAmount(String(row['accepted'])),
    stock: assetAmount(String(row['stock'])),
  };
};

/** Takes a quantity off a lot; throws where there is less: a planned act must never be refused. */
export function takeFrom(shelf: Shelf, lot: Lot, quantity: number): void {
  if (quantity <= 0 || quantity > lot.stock)
    throw new RangeError(`1 to ${lot.stock} of lot ${lot.id} expected, got ${quantity}`);
  lot.stock -= quantity;
  if (lot.stock === 0) shelf.stock.splice(shelf.stock.indexOf(lot), 1);
}
