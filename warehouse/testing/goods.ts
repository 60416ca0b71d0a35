import type { RowSet } from '../../indexer/sink/sink.ts';
import {
  EMPTY_BODY,
  goodsFields,
  placeOf,
  pointPlace,
  type Lot,
  type Origin,
  type Product,
  type Share,
} from './lots.ts';
import { FIRST_SEQUENCE, type Log } from './registry-logs.ts';
import { encodeRows, type Value } from './row-binary.ts';
import { contractTables, KINDS, type Kind } from './tables.ts';

type Body = Readonly<Record<string, Value>>;
type Shipment = {
  readonly lot: number;
  readonly quantity: number;
  readonly to: number;
  readonly from: number;
};
type Act = { readonly kind: Kind; readonly body: Body };
type Input = readonly [lot: number, quantity: number];

/** The word by which a reversal names what it takes back, where it is not the kind. */
const WORDS = ['made', 'used', 'shortage', 'surplus'];

/**
 * Writes the logs that the market contract would write: an act a block, a minute apart, in the contract's own terms.
 * Prices are roubles a unit, quantities whole units or fractions of them. What makes a lot returns its number, `ship` and
 * what goes out the number of the act.
 */
export function createGoods(firstBlock = 2) {
  const logs: Log[] = [];
  const lots = new Map<number, Lot>();
  const shipments = new Map<number, Shipment>();
  const acts = new Map<number, Act>();
  let block = firstBlock;
  let at = Date.parse('2026-01-01T06:00:00Z');
  let count = 0;

  function write(kind: Kind, own: Body): number {
    const act = (count += 1);
    const body: Body = { ...EMPTY_BODY, ...own, act_id: act };
    const leading = {
      block_num: block,
      block_time: new Date(at).toISOString(),
      global_sequence: FIRST_SEQUENCE + BigInt(block * 100),
      tx_id: block.toString(16),
    };
    logs.push({ table: `market_log${kind}`, block, row: { ...leading, body } });
    acts.set(act, { kind, body });
    block += 1;
    at += 60_000;
    return act;
  }
  const known = (lot: number) => lots.get(lot) as Lot;
  const here = (lot: number) => pointPlace(known(lot).point);
  const log = (kind: Kind, lot: number, quantity: number, price: number, own: Body): number =>
    write(kind, { ...goodsFields(known(lot), quantity, price), ...own });

  function newLot(product: Product, point: number, origin: Origin, more: Partial<Lot> = {}): number {
    const id = lots.size + 1;
    lots.set(id, { id, product, point, origin, producerKind: 'household', parent: 0, ...more });
    return id;
  }

  return {
    logs: logs as readonly Log[],
    /** The logs since the last time. They leave the book: nothing can be taken back of them. */
    take(): Log[] {
      acts.clear();
      return logs.splice(0);
    },
    /** The number of the last act. */
    last: (): number => count,
    /** Jumps to a day (`2026-03-01`). */
    on(day: string): void {
      at = Date.parse(`${day}T06:00:00Z`);
    },
    accept(point: number, product: Product, quantity: number, origin: string, price = 30): number {
      const lot = newLot(product, point, origin);
      const made = { producer: 'anna', producer_member: true, status: 'instock' };
      log('accept', lot, quantity, price, { from: placeOf(origin), to: pointPlace(point), ...made });
      return lot;
    },
    ship(lot: number, quantity: number, to: number): number {
      const ends = { from: here(lot), to: pointPlace(to) };
      const act = log('ship', lot, quantity, 31, { ...ends, status: 'intransit' });
      shipments.set(act, { lot, quantity, to, from: known(lot).point });
      return act;
    },
    /** Nothing received makes no lot: 0. */
    receive(shipmentId: number, quantity: number): number {
      const shipment = shipments.get(shipmentId) as Shipment;
      const { product, origin } = known(shipment.lot);
      const parent = { parent_act: shipmentId, from: pointPlace(shipment.from) };
      const lot = quantity === 0 ? 0 : newLot(product, shipment.to, origin, { parent: shipment.lot });
      if (lot > 0)
        log('receive', lot, quantity, 31, { ...parent, to: pointPlace(shipment.to), status: 'received' });
      if (quantity < shipment.quantity)
        log('loss', shipment.lot, shipment.quantity - quantity, 31, { ...parent, status: 'lost' });
      return lot;
    },
    issue(lot: number, quantity: number, residence: string, price = 40): number {
      const to = { to: placeOf(residence), residence, recipient: 'boris', recipient_kind: 'ownuse' };
      return log('issue', lot, quantity, price, { from: here(lot), ...to, status: 'instock' });
    },
    sellout(lot: number, quantity: number, to: string, recipientKind: string, price = 45): number {
      const ends = { from: here(lot), to: placeOf(to), recipient_kind: recipientKind };
      return log('sellout', lot, quantity, price, { ...ends, status: 'instock' });
    },
    /** Part of an issue brought back to the point; what is not fit is lost. */
    takeback(issue: number, quantity: number, fit = true, price = 40): number {
      const { body } = acts.get(issue) as Act;
      const { from, to, residence, recipient, recipient_kind } = body as Record<string, Value>;
      const who = { residence, recipient, recipient_kind } as Body;
      const ends = { from: to, to: from } as Body;
      const status = fit ? 'returned' : 'spoiled';
      return log('return', Number(body['lot_id']), quantity, price, {
        ...who,
        ...ends,
        parent_act: issue,
        status,
      });
    },
    writeoff: (lot: number, quantity: number): number =>
      log('loss', lot, quantity, 30, { from: here(lot), status: 'lost', decision_id: 7, reason: 'сгнило' }),
    /** Stock-taking: what is missing below zero, what is over above. */
    count: (lot: number, difference: number): number =>
      log('count', lot, Math.abs(difference), 30, {
        ...(difference < 0 ? { from: here(lot) } : { to: here(lot) }),
        status: difference < 0 ? 'shortage' : 'surplus',
      }),
    /** Inputs of one point become a product there; `origin` is what the contract works out of their origins. */
    process(inputs: readonly Input[], product: Product, quantity: number, origin: readonly Share[]): number {
      const [first] = inputs;
      if (!first) throw new Error('an input expected, none came');
      const { point } = known(first[0]);
      const lot = newLot(product, point, origin, { producerKind: 'coop' });
      const ends = { from: pointPlace(point), to: pointPlace(point) };
      const made = log('process', lot, quantity, 80, { ...ends, status: 'made' });
      for (const [input, used] of inputs)
        log('process', input, used, 30, { ...ends, parent_act: made, status: 'used' });
      return lot;
    },
    /** The same body again, naming the act that it takes back. */
    reverse(act: number): number {
      const { kind, body } = acts.get(act) as Act;
      const own = body['status'] as string;
      const status = WORDS.includes(own) ? own : kind;
      return write('reverse', { ...body, parent_act: act, status, reason: 'описка' });
    },
  };
}
export type Goods = ReturnType<typeof createGoods>;

/** The logs as rows for the sink: a set for each table that has any. */
export function rowSetsOf(logs: readonly Log[]): RowSet[] {
  return contractTables.flatMap((spec) => {
    const rows = logs.filter((log) => log.table === spec.name).map((log) => log.row);
    return rows.length === 0 ? [] : [encodeRows(spec.name, spec.columns, rows)];
  });
}

export const LOG_TABLES = KINDS.map((kind) => `market_log${kind}`);
