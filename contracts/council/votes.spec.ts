import { describe, expect, it } from 'vitest';
import { lastDecision, matterOf } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { ZERO_HASH, hashOf } from '../spec/world.ts';

const spec = furnished('council');
const { send, rowOf } = spec;

const document_hash = hashOf('document');
const MONTH_MS = 30 * 24 * 3600 * 1000;

/** A proposal of forestcoop by faina, about a write-off unless said. Returns its id. */
async function propose(over: Record<string, unknown> = {}): Promise<number> {
  const matter = matterOf('writeoff', { subject: 7, amount: '100.00 RUB', document_hash });
  await send('propose', 'faina', { proposer: 'faina', coop: 'forestcoop', ...matter, ...over });
  return lastDecision(spec.world);
}

const vote = (member: string, decision_id: number, in_favour = true, over: Record<string, unknown> = {}) =>
  send('vote', member, { member, decision_id, in_favour, document_hash, ...over });
const sign = (decision_id: number, over: Record<string, unknown> = {}, signer = 'fedor') =>
  send('sign', signer, { signer, decision_id, document_hash, ...over });
const execute = (decision_id: number, caller = 'fedor') => send('execute', caller, { caller, decision_id });
const withdraw = (decision_id: number, proposer = 'faina') =>
  send('withdraw', proposer, { proposer, decision_id });
const reject = (decision_id: number, member = 'foma') => send('reject', member, { member, decision_id });
const authorise = (decision_id: number, over: Record<string, unknown> = {}) =>
  send('authorise', 'market', {
    caller: 'market',
    decision_id,
    coop: 'forestcoop',
    kind: 'writeoff',
    subject: 7,
    amount: '100.00 RUB',
    document_hash,
    ...over,
  });
const decision = (id: number) => rowOf('decisions', id);

/** In force: voted for by two of three and signed. */
async function inForce(over: Record<string, unknown> = {}): Promise<number> {
  const id = await propose(over);
  await vote('fedor', id);
  await vote('foma', id);
  await sign(id);
  return id;
}

describe('propose', () => {
  it('opens a decision for thirty days', async () => {
    const id = await propose();
    const row = await decision(id);
    expect(row).toMatchObject({
      coop: 'forestcoop',
      kind: 'writeoff',
      subject: 7,
      proposer: 'faina',
      mode: 'vote',
      seats: 3,
      votes_for: 0,
      votes_against: 0,
      status: 'open',
      signer: '',
    });
    const [until, from] = [row?.['until'], row?.['proposed_at']].map((time) =>
      Date.parse(`${String(time)}Z`),
    );
    expect((until ?? 0) - (from ?? 0)).toBe(MONTH_MS);
  });

  it('R23: refuses a decision without a document', () =>
    expectRefusal(
      propose({ document_hash: ZERO_HASH }),
      'document_hash: sha256 of a document expected, came all zeros',
    ));

  it('is signed by the proposer, who has a seat', async () => {
    await expectRefusal(propose({ proposer: 'foma' }), 'foma', MISSING_AUTHORITY);
    await expectRefusal(
      send('propose', 'anna', { proposer: 'anna', coop: 'forestcoop', ...matterOf('buy', {}) }),
      'proposer: a seat in the council of forestcoop expected, anna has none',
    );
  });

  it.each([
    [
      'an unknown kind',
      { kind: 'party' },
      'kind: one of admit exclude setchair grantrole revokerole recover',
    ],
    ['the founding', { kind: 'found' }, 'kind: one of admit'],
    ['an amount below zero', { amount: '-1.00 RUB' }, 'amount: zero or more expected, came -1.00 RUB'],
    ['foreign money', { amount: '1.00 VRE' }, 'amount: 2,RUB expected, came 2,VRE'],
  ])('refuses %s', (_, over, reason) => expectRefusal(propose(over), reason));
});

describe('vote', () => {
  it('R7, R13: each seat counts once, the chair too', async () => {
    const id = await propose();
    await vote('fedor', id);
    await vote('faina', id, false);
    expect(await decision(id)).toMatchObject({ votes_for: 1, votes_against: 1, chair_vote: 1 });
    for (const member of ['fedor', 'faina'])
      await expectRefusal(vote(member, id), `member: no vote yet expected, ${member} voted on ${id}`);
    expect(await rowOf('votes', 'faina', String(id))).toEqual({
      member: 'faina',
      in_favour: false,
      robot: '',
    });
  });

  it('R1: has nobody vote but seats, by their own signature', async () => {
    const id = await propose();
    for (const member of ['anna', 'rita', 'stranger'])
      await expectRefusal(
        vote(member, id),
        `member: a seat in the council of forestcoop expected, ${member} has none`,
      );
    await expectRefusal(
      send('vote', 'foma', { member: 'faina', decision_id: id, in_favour: true, document_hash }),
      'faina',
      MISSING_AUTHORITY,
    );
  });

  it('R23: names the document that is voted on', async () => {
    const id = await propose();
    const other = hashOf('another document');
    await expectRefusal(
      vote('faina', id, true, { document_hash: other }),
      `document_hash: ${document_hash} of decision ${id} expected, came ${other}`,
    );
  });

  it('refuses a decision that is unknown or no longer open', async () => {
    await expectRefusal(vote('faina', 999_999), 'decision_id: a decision with a row expected, came 999999');
    const id = await inForce();
    await expectRefusal(vote('faina', id), `decision_id: status open expected, ${id} is signed`);
  });
});

describe('sign', () => {
  it('R10, R11: what is voted through has no effect before the chair signs', async () => {
    const id = await propose({ kind: 'admit', subject: '0' });
    for (const member of ['fedor', 'faina', 'foma']) await vote(member, id);
    await expectRefusal(execute(id), `decision_id: status signed expected, ${id} is open`);
    const act = await propose();
    for (const member of ['fedor', 'faina', 'foma']) await vote(member, act);
    await expectRefusal(authorise(act), `decision_id: status signed expected, ${act} is open`);
    await sign(act);
    expect(await decision(act)).toMatchObject({ status: 'signed', signer: 'fedor' });
    await expectRefusal(sign(act), `decision_id: status open expected, ${act} is signed`);
  });

  it('R10: the chair cannot sign what the council did not vote through', async () => {
    const id = await propose();
    await expectRefusal(
      sign(id),
      'decision_id: passed expected, 0 for and 0 against of 3 seats is undecided',
    );
    await vote('fedor', id);
    await expectRefusal(
      sign(id),
      'decision_id: passed expected, 1 for and 0 against of 3 seats is undecided',
    );
    await vote('faina', id, false);
    await vote('foma', id, false);
    await expectRefusal(
      sign(id),
      'decision_id: passed expected, 1 for and 2 against of 3 seats is voted down',
    );
  });

  it('R11: is for the chair alone, who names the document', async () => {
    const id = await propose();
    await vote('faina', id);
    await vote('foma', id);
    await expectRefusal(sign(id, {}, 'faina'), 'signer: the chair of forestcoop expected, faina is member');
    await expectRefusal(
      sign(id, {}, 'rodion'),
      'signer: a seat in the council of forestcoop expected, rodion has none',
    );
    await expectRefusal(
      send('sign', 'faina', { signer: 'fedor', decision_id: id, document_hash }),
      'fedor',
      MISSING_AUTHORITY,
    );
    await expectRefusal(sign(id, { document_hash: hashOf('another') }), `of decision ${id} expected`);
    await expectRefusal(sign(999_999), 'decision_id: a decision with a row expected, came 999999');
  });
});

describe('execute', () => {
  it('carries out once, by a seat or a robot of one', async () => {
    const id = await inForce({ kind: 'admit', subject: matterOf('admit', { subject: 'petr' }).subject });
    await expectRefusal(
      execute(id, 'anna'),
      'caller: a seat in the council of forestcoop expected, anna has none',
    );
    await expectRefusal(execute(id, 'market'), 'caller: a seat in the council of forestcoop expected');
    await execute(id, 'robot');
    expect(await decision(id)).toMatchObject({ status: 'executed' });
    expect(await spec.world.row('registry', 'forestcoop', 'members', 'petr')).toMatchObject({
      status: 'active',
    });
    await expectRefusal(execute(id), `decision_id: status signed expected, ${id} is executed`);
    await expectRefusal(execute(999_999), 'decision_id: a decision with a row expected, came 999999');
  });

  it('leaves acts to the contracts that act, and is signed', async () => {
    const id = await inForce();
    await expectRefusal(
      execute(id),
      'decision_id: a kind with a call-back expected, writeoff is used up by its act',
    );
    await expectRefusal(
      send('execute', 'faina', { caller: 'fedor', decision_id: id }),
      'fedor',
      MISSING_AUTHORITY,
    );
  });
});

describe('authorise', () => {
  it('R22: a decision in force is used up by one act of its kind', async () => {
    const id = await inForce();
    await authorise(id, { amount: '99.99 RUB' });
    expect(await decision(id)).toMatchObject({ status: 'executed' });
    await expectRefusal(authorise(id), `decision_id: status signed expected, ${id} is executed`);
  });

  it('R22: a decision without a subject is of any', async () => {
    const id = await inForce({ subject: 0 });
    await authorise(id, { subject: 123 });
    expect(await decision(id)).toMatchObject({ status: 'executed', subject: 0 });
  });

  it('R22: is for acting contracts alone', async () => {
    const id = await inForce();
    const data = { decision_id: id, coop: 'forestcoop', ...matterOf('writeoff', {}) };
    await expectRefusal(
      send('authorise', 'fedor', { caller: 'fedor', ...data }),
      'caller: one of market funds expected, came fedor',
    );
    await expectRefusal(
      send('authorise', 'fedor', { caller: 'market', ...data }),
      'market',
      MISSING_AUTHORITY,
    );
  });

  it.each([
    [
      'another cooperative',
      { coop: 'rivercoop' },
      'decision_id: a decision of rivercoop expected, came one of forestcoop',
    ],
    ['another kind', { kind: 'sellout' }, 'decision_id: kind sellout expected, came writeoff'],
    ['another subject', { subject: 8 }, 'decision_id: subject 8 expected, came 7'],
    ['more money', { amount: '100.01 RUB' }, 'amount: at most 100.00 RUB expected, came 100.01 RUB'],
    ['other money', { amount: '1.00 VRE' }, 'amount: at most 100.00 RUB expected, came 1.00 VRE'],
    ['another document', { document_hash: hashOf('another') }, `document_hash: ${document_hash} of decision`],
    [
      'an unknown decision',
      { decision_id: 999_999 },
      'decision_id: a decision with a row expected, came 999999',
    ],
  ])('R22: refuses %s', async (_, over, reason) => {
    const id = await inForce();
    await expectRefusal(authorise(id, over), reason);
    expect(await decision(id)).toMatchObject({ status: 'signed' });
  });
});

describe('withdraw and reject', () => {
  it('its proposer takes an open proposal back', async () => {
    const id = await propose();
    await expectRefusal(withdraw(id, 'foma'), 'proposer: faina expected, came foma');
    await expectRefusal(
      send('withdraw', 'foma', { proposer: 'faina', decision_id: id }),
      'faina',
      MISSING_AUTHORITY,
    );
    await withdraw(id);
    expect(await decision(id)).toMatchObject({ status: 'withdrawn' });
    for (const late of [() => vote('foma', id), () => sign(id), () => withdraw(id), () => reject(id)])
      await expectRefusal(late(), `decision_id: status open expected, ${id} is withdrawn`);
    await expectRefusal(withdraw(await inForce()), 'is signed');
    await expectRefusal(withdraw(999_999), 'decision_id: a decision with a row expected, came 999999');
  });

  it('a seat closes what was voted down', async () => {
    const id = await propose();
    await expectRefusal(reject(id), `decision_id: voted down or lapsed expected, ${id} is neither`);
    await vote('faina', id, false);
    await vote('foma', id, false);
    await expectRefusal(
      reject(id, 'anna'),
      'member: a seat in the council of forestcoop expected, anna has none',
    );
    await expectRefusal(
      send('reject', 'foma', { member: 'fedor', decision_id: id }),
      'fedor',
      MISSING_AUTHORITY,
    );
    await reject(id);
    expect(await decision(id)).toMatchObject({ status: 'rejected', votes_against: 2 });
    await expectRefusal(reject(id), `decision_id: status open expected, ${id} is rejected`);
    await expectRefusal(reject(999_999), 'decision_id: a decision with a row expected, came 999999');
  });

  it('after thirty days nothing is left but to close it, where time can travel', async () => {
    const id = await propose();
    await vote('faina', id);
    await vote('foma', id);
    const { driver } = spec.world;
    if (driver.travel === undefined) return;
    const until = Date.parse(`${String((await decision(id))?.['until'])}Z`);
    await driver.travel(until - 500);
    await expectRefusal(reject(id), 'voted down or lapsed expected');
    await driver.travel(until);
    await expectRefusal(
      vote('fedor', id),
      `decision_id: until ${until / 1000} expected, the block's time is`,
    );
    await expectRefusal(sign(id), `decision_id: until ${until / 1000} expected`);
    await reject(id);
    expect(await decision(id)).toMatchObject({ status: 'rejected', votes_for: 2 });
  });
});
