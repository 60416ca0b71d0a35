import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ContractTable } from './table.ts';
import type { RowStore, SecondaryStore } from './table.ts';
import { UndoLog } from './undo.ts';

const rows = (store: RowStore): string =>
  JSON.stringify(
    store.keys.map((key) => [String(key), String(store.get(key)?.payer), [...(store.get(key)?.value ?? [])]]),
  );
const entries = (store: SecondaryStore): string =>
  JSON.stringify(
    store.entries.map(({ key, primary }) => [String(key), String(primary), String(store.get(primary)?.key)]),
  );

const change = fc.record({
  key: fc.bigInt(0n, 20n),
  secondary: fc.bigInt(0n, 4n),
  byte: fc.nat(255),
  remove: fc.boolean(),
});
type Step = { key: bigint; secondary: bigint; byte: number; remove: boolean };

function play(table: ContractTable, steps: readonly Step[]): void {
  const index = table.index('idx64');
  for (const { key, secondary, byte, remove } of steps) {
    if (remove) {
      table.rows.delete(key);
      index.delete(key);
    } else {
      table.rows.set(key, { payer: 1n, value: Uint8Array.of(byte) });
      index.set(key, { payer: 1n, key: secondary });
    }
  }
}

describe('a table', () => {
  test('keeps primary keys and (secondary, primary) pairs in order, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(change), (steps) => {
        const table = new ContractTable(new UndoLog(), 1n, 1n, 1n);
        play(table, steps);
        const { keys } = table.rows;
        expect([...keys]).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)));
        expect(new Set(keys)).toEqual(new Set(table.rows.map.keys()));
        const pairs = table.index('idx64').entries.map(({ key, primary }) => (BigInt(key) << 64n) | primary);
        expect(pairs).toEqual([...pairs].sort((a, b) => (a < b ? -1 : 1)));
        expect(pairs.length).toBe(table.index('idx64').size);
        for (const key of keys) expect(keys[table.rows.position(key)]).toBe(key);
      }),
    );
  });

  test('is as before when changes are rolled back to a mark', () => {
    fc.assert(
      fc.property(fc.array(change), fc.array(change), (kept, undone) => {
        const log = new UndoLog();
        const table = new ContractTable(log, 1n, 1n, 1n);
        play(table, kept);
        const before = [rows(table.rows), entries(table.index('idx64')), table.count];
        const mark = log.mark();
        play(table, undone);
        log.rollback(mark);
        expect([rows(table.rows), entries(table.index('idx64')), table.count]).toEqual(before);
      }),
    );
  });
});
