import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createState } from '../state/state.ts';
import type { State } from '../state/state.ts';
import { Keeper } from './keeper.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zakroma-devnet-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const chainId = Buffer.alloc(32, 7);
const keeper = (): Keeper =>
  new Keeper({ dir, chainId, blocks: { id: (num) => Buffer.alloc(32, num) }, log: undefined });

function stateOf(rows: number): State {
  const state = createState();
  const table = state.table(1n, 2n, 3n);
  state.tables.set(table, 1n);
  for (let row = 0; row < rows; row++)
    table.rows.set(BigInt(row), { payer: 1n, value: Uint8Array.of(row & 255) });
  for (const [kind, key] of [
    ['idx64', 1n],
    ['idx128', (5n << 64n) | 3n],
    ['idx256', (9n << 200n) | 1n],
    ['idx_double', -0.25],
  ] as const)
    table.index(kind).set(4n, { payer: 1n, key });
  return state;
}

test('a snapshot is due after 20,000 transactions, of a large state after a twentieth of its rows', () => {
  const small = keeper();
  small.count(19_998);
  expect(small.isDue).toBe(false);
  small.count(0);
  expect(small.isDue).toBe(true);
  small.write(stateOf(500_000), 5);
  small.count(24_998);
  expect(small.isDue).toBe(false);
  small.count(0);
  expect(small.isDue).toBe(true);
});

test('nothing is written where no block came since, and the newest two are kept', () => {
  const kept = keeper();
  kept.write(stateOf(1), 5);
  expect(readdirSync(dir)).toEqual([]);
  for (const num of [5, 6, 10]) {
    kept.count(1);
    kept.write(stateOf(1), num);
  }
  expect(readdirSync(dir).sort()).toEqual(['state-10.snapshot', 'state-6.snapshot']);
});

test('rows and keys of every index come back in their order', () => {
  const kept = keeper();
  kept.count(1);
  const state = stateOf(300);
  kept.write(state, 5);
  const back = createState();
  expect(keeper().read(back)).toBe(5);
  const [was, is] = [state, back].map((one) => one.findTable(1n, 2n, 3n));
  expect(is?.rows.keys).toEqual(was?.rows.keys);
  expect(Buffer.from(is?.rows.get(299n)?.value ?? [])).toEqual(Buffer.of(43));
  for (const kind of ['idx64', 'idx128', 'idx256', 'idx_double'] as const)
    expect(is?.index(kind).entries).toEqual(was?.index(kind).entries);
  expect(back.log.cut()).toEqual([]);
});
