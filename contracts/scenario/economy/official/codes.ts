import { CITY, municipalities, REGION, type Territory, territories } from '../../reference/territories.ts';
import type { Sheet } from './sheet.ts';

/** The region's codes in the layout of the official classifier: four parts, check digit, section, name, centre, dates; no heading. */
export function codes(): Sheet {
  const region = territories.filter(({ oktmo }) => oktmo === REGION);
  return {
    file: 'oktmo.csv',
    encoding: 'windows-1251',
    heading: [],
    columns: rowOf(region[0] ?? { oktmo: REGION, parent: '', title: '' }),
    rows: municipalities.map(rowOf),
    notes: [],
  };
}

const APPROVED = '14.06.2013';
const IN_FORCE = '01.01.2014';

function rowOf({ oktmo, title }: Territory): string[] {
  const parts = [oktmo.slice(0, 2), oktmo.slice(2, 5), oktmo.slice(5, 8), '000'];
  const centre = oktmo === REGION || oktmo === CITY ? 'г Заречный' : '';
  return [...parts, checkDigit(oktmo), '1', nameOf(oktmo, title), centre, '', '000', '0', APPROVED, IN_FORCE];
}

const nameOf = (oktmo: string, title: string): string => {
  if (oktmo === REGION) return 'Муниципальные образования Заречной области (вымышленной)';
  return oktmo === CITY ? 'город Заречный' : title.replace('район', 'муниципальный район');
};

/** Digits weighted 1, 2, 3 … modulo 11; where that gives 10, weighted 3, 4, 5 …; where that gives 10 again, 0. */
function checkDigit(oktmo: string): string {
  const weighted = (from: number): number =>
    Array.from(oktmo).reduce((sum, digit, at) => sum + Number(digit) * (((at + from - 1) % 10) + 1), 0) % 11;
  const first = weighted(1);
  return String(first < 10 ? first : weighted(3) % 10);
}
