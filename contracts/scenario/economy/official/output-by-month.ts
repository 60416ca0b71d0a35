import { type Month, placeOf, yearOf } from '../calendar.ts';
import type { Economy } from '../economy.ts';
import { amountOf, cellsByIndicator, type Indicator } from './indicators.ts';
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
    rows: cumulated(economy, months),
    notes: ['1) Данные уточняются по итогам года.'],
  };
}

const MONTHS = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ');

function period(month: Month): string {
  const name = MONTHS[placeOf(month)] ?? '';
  return `${placeOf(month) === 0 ? name : `январь–${name}`} ${yearOf(month)}`;
}

/** A row an indicator and month; sums begin anew each January. */
function cumulated(economy: Economy, months: readonly Month[]): string[][] {
  const sums = new Map<Indicator, number>();
  return months.flatMap((month) =>
    [...cellsByIndicator(economy.cells(month))].map(([indicator, cells]) => {
      const before = placeOf(month) === 0 ? 0 : (sums.get(indicator) ?? 0);
      const sum = before + amountOf(indicator, cells, ({ output, held }) => output.organisation + held);
      sums.set(indicator, sum);
      const unit = indicator.unit === 'тонн' ? 'тыс. тонн' : 'млн штук';
      return [period(month), indicator.title, unit, figure(sum / 1000, 3)];
    }),
  );
}
