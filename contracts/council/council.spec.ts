import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { carryOut, decide, lastDecision } from '../spec/decisions.ts';
import { type World, furnish, hashOf } from '../spec/world.ts';

let chain: SpecChain;
let world: World;

beforeAll(async () => {
  chain = await openSpecChain();
  world = chain.world;
  await furnish(world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

const decision = (id: number) => world.row('council', 'council', 'decisions', String(id));

describe('a decision', () => {
  it('R3, R10: admits by votes, signature and execution', async () => {
    const id = await carryOut(world, 'forestcoop', 'admit', { subject: 'petr' });
    expect(await decision(id)).toMatchObject({ status: 'executed', votes_for: 3, signer: 'fedor' });
    expect(await world.row('registry', 'forestcoop', 'members', 'petr')).toMatchObject({
      status: 'active',
      decision_id: id,
      delegate: 'anna',
    });
  });

  it('gives a role', async () => {
    await world.act('registry', 'askrole', ['fedor'], {
      proposer: 'fedor',
      coop: 'forestcoop',
      account: 'ivan',
      role: 'cashier',
      document_hash: hashOf('cashier'),
    });
    const id = await carryOut(world, 'forestcoop', 'grantrole', { subject: 1 });
    expect(await world.row('registry', 'forestcoop', 'roles', 'ivan')).toEqual({
      account: 'ivan',
      grants: [{ role: 'cashier', document_hash: hashOf('cashier'), decision_id: id }],
    });
  });

  it('is signed by all seats', async () => {
    const id = await decide(world, 'rivercoop', 'writeoff', { subject: 7, amount: '100.00 RUB' });
    expect(id).toBe(await lastDecision(world));
    expect(await decision(id)).toMatchObject({ status: 'signed' });
  });
});
