import { expect, it } from 'vitest';
import type { Receipt } from '../chain/driver.ts';
import { nameNumber } from '../devnet/bytes/name.ts';
import { newCoop } from '../spec/councils.ts';
import { automate, lastDecision, matterOf } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { apply, hashOf } from '../spec/world.ts';

const spec = furnished('council');
const { send, rowOf } = spec;

type Fact = readonly [log: string, fact: Record<string, unknown>];
const document_hash = hashOf('document');

/** What the council logged in a transaction, in order; each by itself alone. */
async function logsOf(receipt: Receipt): Promise<Fact[]> {
  const actions = await spec.chain.executed(receipt);
  const logs = actions.filter(({ account, name }) => account === 'council' && name.startsWith('log'));
  for (const { authorization } of logs)
    expect(authorization).toEqual([{ actor: 'council', permission: 'active' }]);
  return logs.map(({ name, data }) => [name, data]);
}

const matter = matterOf('writeoff', { subject: 7, amount: '100.00 RUB', document_hash });
const about = { coop: 'forestcoop', document_hash };

async function propose(over: Record<string, unknown> = {}): Promise<[number, Receipt]> {
  const receipt = await send('propose', 'faina', {
    proposer: 'faina',
    coop: 'forestcoop',
    ...matter,
    ...over,
  });
  return [await lastDecision(spec.world), receipt];
}

it('found logs each seat and one decision, executed, and admits', async () => {
  const members = ['newcoop.a', 'newcoop.b', 'newcoop.c'];
  await newCoop(spec.world, 'newcoop', members);
  const data = { coop: 'newcoop', chair: 'newcoop.b', members, document_hash };
  const receipt = await send('found', 'newcoop', data);
  const decision_id = await lastDecision(spec.world);
  const logs = await logsOf(receipt);
  const seats = members.map((member) => [
    'logseat',
    { coop: 'newcoop', member, role: member === 'newcoop.b' ? 'chair' : 'member', decision_id },
  ]);
  expect(logs.slice(0, -1)).toEqual(seats);
  expect(logs.at(-1)).toMatchObject([
    'logdecision',
    {
      decision_id,
      coop: 'newcoop',
      kind: 'found',
      subject: String(nameNumber('newcoop')),
      amount: '0.00 RUB',
      document_hash,
      proposer: 'newcoop',
      mode: 'founding',
      seats: 3,
      votes_for: 3,
      votes_against: 0,
      chair_vote: 1,
      signer: 'newcoop.b',
      status: 'executed',
      robot: '',
      members_for: [],
    },
  ]);
  const admitted = (await spec.chain.executed(receipt)).filter(({ name }) => name === 'logmember');
  expect(admitted.map(({ data: { account } }) => account)).toEqual(members);
});

it('delegate and revoke log the whole delegation', async () => {
  const delegation = {
    member: 'faina',
    coop: 'forestcoop',
    robot: 'stranger',
    kinds: ['admit', 'accept'],
    limit: '500.00 RUB',
    expires: '2100-01-01T00:00:00',
    signs: false,
  };
  const given = await send('delegate', 'faina', delegation);
  expect(await logsOf(given)).toEqual([['logrobot', { ...delegation, revoked: false }]]);
  const revocation = { member: 'faina', coop: 'forestcoop', robot: 'stranger' };
  const taken = await send('revoke', 'faina', revocation);
  expect(await logsOf(taken)).toEqual([['logrobot', { ...delegation, revoked: true }]]);
});

it('a proposal, its votes, signature and use each end in one log', async () => {
  const [decision_id, proposed] = await propose();
  const row = await rowOf('decisions', decision_id);
  expect(await logsOf(proposed)).toEqual([['logdecision', { ...row, robot: '', members_for: [] }]]);
  for (const member of ['fedor', 'foma']) {
    const voted = await send('vote', member, { member, decision_id, in_favour: true, document_hash });
    expect(await logsOf(voted)).toEqual([
      ['logvote', { ...about, decision_id, member, in_favour: true, robot: '' }],
    ]);
  }
  const signed = await send('sign', 'fedor', { signer: 'fedor', decision_id, document_hash });
  expect(await logsOf(signed)).toEqual([['logsign', { ...about, decision_id, signer: 'fedor', robot: '' }]]);
  const use = { caller: 'market', decision_id, coop: 'forestcoop', ...matter };
  const used = await send('authorise', 'market', use);
  const exec = { decision_id, coop: 'forestcoop', kind: 'writeoff', subject: 7, caller: 'market' };
  expect(await logsOf(used)).toEqual([['logexec', exec]]);
});

it('a robot logs a vote for each member, its signature and the execution', async () => {
  const subject = String(nameNumber('petr'));
  const [decision_id] = await propose({ kind: 'admit', subject });
  const robot = 'robot';
  const voted = await send('robotvote', robot, { robot, decision_id });
  const vote = { ...about, decision_id, in_favour: true, robot };
  expect(await logsOf(voted)).toEqual(
    ['faina', 'fedor', 'foma'].map((member) => ['logvote', { ...vote, member }]),
  );
  const signed = await send('robotsign', robot, { robot, decision_id });
  expect(await logsOf(signed)).toEqual([['logsign', { ...about, decision_id, signer: 'fedor', robot }]]);
  const executed = await send('execute', robot, { caller: robot, decision_id });
  const exec = { decision_id, coop: 'forestcoop', kind: 'admit', subject, caller: robot };
  expect(await logsOf(executed)).toEqual([['logexec', exec]]);
});

it('R17, R23: automate ends in one log: by the robot for each of its members, with the document', async () => {
  await apply(spec.world, 'petr', 'rivercoop', 2);
  const receipt = await automate(spec.world, 'rivercoop', 'admit', { subject: 'petr', document_hash });
  const [log, ...more] = await logsOf(receipt);
  expect(more).toEqual([]);
  expect(log).toMatchObject([
    'logdecision',
    {
      decision_id: await lastDecision(spec.world),
      coop: 'rivercoop',
      kind: 'admit',
      subject: String(nameNumber('petr')),
      amount: '0.00 RUB',
      document_hash,
      proposer: 'robot',
      mode: 'robot',
      seats: 3,
      votes_for: 3,
      votes_against: 0,
      chair_vote: 1,
      signer: 'rodion',
      status: 'executed',
      robot: 'robot',
      members_for: ['rita', 'rodion', 'roman'],
    },
  ]);
});

it.each(['withdraw', 'reject'])('%s logs the closed decision', async (way) => {
  const [decision_id] = await propose();
  for (const member of ['fedor', 'foma'])
    await send('vote', member, { member, decision_id, in_favour: false, document_hash });
  const who = way === 'withdraw' ? { proposer: 'faina' } : { member: 'faina' };
  const closed = await send(way, 'faina', { ...who, decision_id });
  const row = await rowOf('decisions', decision_id);
  expect(row).toMatchObject({ status: way === 'withdraw' ? 'withdrawn' : 'rejected', votes_against: 2 });
  expect(await logsOf(closed)).toEqual([['logdecision', { ...row, robot: '', members_for: [] }]]);
});
