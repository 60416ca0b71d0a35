import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from './queries/indicators.ts';
import { readAct } from './queries/act.ts';
import { readActs, totalActs } from './queries/acts.ts';
import { lawfulActs } from './testing/lawful.ts';
import { openTestRegion, type TestRegion } from './testing/region.ts';

const [LES, STEP] = ['02614000', '02628000'];
let region: TestRegion;
beforeAll(async () => {
  region = await openTestRegion();
  await region.commit(lawfulActs(1));
});
afterAll(() => region.close());

const act = async (id: string) => {
  const found = await readAct(region.warehouse, id);
  if (!found) throw new Error(`act ${id} expected, none came`);
  return found;
};

describe('the card of an act', () => {
  it('says by which robot, for whom, under which version of a programme and how it was booked', async () => {
    const accepted = await act('1');
    expect(accepted).toMatchObject({ programmeTitle: 'Овощной стол', programmeVersion: 2, order: '9' });
    expect(accepted.council).toMatchObject({
      mode: 'robot',
      robot: 'market',
      membersFor: ['seat1', 'seat2'],
    });
    expect(accepted.postings.map(({ debit, credit, rub, isUndo }) => [debit, credit, rub, isUndo])).toEqual([
      ['goods', 'share', '1800', false],
      ['goods', 'operations', '200', false],
      ['share', 'goods', '1800', true],
    ]);
    expect(accepted.links).toMatchObject([{ act: '2', kind: 'reverse', status: 'accept', isAfter: true }]);
    expect(accepted.origins).toEqual([
      { territory: LES, title: 'Лесной район', evidence: 2, ppm: 1_000_000 },
    ]);
  });

  it('of a reversal shows the vote as it ended, the act taken back and the entry turned round', async () => {
    const reversal = await act('2');
    expect(reversal.council).toMatchObject({ mode: 'vote', seats: 5, votesFor: 3, votesAgainst: 1 });
    expect(reversal.council).toMatchObject({ robot: 'council.bot', membersFor: ['seat2'] });
    expect(reversal).toMatchObject({ reason: 'описка', chair: 'kordonchair1', council: { signer: 'seat1' } });
    expect(reversal.links).toMatchObject([{ act: '1', kind: 'accept', isAfter: false }]);
    expect(reversal.postings).toMatchObject([{ entry: '2', isUndo: true, shareBalance: '0' }]);
  });

  it('of mixed goods names each origin with its share, the largest first', async () => {
    const issued = await act('3');
    expect(issued.origins.map(({ territory, ppm }) => [territory, ppm])).toEqual([
      [LES, 750_000],
      ['', 250_000],
    ]);
    expect(issued.council).toBeNull();
    expect((await act('5')).parentLot).toBe('4');
  });
});

describe('records of a kind', () => {
  const filter = (territory: string): Filter => ({
    territory,
    period: { first: '2026-09-01', last: '2026-09-30' },
    group: '',
    product: '',
  });
  const newest = { after: { block: 4_294_967_295, sequence: '18446744073709551615' }, limit: 10 };
  const of = async (kind: 'return' | 'process' | 'reverse', territory = LES) => {
    const records = { indicator: '', kind } as const;
    const through = region.committed();
    const { acts } = await readActs(region.warehouse, filter(territory), records, newest, through);
    return { acts, total: await totalActs(region.warehouse, filter(territory), records) };
  };

  it('are the acts at a place of the territory, as recorded', async () => {
    expect((await of('return')).acts).toMatchObject([{ act: '4', quantity: '3', origins: 2, rub: '180' }]);
    expect((await of('process')).acts).toMatchObject([{ act: '5', status: 'made' }]);
    expect(await of('reverse')).toMatchObject({ acts: [{ act: '2' }], total: { rub: '2000', acts: '1' } });
    expect((await of('reverse', '02000000')).acts).toHaveLength(1);
    expect((await of('reverse', STEP)).acts).toEqual([]);
  });

  it('a figure shows the part of a mixed act that it counts, and what was taken back below zero', async () => {
    const records = { indicator: 'local', kind: '' } as const;
    const { acts } = await readActs(region.warehouse, filter(LES), records, newest, region.committed());
    expect(acts.map(({ act: id, quantity, actQuantity }) => [id, quantity, actQuantity])).toEqual([
      ['4', '-2.25', '3'],
      ['3', '6', '8'],
    ]);
  });
});
