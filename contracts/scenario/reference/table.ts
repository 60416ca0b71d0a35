import { readFileSync } from 'node:fs';

/** A row of a table beside the code: what each column holds, as text. Throws for a column that is not there. */
export type Row = (column: string) => string;

/** Reads a table beside the code that asks (`import.meta.url`): UTF-8, semicolons, no quotes, the columns named in the first line. */
export function readTable(file: string, beside: string): readonly Row[] {
  const text = readFileSync(new URL(file, beside), 'utf8');
  const [head, ...lines] = text.trimEnd().split('\n');
  const columns = (head ?? '').split(';');
  return lines.map((line, at) => {
    const cells = line.split(';');
    if (cells.length !== columns.length)
      throw new Error(`${file}, line ${at + 2}: ${columns.length} cells expected, got ${cells.length}`);
    return (column) => {
      const cell = cells[columns.indexOf(column)];
      if (cell === undefined)
        throw new RangeError(`${file}: one of ${columns.join(', ')} expected, got ${column}`);
      return cell;
    };
  });
}

/** A cell that holds a number. */
export function numberIn(row: Row, column: string): number {
  const value = Number(row(column));
  if (Number.isNaN(value)) throw new RangeError(`${column}: a number expected, got ${row(column)}`);
  return value;
}

/** Words of a cell, parted by spaces. */
export const wordsIn = (row: Row, column: string): readonly string[] =>
  row(column).split(' ').filter(Boolean);
