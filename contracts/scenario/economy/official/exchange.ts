import { isInRegion } from '../../reference/territories.ts';
import { january, yearOf } from '../calendar.ts';
import type { Flow } from '../cell.ts';
import type { Economy } from '../economy.ts';
import { indicators } from './indicators.ts';
import { figure, type Sheet } from './sheet.ts';

/** Years that pass before the exchange with other regions is published. */
const LAG = 2;

/** What came into the region and what left it in a year, transit included; tonnes. */
export function exchange(economy: Economy): Sheet {
  const first = yearOf(economy.first);
  const years = Array.from({ length: yearOf(economy.last) - LAG - first + 1 }, (_, at) => first + at);
  const flows = new Map(years.map((year) => [year, flowsOf(economy, year)]));
  const ways = [
    { title: 'Ввоз, включая импорт', isMeant: ({ from }: Flow) => !isInRegion(from) },
    { title: 'Вывоз, включая экспорт', isMeant: ({ to }: Flow) => !isInRegion(to) },
  ];
  return {
    file: 'vvoz-vyvoz.csv',
    encoding: 'utf-8',
    heading: ['Ввоз и вывоз сельскохозяйственной продукции, тонн', 'Заречная область (вымышленная)'],
    columns: ['Показатель', 'Направление', ...years.map(String)],
    rows: indicators.flatMap(({ title, products }) =>
      ways.map((way) => [
        title,
        way.title,
        ...years.map((year) => {
          const meant = (flows.get(year) ?? []).filter(
            (flow) => way.isMeant(flow) && products.includes(flow.product),
          );
          return figure(meant.reduce((sum, { grams }) => sum + grams, 0) / 1_000_000, 1);
        }),
      ]),
    ),
    notes: ['1) Яйца в пересчёте на массу.'],
  };
}

const flowsOf = (economy: Economy, year: number): readonly Flow[] =>
  Array.from({ length: 12 }, (_, at) => economy.flows(january(year) + at)).flat();
