import { beforeAll, describe, expect, it } from 'vitest';
import { nameNumber } from '../devnet/bytes/name.ts';
import { newCouncil } from '../spec/councils.ts';
import { lastDecision, matterOf } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { CITY, ZERO_HASH, apply, hashOf, registerPerson } from '../spec/world.ts';

const spec = furnished('council');
const { send, rowOf } = spec;

const document_hash = hashOf('document');
let members: string[] = [];

/** `fivecoop` of five seats, and stranger applying to it. */
beforeAll(async () => {
  members = await newCouncil(spec.world, 'fivecoop', 5);
  await registerPerson(spec.world, 'stranger', CITY);
  const counters = await spec.world.row('registry', 'registry', 'counters', 'counters');
  await apply(spec.world, 'stranger', 'fivecoop', Number(counters?.['section_id']));
});

const seat = (at: number): string => members[at] ?? '';

/** Delegations of the first so many seats, the chair's with the signature. */
async function delegateAll(robot: string, count: number, over: Record<string, unknown> = {}): Promise<void> {
  for (const member of members.slice(0, count))
    await send('delegate', member, {
      member,
      coop: 'fivecoop',
      robot,
      kinds: ['admit', 'accept', 'writeoff'],
      limit: '500.00 RUB',
      expires: '2100-01-01T00:00:00',
      signs: member === seat(0),
      ...over,
    });
}

async function revokeAll(robot: string): Promise<void> {
  for (const member of members) {
    const { robots } = (await rowOf('seats', member, 'fivecoop')) as { robots: { robot: string }[] };
    if (!robots.some((delegation) => delegation.robot === robot)) continue;
    await send('revoke', member, { member, coop: 'fivecoop', robot });
  }
}

const automate = (over: Record<string, unknown> = {}, caller = 'market', signer = caller) =>
  send('automate', signer, {
    caller,
    decision_id: 0,
    coop: 'fivecoop',
    kind: 'accept',
    subject: 1,
    amount: '500.00 RUB',
    document_hash,
    ...over,
  });

describe('automate', () => {
  it('R17, R22: decides at once for those who delegated, without a row', async () => {
    await delegateAll('market', 3);
    const next = (await lastDecision(spec.world)) + 1;
    await automate({ decision_id: next });
    expect(await lastDecision(spec.world)).toBe(next);
    expect(await rowOf('decisions', next)).toBeUndefined();
    await revokeAll('market');
  });

  it('R3, R17: admits by its call-back', async () => {
    await delegateAll('robot', 3);
    await automate({ kind: 'admit', subject: String(nameNumber('stranger')), amount: '0.00 RUB' }, 'robot');
    const member = await spec.world.row('registry', 'fivecoop', 'members', 'stranger');
    expect(member).toMatchObject({ status: 'active', decision_id: await lastDecision(spec.world) });
    await revokeAll('robot');
  });

  it('R17: is refused as a vote would be', async () => {
    await expectRefusal(
      automate(),
      'decision_id: passed expected, 0 for and 0 against of 5 seats is undecided',
    );
    await delegateAll('market', 2);
    await expectRefusal(
      automate(),
      'decision_id: passed expected, 2 for and 0 against of 5 seats is undecided',
    );
    await delegateAll('market', 3, { signs: false });
    await expectRefusal(
      automate(),
      "robot: the chair's signature of accept for 500.00 RUB expected, market has none in fivecoop",
    );
    await delegateAll('market', 3);
    await automate();
    await revokeAll('market');
  });

  it.each([
    ['another kind', { kind: 'issue' }, 'is undecided'],
    ['more than the limit', { amount: '500.01 RUB' }, 'is undecided'],
    ['an amount below zero', { amount: '-1.00 RUB' }, 'amount: zero or more expected, came -1.00 RUB'],
    ['foreign money', { amount: '1.00 VRE' }, 'amount: 2,RUB expected, came 2,VRE'],
    ['a cooperative without a council', { coop: 'stranger' }, '0 for and 0 against of 0 seats is undecided'],
    [
      'R23: a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('refuses %s', async (_, over, reason) => {
    await delegateAll('market', 3);
    await expectRefusal(automate(over), reason);
    await revokeAll('market');
  });

  it('R17: a revoked robot decides nothing', async () => {
    await delegateAll('market', 3);
    await send('revoke', seat(1), { member: seat(1), coop: 'fivecoop', robot: 'market' });
    await expectRefusal(automate(), '2 for and 0 against of 5 seats is undecided');
    await revokeAll('market');
  });

  it('refuses another id than the next, which it does not use up', async () => {
    await delegateAll('market', 3);
    const next = (await lastDecision(spec.world)) + 1;
    await expectRefusal(
      automate({ decision_id: next + 1 }),
      `decision_id: ${next}, the next, or 0 expected, came ${next + 1}`,
    );
    expect(await lastDecision(spec.world)).toBe(next - 1);
    await revokeAll('market');
  });

  it('R22: acts are for the acting contracts to decide, by their own signature', async () => {
    await delegateAll('robot', 5);
    await expectRefusal(automate({}, 'robot'), 'caller: one of market funds expected, came robot');
    await expectRefusal(automate({}, 'market', 'robot'), 'market', MISSING_AUTHORITY);
    await revokeAll('robot');
  });

  it('R17: an expired delegation decides nothing, where time can travel', async () => {
    const { driver } = spec.world;
    const head = Date.parse((await driver.info()).headBlockTime.replace(/Z?$/, 'Z'));
    const expires = Math.floor(head / 1000) * 1000 + 3_600_000;
    await delegateAll('market', 3, { expires: new Date(expires).toISOString().slice(0, 19) });
    await automate();
    if (driver.travel !== undefined) {
      await driver.travel(expires);
      await expectRefusal(automate(), '0 for and 0 against of 5 seats is undecided');
    }
    await revokeAll('market');
  });
});

describe('robotvote and robotsign', () => {
  async function propose(amount = '400.00 RUB'): Promise<number> {
    const matter = matterOf('writeoff', { subject: 7, amount, document_hash });
    await send('propose', seat(4), { proposer: seat(4), coop: 'fivecoop', ...matter });
    return lastDecision(spec.world);
  }
  const vote = (member: string, decision_id: number, in_favour: boolean) =>
    send('vote', member, { member, decision_id, in_favour, document_hash });
  const robotvote = (decision_id: number, robot = 'ivan', signer = robot) =>
    send('robotvote', signer, { robot, decision_id });
  const robotsign = (decision_id: number, robot = 'ivan', signer = robot) =>
    send('robotsign', signer, { robot, decision_id });

  it('R17: votes for those who delegated and have not voted, and is recorded as by the robot', async () => {
    await delegateAll('ivan', 4);
    const id = await propose();
    await vote(seat(1), id, false);
    await robotvote(id);
    expect(await rowOf('decisions', id)).toMatchObject({ votes_for: 3, votes_against: 1, chair_vote: 1 });
    expect(await rowOf('votes', seat(1), String(id))).toMatchObject({ in_favour: false, robot: '' });
    expect(await rowOf('votes', seat(2), String(id))).toMatchObject({ in_favour: true, robot: 'ivan' });
    expect(await rowOf('votes', seat(4), String(id))).toBeUndefined();
    await expectRefusal(robotvote(id), 'robot: a delegating seat without a vote expected, ivan has none');
    await robotsign(id);
    expect(await rowOf('decisions', id)).toMatchObject({ status: 'signed', signer: seat(0) });
    await expectRefusal(robotvote(id), `decision_id: status open expected, ${id} is signed`);
    await expectRefusal(robotsign(id), `decision_id: status open expected, ${id} is signed`);
    await revokeAll('ivan');
  });

  it("R17: a member's own vote takes the place of the robot's", async () => {
    await delegateAll('ivan', 5);
    const id = await propose();
    await robotvote(id);
    expect(await rowOf('decisions', id)).toMatchObject({ votes_for: 5, chair_vote: 1 });
    for (const member of members.slice(0, 3)) await vote(member, id, false);
    expect(await rowOf('decisions', id)).toMatchObject({ votes_for: 2, votes_against: 3, chair_vote: 2 });
    await expectRefusal(vote(seat(0), id, true), `member: no vote yet expected, ${seat(0)} voted on ${id}`);
    await expectRefusal(robotsign(id), '2 for and 3 against of 5 seats is voted down');
    await revokeAll('ivan');
  });

  it('R17: goes no further than what was delegated', async () => {
    const id = await propose();
    const none = 'robot: a delegation of writeoff for 400.00 RUB expected, ivan has none in fivecoop';
    await expectRefusal(robotvote(id), none);
    await expectRefusal(robotsign(id), none);
    await delegateAll('ivan', 3, { kinds: ['admit'] });
    await expectRefusal(robotvote(id), none);
    await delegateAll('ivan', 3, { limit: '399.99 RUB' });
    await expectRefusal(robotvote(id), none);
    await delegateAll('ivan', 3, { signs: false });
    await expectRefusal(
      robotsign(id),
      "robot: the chair's signature of writeoff for 400.00 RUB expected, ivan has none in fivecoop",
    );
    await delegateAll('ivan', 3);
    await expectRefusal(robotsign(id), '0 for and 0 against of 5 seats is undecided');
    await revokeAll('ivan');
  });

  it('are signed by the robot, about a decision that there is', async () => {
    const id = await propose();
    await expectRefusal(robotvote(id, 'ivan', 'olga'), 'ivan', MISSING_AUTHORITY);
    await expectRefusal(robotsign(id, 'ivan', 'olga'), 'ivan', MISSING_AUTHORITY);
    await expectRefusal(robotvote(999_999), 'decision_id: a decision with a row expected, came 999999');
    await expectRefusal(robotsign(999_999), 'decision_id: a decision with a row expected, came 999999');
  });
});
