import { goodOf } from '../../reference/goods.ts';
import { type Group, groups } from '../../reference/groups.ts';
import { municipalities } from '../../reference/territories.ts';
import { january, yearOf } from '../calendar.ts';
import { type Cell, eatenIn } from '../cell.ts';
import type { Economy } from '../economy.ts';
import { headsOf, peopleOf } from '../people.ts';
import { figure, type Sheet } from './sheet.ts';

const titles: Readonly<Record<Group, string>> = {
  bread: 'Хлебные продукты (в пересчёте на муку)',
  potato: 'Картофель',
  vegetables: 'Овощи и бахчевые',
  fruit: 'Фрукты и ягоды',
  sugar: 'Сахар и кондитерские изделия',
  meat: 'Мясо и мясопродукты',
  fish: 'Рыба и рыбопродукты',
  milk: 'Молоко и молочные продукты (в пересчёте на молоко)',
  eggs: 'Яйца, штук',
  oils: 'Масла и жиры',
  other: 'Прочее (соль, чай, специи)',
};

/** Years that pass before consumption is published. */
const LAG = 2;
const GRAMS_OF_EGG = 55;

/** What a head eats in a year in primary equivalent, kilograms; the region as a whole, two years later. */
export function consumption(economy: Economy): Sheet {
  const first = yearOf(economy.first);
  const years = Array.from({ length: yearOf(economy.last) - LAG - first + 1 }, (_, at) => first + at);
  return {
    file: 'potreblenie.csv',
    encoding: 'utf-8',
    heading: [
      'Потребление основных продуктов питания на душу населения в год, килограммов',
      'Заречная область (вымышленная)',
    ],
    columns: ['Продукты', ...years.map(String)],
    rows: groups.map((group) => [
      titles[group],
      ...years.map((year) => figure(aHead(economy, group, year), group === 'eggs' ? 0 : 1)),
    ]),
    notes: ['1) По балансам продовольственных ресурсов.'],
  };
}

function aHead(economy: Economy, group: Group, year: number): number {
  const cells = Array.from({ length: 12 }, (_, at) => economy.cells(january(year) + at)).flat();
  const grams = cells
    .filter(({ product }) => goodOf(product).basket_group === group)
    .reduce((sum, cell) => sum + primary(cell), 0);
  const heads = municipalities.reduce(
    (sum, place) => sum + headsOf(peopleOf(place, economy.reference, year)),
    0,
  );
  return grams / heads / (group === 'eggs' ? GRAMS_OF_EGG : 1000);
}

const primary = (cell: Cell): number => (eatenIn(cell) * goodOf(cell.product).primary_ppm) / 1_000_000;
