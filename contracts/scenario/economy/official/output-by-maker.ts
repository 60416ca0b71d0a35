import { municipalities, REGION, territories } from '../../reference/territories.ts';
import { january, type Month, yearOf } from '../calendar.ts';
import { type Cell, madeIn } from '../cell.ts';
import type { Economy } from '../economy.ts';
import { amountOf, type Indicator, indicators } from './indicators.ts';
import { figure, MISSING, type Sheet } from './sheet.ts';

const makers: readonly {
  readonly title: string;
  readonly grams: (cell: Cell) => number;
  readonly isEarly: boolean;
}[] = [
  { title: 'Хозяйства всех категорий', grams: madeIn, isEarly: false },
  {
    title: 'Сельскохозяйственные организации',
    grams: ({ output, held }) => output.organisation + held,
    isEarly: true,
  },
  { title: 'Хозяйства населения', grams: ({ output }) => output.household, isEarly: false },
  { title: 'Крестьянские (фермерские) хозяйства и ИП', grams: ({ output }) => output.farm, isEarly: false },
];

/** Output of a year by category of maker. Of the last whole year organisations alone are published: the rest reports later. */
export function outputByMaker(economy: Economy): Sheet {
  const [first, last] = [yearOf(economy.first), yearOf(economy.last) - 1];
  const years = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const cells = new Map(years.map((year) => [year, cellsOfYear(economy, january(year))]));
  const rows = placesOf().flatMap(({ oktmo, title }) =>
    indicators.flatMap((indicator) =>
      makers.map((maker) => [
        title,
        oktmo,
        indicator.title,
        indicator.unit,
        maker.title,
        ...years.map((year) =>
          year === last && !maker.isEarly
            ? MISSING
            : publish(indicator, inPlace(cells.get(year) ?? [], oktmo), maker.grams),
        ),
      ]),
    ),
  );
  return {
    file: 'proizvodstvo-po-kategoriyam.csv',
    encoding: 'windows-1251',
    heading: [
      'Производство основных продуктов сельского хозяйства по категориям хозяйств',
      'Заречная область (вымышленная), муниципальные образования; за год',
    ],
    columns: [
      'Муниципальное образование',
      'Код ОКТМО',
      'Показатель',
      'Единица измерения',
      'Категория хозяйств',
      ...years.map(String),
    ],
    rows,
    notes: [
      `1) ${last} г.: данные хозяйств населения и фермерских хозяйств будут опубликованы в следующем году.`,
      '2) Знак «–»: явление отсутствует, знак «…»: данных пока нет.',
    ],
  };
}

const publish = (indicator: Indicator, cells: readonly Cell[], grams: (cell: Cell) => number): string =>
  figure(amountOf(indicator, cells, grams), 1);

function cellsOfYear(economy: Economy, from: Month): readonly Cell[] {
  return Array.from({ length: 12 }, (_, at) => economy.cells(from + at)).flat();
}

const inPlace = (cells: readonly Cell[], oktmo: string): readonly Cell[] =>
  oktmo === REGION ? cells : cells.filter(({ territory }) => territory === oktmo);

const placesOf = () => [...territories.filter(({ oktmo }) => oktmo === REGION), ...municipalities];
