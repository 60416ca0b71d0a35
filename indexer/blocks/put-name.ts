import { interned, nameText } from '../abi/names.ts';
import type { RowBuffer } from '../abi/row-buffer.ts';
import { FatalError } from '../errors.ts';

/** Writes a name's text, given as halves, as a String of RowBinary. */
export function putName(row: RowBuffer, low: number, high: number): void {
  row.put(interned.name.get(low, high) ?? unnamed(low, high));
}

/** Every 64-bit word is a name's text; kept total for the type checker's sake. */
function unnamed(low: number, high: number): never {
  throw new FatalError(`no text for name ${nameText(low, high)}`);
}
