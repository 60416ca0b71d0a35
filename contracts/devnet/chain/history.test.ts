import { readFileSync } from 'node:fs';
import { ABI, Serializer } from '@wharfkit/antelope';
import { beforeEach, expect, test } from 'vitest';
import { nameNumber } from '../bytes/name.ts';
import { createState } from '../state/state.ts';
import type { State } from '../state/state.ts';
import type { ContractTable } from '../state/table.ts';
import { packDeltas } from './history.ts';

const protocol = ABI.from(readFileSync(new URL('../ship/protocol.abi.json', import.meta.url), 'utf8'));
type Delta = [string, { name: string; rows: { present: boolean; data: string }[] }];

const OWNER = nameNumber('owner');
const payer = (byte: number) => ({ payer: OWNER, value: Uint8Array.of(byte) });
let state: State;
let table: ContractTable;

beforeEach(() => {
  state = createState();
  table = state.table(OWNER, OWNER, nameNumber('rows'));
  table.rows.set(1n, payer(1));
  state.log.cut();
});

/** Of the block's rows: whether each is there, and its one byte. */
function told(): [present: boolean, byte: number][] {
  const packed = packDeltas(state, state.log.cut());
  const deltas = Serializer.objectify(
    Serializer.decode({ data: packed, type: 'table_delta[]', abi: protocol }),
  ) as Delta[];
  return deltas.flatMap(([, { rows }]) =>
    rows.map(({ present, data }): [boolean, number] => [present, Number.parseInt(data.slice(-2), 16)]),
  );
}

test('a row changed many times in a block is told once, as it ends', () => {
  table.rows.set(1n, payer(2));
  table.rows.set(1n, payer(3));
  expect(told()).toEqual([[true, 3]]);
});

test('a row that was there and came anew is told as nodeos does: one gone, one new', () => {
  table.rows.delete(1n);
  table.rows.set(1n, payer(2));
  expect(told()).toEqual([
    [false, 1],
    [true, 2],
  ]);
});

test('a row that came and went within a block is not told', () => {
  table.rows.set(2n, payer(2));
  table.rows.delete(2n);
  expect(told()).toEqual([]);
});

test('a row that went, came and went is told as gone', () => {
  table.rows.delete(1n);
  table.rows.set(1n, payer(2));
  table.rows.delete(1n);
  expect(told()).toEqual([[false, 1]]);
});
