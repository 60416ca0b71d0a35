import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from './queries/indicators.ts';
import { readAct } from './queries/act.ts';
import { readActs, totalActs } from './queries/acts.ts';
import { openTestRegion, type ShortAct, type TestRegion } from './testing/region.ts';

const [LES, STEP] = ['02614000', '02628000'];
const day = '2026-09-02';
const rub = (amount: number) => ({ amount, symbol: '2,RUB' });
const hash = '00';

const programme = (version: number) => ({
  programme_id: 3,
  coop: 'lesnoystan',
  title: 'Овощной стол',
  version,
  regulation_hash: hash,
  share_ppm: 900_000,
  status: 'approved',
  decision_id: 1,
  draft_version: 0,
  draft_hash: hash,
  draft_ppm: 0,
});
const decision = (decision_id: number, over: object) => ({
  decision_id,
  coop: 'lesnoystan',
  kind: 'accept',
  subject: 1,
  amount: rub(200_000),
  document_hash: hash,
  proposer: 'seat1',
  mode: 'vote',
  seats: 5,
  votes_for: 0,
  votes_against: 0,
  chair_vote: 0,
  signer: '',
  status: 'open',
  proposed_at: '2026-09-01T00:00:00Z',
  until: '2026-10-01T00:00:00Z',
  robot: '',
  members_for: [],
  ...over,
});
const posting = (entry_id: number, act_id: number, undo: boolean, lines: object[]) => ({
  entry_id,
  coop: 'lesnoystan',
  programme: 3,
  kind: 'accept',
  member: 'mkrd22sova1m',
  act_id,
  document_hash: hash,
  amount: rub(200_000),
  undo,
  lines,
  share_balance: rub(undo ? 0 : 180_000),
});
const line = (debit: string, credit: string, amount: number) => ({ debit, credit, amount: rub(amount) });
const mix = [
  { origin: { point_id: 0, oktmo: LES, country: '' }, evidence: 2, ppm: 750_000 },
  { origin: { point_id: 0, oktmo: '', country: '' }, evidence: 0, ppm: 250_000 },
];
const robot = { mode: 'robot', robot: 'market', members_for: ['seat1', 'seat2'], signer: 'seat1' };

/** 1 an acceptance under a robot's decision; 2 its reversal after a vote; 3 and 4 milk made of it, brought partly back. */
const ACTS = [
  [
    'accept',
    day,
    'potato',
    100,
    20,
    LES,
    LES,
    LES,
    '',
    1,
    0,
    {
      body: { programme: 3, decision_id: 5, robot: 'market', order_id: 9, document_hash: hash },
      logs: {
        funds_logprogramme: [programme(1), programme(2)],
        council_logdecision: [decision(5, { ...robot, status: 'executed' })],
        funds_logposting: [
          posting(1, 1, false, [line('goods', 'share', 180_000), line('goods', 'operations', 20_000)]),
        ],
      },
    },
  ],
  [
    'reverse',
    day,
    'potato',
    100,
    20,
    LES,
    LES,
    LES,
    '',
    1,
    1,
    {
      body: { status: 'accept', decision_id: 6, reason: 'описка' },
      logs: {
        funds_logprogramme: [programme(7)],
        council_logdecision: [
          decision(6, {}),
          decision(6, { votes_for: 3, votes_against: 1, signer: 'seat1', status: 'executed' }),
        ],
        funds_logposting: [posting(2, 1, true, [line('share', 'goods', 180_000)])],
      },
    },
  ],
  ['issue', day, 'milk', 8, 60, '', LES, LES, 'ownuse', 4, 0, { body: { origins: mix } }],
  [
    'return',
    day,
    'milk',
    3,
    60,
    '',
    LES,
    LES,
    'ownuse',
    4,
    3,
    { body: { origins: mix, status: 'returned' } },
  ],
  ['process', day, 'beef', 2, 300, LES, LES, LES, '', 5, 0, { body: { status: 'made', parent_lot: 4 } }],
] as readonly ShortAct[];

let region: TestRegion;
beforeAll(async () => {
  region = await openTestRegion();
  await region.commit(ACTS);
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
