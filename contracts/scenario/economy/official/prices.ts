import { type Good, goods } from '../../reference/goods.ts';
import { daysIn, DAY_MS, monthText, startOf } from '../calendar.ts';
import type { Economy } from '../economy.ts';
import { shopPrice } from '../prices.ts';
import { figure, type Sheet } from './sheet.ts';

/** What shops ask for is published within the month after. */
const LAG = 1;

/** Mean prices that shops asked in a month, roubles a kilogram, a litre or ten eggs. */
export function prices({ first, last }: Economy): Sheet {
  const months = Array.from({ length: last - LAG - first + 1 }, (_, at) => first + at);
  return {
    file: 'tseny.csv',
    encoding: 'windows-1251',
    heading: ['Средние потребительские цены, рублей', 'Заречная область (вымышленная)'],
    columns: ['Месяц', 'Товар', 'Единица измерения', 'Цена'],
    rows: months.flatMap((month) =>
      goods
        .filter(isSold)
        .map((good) => [
          monthText(month),
          good.title,
          units[good.unit],
          figure((shopPrice(good, startOf(month) + (daysIn(month) / 2) * DAY_MS) * countOf(good)) / 100, 2),
        ]),
    ),
    notes: ['1) По выборочному наблюдению в городе и четырёх районах.'],
  };
}

/** Grain is not sold in shops. */
const isSold = ({ share }: Good): boolean => share > 0;
const units = { '3,KG': 'кг', '3,LTR': 'л', '0,PCS': '10 шт.' } as const;
const countOf = ({ unit }: Good): number => (unit === '0,PCS' ? 10 : 1);
