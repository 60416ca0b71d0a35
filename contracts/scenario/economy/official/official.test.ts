import { expect, test } from 'vitest';
import { referenceOf } from '../../reference/reference.ts';
import { municipalities, REGION, STONE } from '../../reference/territories.ts';
import { january } from '../calendar.ts';
import { madeIn } from '../cell.ts';
import { economyOf } from '../economy.ts';
import { codes } from './codes.ts';
import { officialFiles, officialSheets } from './files.ts';
import { MISSING, NONE } from './sheet.ts';
import { outputByMaker } from './output-by-maker.ts';
import { outputByMonth } from './output-by-month.ts';
import { consumption } from './consumption.ts';
import { population } from './population.ts';
import { bytesOf, figure } from './sheet.ts';
import { toWindows1251 } from './windows1251.ts';

const economy = economyOf(referenceOf('zarechnaya'), {
  from: Date.UTC(2024, 10, 21),
  until: Date.UTC(2026, 10, 21),
});
const number = (text: string | undefined): number =>
  text === NONE ? 0 : Number((text ?? '').replace(',', '.'));
const made = outputByMaker(economy);
const row = (oktmo: string, indicator: string, maker: string): readonly string[] =>
  made.rows.find((cells) => cells[1] === oktmo && cells[2] === indicator && cells[4] === maker) ?? [];
const WHOLE = 'Хозяйства всех категорий';
const ORGANISATIONS = 'Сельскохозяйственные организации';

test('output by maker is the whole economy’s, rounded to a tenth of a tonne', () => {
  const cells = Array.from({ length: 12 }, (_, at) => economy.cells(january(2024) + at)).flat();
  const potato = cells.filter(
    ({ product, territory }) => ['potato', 'newpotato'].includes(product) && territory === STONE,
  );
  const grams = potato.reduce((sum, cell) => sum + madeIn(cell), 0);
  expect(made.columns.slice(5)).toEqual(['2023', '2024', '2025']);
  expect(number(row(STONE, 'Картофель', WHOLE)[6])).toBeCloseTo(grams / 1e6, 1);
});

test('municipalities sum to the region within their rounding', () => {
  const sum = municipalities.reduce((all, { oktmo }) => all + number(row(oktmo, 'Молоко', WHOLE)[6]), 0);
  expect(Math.abs(sum - number(row(REGION, 'Молоко', WHOLE)[6]))).toBeLessThanOrEqual(
    0.05 * (municipalities.length + 1),
  );
});

test('of the last year only organisations are published', () => {
  const last = made.columns.length - 1;
  for (const cells of made.rows) {
    if (cells[4] === ORGANISATIONS) expect(cells[last]).not.toBe(MISSING);
    else expect(cells[last]).toBe(MISSING);
    expect(cells.slice(5, last)).not.toContain(MISSING);
  }
  expect(consumption(economy).columns.slice(1)).toEqual(['2023', '2024']);
  expect(population(economy).rows.some((cells) => cells[2] === '2026')).toBe(true);
  expect(outputByMonth(economy).rows.at(-1)?.[0]).toBe('январь–сентябрь 2026');
});

test('people of a municipality are those of its ages', () => {
  for (const [, , , all, ...ages] of population(economy).rows) {
    expect(ages.reduce((sum, age) => sum + Number(age), 0)).toBe(Number(all));
  }
});

test('figures have decimal commas, cells semicolons, lines CRLF, and one file is in Windows-1251', () => {
  expect([figure(1234.56, 1), figure(0, 1)]).toEqual(['1234,6', NONE]);
  const sheets = officialSheets(economy);
  for (const sheet of sheets) {
    const text = new TextDecoder(sheet.encoding).decode(bytesOf(sheet));
    const lines = text.split('\r\n').slice(0, -1);
    expect(lines).toHaveLength(sheet.heading.length + 1 + sheet.rows.length + sheet.notes.length);
    expect(lines[sheet.heading.length]).toBe(sheet.columns.join(';'));
    expect(lines[sheet.heading.length + 1]).toBe(sheet.rows[0]?.join(';'));
  }
  expect(sheets.some(({ encoding }) => encoding === 'windows-1251')).toBe(true);
});

test('a cell with a semicolon or a quote is quoted', () => {
  const sheet = { ...codes(), columns: ['a', 'b'], rows: [['one; two', 'say "no"']], notes: [] };
  expect(new TextDecoder().decode(bytesOf(sheet))).toBe('a;b\r\n"one; two";"say ""no"""\r\n');
});

test('Windows-1251 is what a decoder reads, and nothing else is written', () => {
  const text = 'Заречная область, «№ 1» – ёж, Ёлка… 2,5 т';
  expect(new TextDecoder('windows-1251').decode(toWindows1251(text))).toBe(text);
  expect(() => toWindows1251('м²')).toThrow(new RangeError('a character of Windows-1251 expected, got ²'));
});

test('codes have the layout of the official classifier and its check digit', () => {
  const { columns, rows } = codes();
  expect(columns.slice(0, 6)).toEqual(['02', '000', '000', '000', '4', '1']);
  expect(rows).toHaveLength(13);
  expect(rows.every((cells) => cells.length === 13)).toBe(true);
});

test('every file is made alike each time, says that it is fictional, and is named in the README', () => {
  const files = officialFiles(economy);
  const readme = new TextDecoder().decode(files.find(({ file }) => file === 'README.md')?.bytes);
  expect(readme).toContain('вымышленная');
  for (const { file } of files.filter((each) => each.file !== 'README.md')) expect(readme).toContain(file);
  expect(officialFiles(economy)).toEqual(files);
});
