import { DecodeError } from '../errors.ts';
import type { Write } from './codec.ts';
import type { Reader } from './reader.ts';
import type { RowBuffer } from './row-buffer.ts';

/** Writes the rest of a row that began at `start`; false, with the row taken back, when the bytes are not exactly what the ABI says. */
export function endRow(write: Write, from: Reader, row: RowBuffer, start: number): boolean {
  try {
    write(from, row);
    if (from.pos === from.end) {
      row.rows++;
      return true;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  row.pos = start;
  return false;
}
