import { municipalities } from '../../reference/territories.ts';
import { yearOf } from '../calendar.ts';
import type { Economy } from '../economy.ts';
import { headsOf, type People, peopleOf } from '../people.ts';
import type { Sheet } from './sheet.ts';

/** People on 1 January by age, of every year that has begun. */
export function population({ reference, first, last }: Economy): Sheet {
  const years = Array.from({ length: yearOf(last) - yearOf(first) + 1 }, (_, at) => yearOf(first) + at);
  return {
    file: 'naselenie.csv',
    encoding: 'utf-8',
    heading: [
      'Численность населения по муниципальным образованиям и возрасту на 1 января, человек',
      'Заречная область (вымышленная)',
    ],
    columns: [
      'Код ОКТМО',
      'Муниципальное образование',
      'Год',
      'Всего',
      'Моложе трудоспособного',
      'Трудоспособного',
      'Старше трудоспособного',
    ],
    rows: municipalities.flatMap((place) =>
      years.map((year) => [
        place.oktmo,
        place.title,
        String(year),
        ...counts(peopleOf(place, reference, year)),
      ]),
    ),
    notes: ['1) Без временного населения.'],
  };
}

const counts = (people: People): string[] =>
  [headsOf(people), people.child, people.working, people.pensioner].map(String);
