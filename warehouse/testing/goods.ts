import type { RowSet } from '../../indexer/sink/sink.ts';
import { encodeRows, type Value } from './row-binary.ts';
import { KINDS, marketTables, registryTables, type Kind } from './tables.ts';

/** Territories of the tests: a region with two districts and a city, another region outside it, and a country. */
export const REGION = '02000000';
export const FOREST = '02614000';
export const STEPPE = '02628000';
export const CITY = '02701000';
export const FAR = '03000000';

const POINTS: Readonly<Record<number, string>> = { 1: FOREST, 2: STEPPE, 3: CITY, 4: FAR };
const GOODS: Readonly<Record<string, { group: string; unit: string; grams: number }>> = {
  potato: { group: 'potato', unit: '3,KG', grams: 1000 },
  cabbage: { group: 'vegetables', unit: '3,KG', grams: 1000 },
  milk: { group: 'milk', unit: '3,LTR', grams: 1030 },
  eggs: { group: 'eggs', unit: '0,PCS', grams: 58 },
};
export type Product = 'potato' | 'cabbage' | 'milk' | 'eggs';

type Body = Readonly<Record<string, Value>>;
export type Log = {
  readonly table: string;
  readonly block: number;
  readonly row: Readonly<Record<string, Value>>;
};
type Lot = {
  readonly product: Product;
  readonly point: number;
  readonly origin: Value;
  readonly producerKind: string;
};

/** Writes the logs that the market contract would write: an act a block, a minute apart, in the contract's own terms. */
export type Goods = {
  readonly logs: readonly Log[];
  /** The logs since the last time, which leave the book. */
  take(): Log[];
  /** Jumps to a day (`2026-03-01`). */
  on(day: string): void;
  accept(point: number, product: Product, quantity: number, origin: string, price?: number): number;
  ship(lot: number, quantity: number, toPoint: number): number;
  receive(shipment: number, quantity: number): number;
  issue(lot: number, quantity: number, residence: string, price?: number): void;
  sellout(lot: number, quantity: number, to: string, recipientKind: string, price?: number): void;
};

const placeOf = (territory: string) => ({
  point_id: 0,
  oktmo: territory.length > 2 ? territory : '',
  country: territory.length === 2 ? territory : '',
});
const pointPlace = (point: number) => ({ point_id: point, oktmo: POINTS[point] ?? '', country: '' });
const asset = (amount: bigint | number, symbol: string) => ({ amount, symbol });
const sequences = { first: 1_000_000_000_000n };

/** A book of goods from `firstBlock` on; prices are roubles a unit, quantities whole units or fractions of them. */
export function createGoods(firstBlock = 2): Goods {
  const logs: Log[] = [];
  const lots = new Map<number, Lot>();
  const shipments = new Map<number, { lot: number; quantity: number; to: number; from: number }>();
  let block = firstBlock;
  let at = Date.parse('2026-01-01T06:00:00Z');
  let acts = 0;

  function log(kind: Kind, lotId: number, quantity: number, price: number, own: Body): number {
    const lot = lots.get(lotId);
    if (!lot) throw new Error(`No lot ${String(lotId)}`);
    const goods = GOODS[lot.product] as { unit: string; grams: number };
    const amount = Math.round(quantity * 10 ** Number(goods.unit[0]));
    const body: Body = {
      ...EMPTY_BODY,
      act_id: (acts += 1),
      lot_id: lotId,
      product: lot.product,
      quantity: asset(amount, goods.unit),
      grams: Math.round(quantity * goods.grams),
      price: asset(Math.round(price * 100), '2,RUB'),
      value: asset(Math.round(price * quantity * 100), '2,RUB'),
      origin: lot.origin,
      producer_kind: lot.producerKind,
      rejected: asset(0, goods.unit),
      ...own,
    };
    const leading = {
      block_num: block,
      block_time: new Date(at).toISOString(),
      global_sequence: sequences.first + BigInt(block * 100),
      tx_id: block.toString(16),
    };
    logs.push({ table: `market_log${kind}`, block, row: { ...leading, body } });
    block += 1;
    at += 60_000;
    return acts;
  }

  function newLot(lot: Lot): number {
    lots.set(lots.size + 1, lot);
    return lots.size;
  }
  const known = (lotId: number) => lots.get(lotId) as Lot;

  return {
    logs,
    take: () => logs.splice(0),
    on(day) {
      at = Date.parse(`${day}T06:00:00Z`);
    },
    accept(point, product, quantity, origin, price = 30) {
      const lot = newLot({ product, point, origin: placeOf(origin), producerKind: 'household' });
      log('accept', lot, quantity, price, {
        from: placeOf(origin),
        to: pointPlace(point),
        producer: 'anna',
        producer_member: true,
        status: 'instock',
      });
      return lot;
    },
    ship(lot, quantity, to) {
      const from = known(lot).point;
      const act = log('ship', lot, quantity, 31, {
        from: pointPlace(from),
        to: pointPlace(to),
        status: 'intransit',
      });
      shipments.set(act, { lot, quantity, to, from });
      return act;
    },
    receive(shipmentId, quantity) {
      const shipment = shipments.get(shipmentId) as {
        lot: number;
        quantity: number;
        to: number;
        from: number;
      };
      const lot = newLot({ ...known(shipment.lot), point: shipment.to });
      const ends = { parent_act: shipmentId, from: pointPlace(shipment.from) };
      log('receive', lot, quantity, 31, { ...ends, to: pointPlace(shipment.to), status: 'received' });
      if (quantity < shipment.quantity)
        log('loss', shipment.lot, shipment.quantity - quantity, 31, { ...ends, status: 'lost' });
      return lot;
    },
    issue(lot, quantity, residence, price = 40) {
      const to = { to: placeOf(residence), residence, recipient: 'boris', recipient_kind: 'ownuse' };
      log('issue', lot, quantity, price, { from: pointPlace(known(lot).point), ...to, status: 'instock' });
    },
    sellout(lot, quantity, to, recipientKind, price = 45) {
      log('sellout', lot, quantity, price, {
        from: pointPlace(known(lot).point),
        to: placeOf(to),
        recipient_kind: recipientKind,
        status: 'instock',
      });
    },
  };
}

const NOWHERE = { point_id: 0, oktmo: '', country: '' };
const EMPTY_BODY: Body = {
  parent_act: 0,
  coop: 'zarechye',
  programme: 1,
  decision_id: 0,
  robot: '',
  document_hash: 'ab'.repeat(32),
  from: NOWHERE,
  to: NOWHERE,
  evidence: 2,
  producer: '',
  producer_member: false,
  recipient: '',
  recipient_kind: '',
  residence: '',
  grade: 1,
  reject_reason: '',
  status: '',
};

/** The registry of the tests' region, in block 1. */
export function registryLogs(): Log[] {
  const logs: Log[] = [];
  const add = (table: string, fields: Readonly<Record<string, Value>>): void => {
    const leading = {
      block_num: 1,
      block_time: '2026-01-01T00:00:00.000Z',
      global_sequence: sequences.first + BigInt(logs.length),
      tx_id: '01',
    };
    logs.push({ table: `registry_log${table}`, block: 1, row: { ...leading, ...fields } });
  };
  const territories = [
    [REGION, '', 'Старое имя'],
    [REGION, '', 'Заречная область'],
    [FOREST, REGION, 'Лесной район'],
    [STEPPE, REGION, 'Степной район'],
    [CITY, REGION, 'город Заречный'],
    [FAR, '', 'Дальняя область'],
  ] as const;
  for (const [oktmo, parent, title] of territories) {
    add('terr', {
      oktmo,
      parent,
      title,
      valid_from: '2020-01-01T00:00:00Z',
      valid_to: '2100-01-01T00:00:00Z',
      successor: '',
    });
  }
  for (const [product, goods] of Object.entries(GOODS)) {
    add('product', {
      product,
      title: product,
      okpd2: '01.13',
      basket_group: goods.group,
      unit: goods.unit,
      grams_per_unit: goods.grams,
      primary_ppm: 1_000_000,
    });
  }
  add('coop', { coop: 'zarechye', title: 'Заречье', legal_form: 'consumer', union: '', oktmo: REGION });
  for (const [point, oktmo] of Object.entries(POINTS)) {
    add('section', {
      section_id: Number(point),
      coop: 'zarechye',
      kind: 'territorial',
      title: `Участок ${point}`,
      chair: 'chair',
    });
    add('point', {
      point_id: Number(point),
      section_id: Number(point),
      coop: 'zarechye',
      oktmo,
      title: `Пункт ${point}`,
      address_hash: '01',
    });
  }
  return logs;
}

const specs = [...marketTables, ...registryTables];

/** The logs as rows for the sink: a set for each table that has any. */
export function rowSetsOf(logs: readonly Log[]): RowSet[] {
  return specs.flatMap((spec) => {
    const rows = logs.filter((log) => log.table === spec.name).map((log) => log.row);
    return rows.length === 0 ? [] : [encodeRows(spec.name, spec.columns, rows)];
  });
}

export const LOG_TABLES = KINDS.map((kind) => `market_log${kind}`);
