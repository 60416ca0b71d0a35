import type { Extra, Row, ShortAct } from './region.ts';

const LES = '02614000';
const DAY = '2026-09-02';
const rub = (amount: number) => ({ amount, symbol: '2,RUB' });
const hash = '00';

const programme = (version: number): Row => ({
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
const decision = (decision_id: number, over: Row): Row => ({
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
const vote = (member: string, in_favour: boolean, robot = ''): Row => ({
  decision_id: 6,
  coop: 'lesnoystan',
  member,
  in_favour,
  robot,
  document_hash: hash,
});
/** A robot's vote that the member's own takes the place of, and one that stands. */
const VOTES = [
  vote('seat1', true),
  vote('seat2', true, 'council.bot'),
  vote('seat3', false, 'council.bot'),
  vote('seat3', true),
  vote('seat4', false),
];
const signature: Row = {
  decision_id: 6,
  coop: 'lesnoystan',
  signer: 'seat1',
  robot: '',
  document_hash: hash,
};
const execution: Row = { decision_id: 6, coop: 'lesnoystan', kind: 'reverse', subject: 1, caller: 'market' };
const posting = (entry_id: number, act_id: number, undo: boolean, lines: Row[]): Row => ({
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
const MIX = [
  { origin: { point_id: 0, oktmo: LES, country: '' }, evidence: 2, ppm: 750_000 },
  { origin: { point_id: 0, oktmo: '', country: '' }, evidence: 0, ppm: 250_000 },
];
const robot = { mode: 'robot', robot: 'market', members_for: ['seat1', 'seat2'], signer: 'seat1' };

/**
 * Acts from number `first` on, each about a lot of the number of its maker: an acceptance under a robot's decision, its
 * reversal after a vote, milk of mixed origin issued and partly brought back, and beef made here.
 */
export function lawfulActs(first: number): readonly ShortAct[] {
  const [accepted, issued, made] = [first, first + 2, first + 4];
  const booked = [line('goods', 'share', 180_000), line('goods', 'operations', 20_000)];
  const accept: Extra = {
    body: { programme: 3, decision_id: 5, robot: 'market', order_id: 9 },
    logs: {
      funds_logprogramme: [programme(1), programme(2)],
      council_logdecision: [decision(5, { ...robot, status: 'executed' })],
      funds_logposting: [posting(1, accepted, false, booked)],
    },
  };
  const reverse: Extra = {
    body: { status: 'accept', decision_id: 6, reason: 'описка' },
    logs: {
      funds_logprogramme: [programme(7)],
      council_logdecision: [decision(6, {})],
      council_logvote: VOTES,
      council_logsign: [signature],
      council_logexec: [execution],
      funds_logposting: [posting(2, accepted, true, [line('share', 'goods', 180_000)])],
    },
  };
  const mixed = { origins: MIX };
  const back = { ...mixed, status: 'returned' };
  return [
    ['accept', DAY, 'potato', 100, 20, LES, LES, LES, '', accepted, 0, accept],
    ['reverse', DAY, 'potato', 100, 20, LES, LES, LES, '', accepted, accepted, reverse],
    ['issue', DAY, 'milk', 8, 60, '', LES, LES, 'ownuse', issued, 0, { body: mixed }],
    ['return', DAY, 'milk', 3, 60, '', LES, LES, 'ownuse', issued, issued, { body: back }],
    ['process', DAY, 'beef', 2, 300, LES, LES, LES, '', made, 0, { body: { status: 'made', parent_lot: 4 } }],
  ];
}
