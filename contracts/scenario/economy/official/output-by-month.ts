import { january, type Month, placeOf, yearOf } from '../calendar.ts';
import type { Economy } from '../economy.ts';
import { amountOf, indicators } from './indicators.ts';
import { figure, type Sheet } from './sheet.ts';

/** Months that pass before a month's figure is published. */
const LAG = 2;

/** Output of the region's organisations from the start of a year through each month, in thousands; published two months later. */
export function outputByMonth(economy: Economy): Sheet {
  const months = Array.from(
    { length: economy.last - LAG - economy.first + 1 },
    (_, at) => economy.first + at,
  );
  return {
    file: 'proizvodstvo-po-mesyatsam.csv',
    encoding: 'utf-8',
    heading: [
      'Производство в сельскохозяйственных организациях, нарастающим итогом с начала года',
      'Заречная область (вымышленная)',
    ],
    columns: ['Период', 'Показатель', 'Единица измерения', 'С начала года'],
    rows: months.flatMap((month) =>
      indicators.map((indicator) => [
        period(month),
        indicator.title,
        indicator.unit === 'тонн' ? 'тыс. тонн' : 'млн штук',
        figure(
          amountOf(indicator, cellsTill(economy, month), ({ output, held }) => output.organisation + held) /
            1000,
          3,
        ),
      ]),
    ),
    notes: ['1) Данные уточняются по итогам года.'],
  };
}

const MONTHS = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ');

function period(month: Month): string {
  const name = MONTHS[placeOf(month)] ?? '';
  return `${placeOf(month) === 0 ? name : `январь–${name}`} ${yearOf(month)}`;
}

function cellsTill(economy: Economy, month: Month) {
  const from = january(yearOf(month));
  return Array.from({ length: month - from + 1 }, (_, at) => economy.cells(from + at)).flat();
}
