import { type Group, groupNamed } from './groups.ts';
import { numberIn, readTable, type Row } from './table.ts';

export type Unit = '3,KG' | '3,LTR' | '0,PCS';

/** Fields of the registry's `setproduct`. */
export type Product = {
  readonly product: string;
  readonly title: string;
  readonly okpd2: string;
  readonly basket_group: Group | 'service';
  readonly unit: Unit;
  readonly grams_per_unit: number;
  readonly primary_ppm: number;
};

/** Who makes goods; one word for the market's `producer_kind`. */
export const makers = ['household', 'farm', 'organisation'] as const;
export type Maker = (typeof makers)[number];

/** A bell over the year: day of the peak, days of half its width, what is left at the other end as a share of the peak. */
export type Season = { readonly peak: number; readonly width: number; readonly floor: number };

/** A product and how the region lives with it. */
export type Good = Product & {
  readonly basket_group: Group;
  /** Roubles a unit that a producer is paid in a usual month. */
  readonly price: number;
  /** Days that it keeps. */
  readonly keeps: number;
  readonly season: Season;
  /** Share in the basket group's consumption, in primary equivalent. */
  readonly share: number;
  /** The region's output against the region's need; 0 where it is only brought in. */
  readonly supply: number;
  /** Shares of the makers in the output; they sum to 1, or to 0 where nothing is made. */
  readonly madeBy: Readonly<Record<Maker, number>>;
  /** Share of consumption that shops bring from outside the region whatever grows here. */
  readonly shop: number;
  /** What it is made from: the input and grams of it for a gram. */
  readonly recipe?: { readonly input: string; readonly ratio: number };
};

const units: readonly Unit[] = ['3,KG', '3,LTR', '0,PCS'];

function unitIn(row: Row): Unit {
  const unit = units.find((known) => known === row('unit'));
  if (unit === undefined) throw new RangeError(`one of ${units.join(' ')} expected, got ${row('unit')}`);
  return unit;
}

function goodIn(row: Row): Good {
  const input = row('from');
  return {
    product: row('product'),
    title: row('title'),
    okpd2: row('okpd2'),
    basket_group: groupNamed(row('group')),
    unit: unitIn(row),
    grams_per_unit: numberIn(row, 'grams'),
    primary_ppm: numberIn(row, 'primary_ppm'),
    price: numberIn(row, 'price'),
    keeps: numberIn(row, 'keeps'),
    season: { peak: numberIn(row, 'peak'), width: numberIn(row, 'width'), floor: numberIn(row, 'floor') },
    share: numberIn(row, 'share'),
    supply: numberIn(row, 'supply'),
    madeBy: {
      household: numberIn(row, 'household') / 100,
      farm: numberIn(row, 'farm') / 100,
      organisation: numberIn(row, 'organisation') / 100,
    },
    shop: numberIn(row, 'shop'),
    ...(input === '' ? {} : { recipe: { input, ratio: numberIn(row, 'ratio') } }),
  };
}

/** The 60 goods of the demo region; what is made of another follows it. */
export const goods: readonly Good[] = readTable('goods.csv', import.meta.url).map(goodIn);

const service = (product: string, title: string, okpd2: string): Product => ({
  product,
  title,
  okpd2,
  basket_group: 'service',
  unit: '0,PCS',
  grams_per_unit: 0,
  primary_ppm: 0,
});

/** Services, for offers, needs and pools; a unit is an hour. */
export const services: readonly Product[] = [
  service('ploughing', 'Вспашка огорода', '01.61.10'),
  service('carting', 'Перевозка груза', '49.41.19'),
  service('repair', 'Ремонт сельхозтехники', '33.12.21'),
  service('storage', 'Хранение в погребе', '52.10.12'),
];

/** Everything for the registry, goods first. */
export const products: readonly Product[] = [...goods, ...services];

const byName = new Map(goods.map((good) => [good.product, good]));

export function goodOf(product: string): Good {
  const good = byName.get(product);
  if (good === undefined) throw new RangeError(`goods of the region expected, got ${product}`);
  return good;
}

const byInput = new Map(
  goods.map(({ product }) => [product, goods.filter(({ recipe }) => recipe?.input === product)]),
);

/** Goods that are made from this one. */
export const madeFrom = (product: string): readonly Good[] => byInput.get(product) ?? [];
