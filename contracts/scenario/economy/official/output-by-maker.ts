import { municipalities, REGION, territories } from '../../reference/territories.ts';
import { january, type Month, yearOf } from '../calendar.ts';
import { type Cell, madeIn } from '../cell.ts';
import type { Economy } from '../economy.ts';
import { amountOf, cellsByIndicator, type Indicator, indicators } from './indicators.ts';
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
  const cells = new Map(years.map((year) => [year, byPlace(economy, january(year))]));
  const amounts = (
    oktmo: string,
    indicator: Indicator,
    { grams, isEarly }: (typeof makers)[number],
  ): string[] =>
    years.map((year) => {
      if (year === last && !isEarly) return MISSING;
      return figure(amountOf(indicator, cells.get(year)?.get(oktmo)?.get(indicator) ?? [], grams), 1);
    });
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
    rows: places().flatMap(({ oktmo, title }) =>
      indicators.flatMap((indicator) =>
        makers.map((maker) => [
          title,
          oktmo,
          indicator.title,
          indicator.unit,
          maker.title,
          ...amounts(oktmo, indicator, maker),
        ]),
      ),
    ),
    notes: [
      `1) ${last} г.: данные хозяйств населения и фермерских хозяйств будут опубликованы в следующем году.`,
      '2) Знак «–»: явление отсутствует, знак «…»: данных пока нет.',
    ],
  };
}

/** The region first, then its municipalities. */
const places = () => [...territories.filter(({ oktmo }) => oktmo === REGION), ...municipalities];

/** Cells of the year that begins with a month, by place, the region among them, and indicator. */
function byPlace(economy: Economy, from: Month): ReadonlyMap<string, ReturnType<typeof cellsByIndicator>> {
  const cells = Array.from({ length: 12 }, (_, at) => economy.cells(from + at)).flat();
  const sorted = [...Map.groupBy(cells, ({ territory }) => territory), [REGION, cells] as const];
  return new Map(sorted.map(([oktmo, own]) => [oktmo, cellsByIndicator(own)]));
}
