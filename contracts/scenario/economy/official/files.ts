import { mapOf } from '../../reference/boundaries.ts';
import { monthText } from '../calendar.ts';
import type { Economy } from '../economy.ts';
import { codes } from './codes.ts';
import { consumption } from './consumption.ts';
import { exchange } from './exchange.ts';
import { outputByMaker } from './output-by-maker.ts';
import { outputByMonth } from './output-by-month.ts';
import { population } from './population.ts';
import { prices } from './prices.ts';
import { bytesOf, type Sheet } from './sheet.ts';

export type OfficialFile = { readonly file: string; readonly bytes: Uint8Array };

/** Everything that an office would have published of the region by the economy's last month, as files that a user could have. */
export function officialFiles(economy: Economy): OfficialFile[] {
  const { municipalities, river } = mapOf(economy.reference.seed);
  const sheets = officialSheets(economy);
  return [
    ...sheets.map((sheet) => ({ file: sheet.file, bytes: bytesOf(sheet) })),
    { file: 'granitsy.geojson', bytes: json(municipalities) },
    { file: 'reka.geojson', bytes: json(river) },
    { file: 'README.md', bytes: new TextEncoder().encode(readme(economy, sheets)) },
  ];
}

export const officialSheets = (economy: Economy): Sheet[] => [
  population(economy),
  outputByMaker(economy),
  outputByMonth(economy),
  consumption(economy),
  exchange(economy),
  prices(economy),
  codes(),
];

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value)}\n`);

const readme = (
  { reference, last }: Economy,
  sheets: readonly Sheet[],
): string => `# Заречная область (вымышленная)

Эти файлы сделаны проектом «Закрома» из модели хозяйства вымышленной области: зерно «${reference.seed}», по состоянию на
${monthText(last)}. Ни одна цифра не взята из настоящей статистики. Вымышлены область, её районы и город, люди, хозяйства,
границы, река и коды ОКТМО (приставка 02 никому не присвоена). Настоящие здесь только названия регионов и стран, с которыми
область торгует, и расположение столбцов классификатора ОКТМО.

Таблицы округлены и опаздывают, как официальные: последний год опубликован не полностью («…» — данных пока нет, «–» — явления нет).

| файл | кодировка | что в нём |
| --- | --- | --- |
${sheets.map((sheet) => `| ${sheet.file} | ${sheet.encoding} | ${sheet.heading[0] ?? 'Коды ОКТМО области в расположении официального классификатора, без заголовка'} |`).join('\n')}
| granitsy.geojson | utf-8 | Границы 13 муниципальных образований, RFC 7946, код в свойстве oktmo |
| reka.geojson | utf-8 | Река Заречка |

Разделитель точка с запятой, десятичная запятая, концы строк CRLF. Над таблицей две строки заголовка, под ней сноски.
`;
