import { toWindows1251 } from './windows1251.ts';

/** A table as a statistical office publishes it: a heading of some lines, the columns, the rows, footnotes. */
export type Sheet = {
  readonly file: string;
  readonly encoding: 'utf-8' | 'windows-1251';
  readonly heading: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
};

/** Not published yet; and nothing to publish. */
export const MISSING = '…';
export const NONE = '–';

/** A figure as people of the office write it: a comma for the decimals, a dash for nothing at all. */
export const figure = (value: number, decimals: number): string =>
  value === 0 ? NONE : value.toFixed(decimals).replace('.', ',');

const cell = (text: string): string => (/[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Semicolons between cells, CRLF after lines, in the sheet's encoding. */
export function bytesOf({ encoding, heading, columns, rows, notes }: Sheet): Uint8Array {
  const pad = (text: string): string => `${cell(text)}${';'.repeat(columns.length - 1)}`;
  const lines = [
    ...heading.map(pad),
    ...[columns, ...rows].map((row) => row.map(cell).join(';')),
    ...notes.map(pad),
  ];
  const text = lines.map((line) => `${line}\r\n`).join('');
  return encoding === 'utf-8' ? new TextEncoder().encode(text) : toWindows1251(text);
}
