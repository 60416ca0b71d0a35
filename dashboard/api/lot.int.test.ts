import { afterAll, beforeAll, expect, it } from 'vitest';
import { readLot } from './queries/lot.ts';
import { openTestRegion, type ShortAct, type TestRegion } from './testing/region.ts';

const [LES, STEP] = ['02614000', '02628000'];
const goods = (kg: number) => ['2026-09-02', 'potato', kg, 20, LES, LES] as const;
/** A lot of 100 kg: 40 shipped, of which 5 are lost on the way and 35 become lot 2; 10 issued, 15 sold, 3 lost in store. */
const ACTS: readonly ShortAct[] = [
  ['accept', ...goods(100), LES, '', 1],
  ['ship', ...goods(40), STEP, '', 1],
  ['issue', ...goods(10), LES, 'ownuse', 1],
  ['receive', ...goods(35), STEP, '', 2, 2],
  ['loss', ...goods(5), STEP, '', 1, 2],
  ['sellout', ...goods(15), LES, 'trade', 1],
  ['loss', ...goods(3), LES, '', 1],
  ['issue', ...goods(30), STEP, 'ownuse', 2],
];

let region: TestRegion;
beforeAll(async () => {
  region = await openTestRegion();
  await region.commit(ACTS);
});
afterAll(() => region.close());

it('a lot is what came in and where all of it went, a loss on the way counted once', async () => {
  const { acts, more, sums } = await readLot(region.warehouse, '1');
  expect(sums).toEqual({
    entered: '100',
    shipped: '35',
    issued: '10',
    sold: '15',
    processed: '0',
    lost: '8',
    stock: '32',
  });
  expect(more).toBe(0);
  expect(acts.map(({ act, kind, lot }) => `${act} ${kind} ${lot}`)).toEqual([
    '1 accept 1',
    '2 ship 1',
    '3 issue 1',
    '4 receive 2',
    '5 loss 1',
    '6 sellout 1',
    '7 loss 1',
  ]);
});

it('a received part is a lot of its own', async () => {
  const { acts, sums } = await readLot(region.warehouse, '2');
  expect(sums).toMatchObject({ entered: '35', issued: '30', stock: '5' });
  expect(acts.map(({ act }) => act)).toEqual(['4', '8']);
});
