import type { Value } from './row-binary.ts';

/** Territories of the tests: a region with two districts and a city, another region outside it, and a country. */
export const REGION = '02000000';
export const FOREST = '02614000';
export const STEPPE = '02628000';
export const CITY = '02701000';
export const FAR = '03000000';

export const POINTS: Readonly<Record<number, string>> = { 1: FOREST, 2: STEPPE, 3: CITY, 4: FAR };
export const GOODS = {
  potato: { group: 'potato', unit: '3,KG', grams: 1000 },
  cabbage: { group: 'vegetables', unit: '3,KG', grams: 1000 },
  milk: { group: 'milk', unit: '3,LTR', grams: 1030 },
  eggs: { group: 'eggs', unit: '0,PCS', grams: 58 },
} as const;
export type Product = keyof typeof GOODS;

export type Share = { readonly territory: string; readonly ppm: number };
/** One origin, or several with their shares in millionths. */
export type Origin = string | readonly Share[];

export type Lot = {
  readonly id: number;
  readonly product: Product;
  readonly point: number;
  readonly origin: Origin;
  readonly producerKind: string;
  readonly parent: number;
};

const NOWHERE = { point_id: 0, oktmo: '', country: '' };

/** A territory, or a country by its two letters; '' is unknown. */
export const placeOf = (territory: string) => ({
  point_id: 0,
  oktmo: territory.length > 2 ? territory : '',
  country: territory.length === 2 ? territory : '',
});
export const pointPlace = (point: number) => ({ point_id: point, oktmo: POINTS[point] ?? '', country: '' });
export const asset = (amount: bigint | number, symbol: string) => ({ amount, symbol });

const EVIDENCE = 2;

/** The fields of a movement that say what the goods are and where they come from. */
export function goodsFields(lot: Lot, quantity: number, price: number): Readonly<Record<string, Value>> {
  const { unit, grams } = GOODS[lot.product];
  const single = typeof lot.origin === 'string';
  return {
    lot_id: lot.id,
    parent_lot: lot.parent,
    product: lot.product,
    quantity: asset(Math.round(quantity * 10 ** Number(unit[0])), unit),
    grams: Math.round(quantity * grams),
    price: asset(Math.round(price * 100), '2,RUB'),
    value: asset(Math.round(price * quantity * 100), '2,RUB'),
    rejected: asset(0, unit),
    producer_kind: lot.producerKind,
    origin: single ? placeOf(lot.origin) : NOWHERE,
    evidence: single ? EVIDENCE : 0,
    origins: single
      ? []
      : lot.origin.map(({ territory, ppm }) => ({ origin: placeOf(territory), evidence: EVIDENCE, ppm })),
  };
}

/** A movement whose own fields nothing fills. */
export const EMPTY_BODY: Readonly<Record<string, Value>> = {
  parent_act: 0,
  coop: 'zarechye',
  programme: 1,
  decision_id: 0,
  robot: '',
  document_hash: 'ab'.repeat(32),
  from: NOWHERE,
  to: NOWHERE,
  producer: '',
  producer_member: false,
  recipient: '',
  recipient_kind: '',
  residence: '',
  grade: 1,
  reject_reason: '',
  status: '',
  order_id: 0,
  chair: 'chair',
  reason: '',
};
