/** The fictional region's reference data. Only the two outside regions are real, as places where goods come from and go to. */

export const REGION = '02000000';
export const FOREST = '02614000';
export const STEPPE = '02628000';
export const CITY = '02701000';
/** Regions outside (real), and countries outside (ISO 3166 alpha-2). */
export const ALTAI = '01000000';
export const NOVOSIBIRSK = '50000000';
export const COUNTRIES = ['KZ', 'UZ'] as const;

export const territories = [
  { oktmo: REGION, parent: '', title: 'Заречная область (вымышленная)' },
  { oktmo: FOREST, parent: REGION, title: 'Лесной район' },
  { oktmo: STEPPE, parent: REGION, title: 'Степной район' },
  { oktmo: CITY, parent: REGION, title: 'город Заречный' },
  { oktmo: ALTAI, parent: '', title: 'Алтайский край' },
  { oktmo: NOVOSIBIRSK, parent: '', title: 'Новосибирская область' },
] as const;

export type Product = {
  readonly product: string;
  readonly title: string;
  readonly okpd2: string;
  readonly basket_group: string;
  readonly unit: '3,KG' | '3,LTR' | '0,PCS';
  readonly grams_per_unit: number;
  readonly primary_ppm: number;
};

export const products: readonly Product[] = [
  {
    product: 'potato',
    title: 'Картофель',
    okpd2: '01.13.51',
    basket_group: 'potato',
    unit: '3,KG',
    grams_per_unit: 1000,
    primary_ppm: 1_000_000,
  },
  {
    product: 'cabbage',
    title: 'Капуста белокочанная',
    okpd2: '01.13.12',
    basket_group: 'vegetables',
    unit: '3,KG',
    grams_per_unit: 1000,
    primary_ppm: 1_000_000,
  },
  {
    product: 'beef',
    title: 'Говядина',
    okpd2: '10.11.11',
    basket_group: 'meat',
    unit: '3,KG',
    grams_per_unit: 1000,
    primary_ppm: 1_000_000,
  },
  {
    product: 'bread',
    title: 'Хлеб пшеничный',
    okpd2: '10.71.11',
    basket_group: 'bread',
    unit: '3,KG',
    grams_per_unit: 1000,
    primary_ppm: 740_000,
  },
  {
    product: 'milk',
    title: 'Молоко сырое',
    okpd2: '01.41.20',
    basket_group: 'milk',
    unit: '3,LTR',
    grams_per_unit: 1030,
    primary_ppm: 1_000_000,
  },
  {
    product: 'eggs',
    title: 'Яйца куриные',
    okpd2: '01.47.21',
    basket_group: 'eggs',
    unit: '0,PCS',
    grams_per_unit: 55,
    primary_ppm: 1_000_000,
  },
];

export const FOREST_COOP = 'lesnoystan';
export const CITY_COOP = 'naberezhny';

export const coops = [
  {
    coop: FOREST_COOP,
    title: 'Потребительский кооператив «Лесной стан»',
    legal_form: 'consumer',
    union: '',
    oktmo: FOREST,
  },
  {
    coop: CITY_COOP,
    title: 'Потребительское общество «Набережный»',
    legal_form: 'consumer',
    union: '',
    oktmo: CITY,
  },
] as const;

/** Ids are the chain's: sections and points are numbered from 1 in the order of these lists. */
export const sections = [
  { id: 1, coop: FOREST_COOP, kind: 'geographic', title: 'Кордон', chair: 'leschair11' },
  { id: 2, coop: FOREST_COOP, kind: 'geographic', title: 'Целина', chair: 'leschair12' },
  { id: 3, coop: FOREST_COOP, kind: 'functional', title: 'Молочный', chair: 'leschair13' },
  { id: 4, coop: CITY_COOP, kind: 'geographic', title: 'Набережная', chair: 'nabchair11' },
  { id: 5, coop: CITY_COOP, kind: 'geographic', title: 'Заречье', chair: 'nabchair12' },
  { id: 6, coop: CITY_COOP, kind: 'functional', title: 'Хлеб и птица', chair: 'nabchair13' },
] as const;

export type Point = {
  readonly id: number;
  readonly section: number;
  readonly oktmo: string;
  readonly title: string;
  readonly products: readonly string[];
  /** Points that this one sends to. */
  readonly sendsTo: readonly number[];
};

const counter = ['potato', 'cabbage', 'beef', 'milk', 'eggs', 'bread'];

export const points: readonly Point[] = [
  {
    id: 1,
    section: 1,
    oktmo: FOREST,
    title: 'Лесной двор',
    products: ['potato', 'cabbage', 'beef', 'eggs'],
    sendsTo: [5, 6],
  },
  {
    id: 2,
    section: 2,
    oktmo: STEPPE,
    title: 'Степной склад',
    products: ['potato', 'cabbage', 'beef'],
    sendsTo: [1, 5, 6],
  },
  { id: 3, section: 3, oktmo: FOREST, title: 'Лесная молочная', products: ['milk', 'beef'], sendsTo: [5] },
  {
    id: 4,
    section: 3,
    oktmo: STEPPE,
    title: 'Степная молочная',
    products: ['milk', 'beef'],
    sendsTo: [3, 6],
  },
  { id: 5, section: 4, oktmo: CITY, title: 'Набережная лавка', products: counter, sendsTo: [6, 1] },
  { id: 6, section: 5, oktmo: CITY, title: 'Лавка в Заречье', products: counter, sendsTo: [5] },
  { id: 7, section: 6, oktmo: CITY, title: 'Пекарня', products: ['bread'], sendsTo: [5, 6, 1, 2] },
  { id: 8, section: 6, oktmo: STEPPE, title: 'Птичник', products: ['eggs'], sendsTo: [5, 6, 1] },
];

export function pointOf(id: number): Point {
  const point = points[id - 1];
  if (point === undefined) throw new RangeError(`a point from 1 to ${points.length} expected, got ${id}`);
  return point;
}

export function sectionOf(id: number): (typeof sections)[number] {
  const section = sections[id - 1];
  if (section === undefined)
    throw new RangeError(`a section from 1 to ${sections.length} expected, got ${id}`);
  return section;
}

/** Whether an OKTMO code belongs to the fictional region. */
export const isInRegion = (oktmo: string): boolean =>
  territories.some(
    (territory) => territory.oktmo === oktmo && [territory.oktmo, territory.parent].includes(REGION),
  );
