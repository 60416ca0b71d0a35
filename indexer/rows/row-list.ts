import { RowDelta } from '../ship/deltas.ts';

/**
 * The changed rows of one block in an order of their own: by contract, table, scope and key, a removed row before the one that came
 * in its place. Nodes of different versions may send the same rows in different orders. The objects are used again for every block.
 */
export type RowList = ReturnType<typeof createRowList>;

export function createRowList() {
  const held: RowDelta[] = [];
  let count = 0;
  return {
    clear(): void {
      count = 0;
    },
    /** Keeps a copy. */
    add(row: RowDelta): void {
      (held[count++] ??= new RowDelta()).copy(row);
    },
    /** Good until the next `clear`. */
    sorted(): readonly RowDelta[] {
      return held.slice(0, count).sort(compare);
    },
  };
}

function compare(a: RowDelta, b: RowDelta): number {
  return (
    a.codeHigh - b.codeHigh ||
    a.codeLow - b.codeLow ||
    a.tableHigh - b.tableHigh ||
    a.tableLow - b.tableLow ||
    a.scopeHigh - b.scopeHigh ||
    a.scopeLow - b.scopeLow ||
    a.keyHigh - b.keyHigh ||
    a.keyLow - b.keyLow ||
    Number(a.isPresent) - Number(b.isPresent)
  );
}
