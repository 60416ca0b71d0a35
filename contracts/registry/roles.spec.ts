import { describe, expect, it } from 'vitest';
import { automate, carryOut, decide } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { ZERO_HASH, hashOf } from '../spec/world.ts';

const spec = furnished('registry');
const { send, rowOf } = spec;

const request = {
  proposer: 'fedor',
  coop: 'forestcoop',
  account: 'ivan',
  role: 'cashier',
  document_hash: hashOf('contract of a cashier'),
};
const { document_hash } = request;
const rolesOf = (account: string, scope = 'forestcoop') => rowOf('roles', account, scope);

/** Asks for a role to be given or taken; returns the request's id. */
async function ask(action: 'askrole' | 'askrevoke', over: Partial<typeof request> = {}): Promise<number> {
  await send(action, request.proposer, { ...request, ...over });
  return Number((await rowOf('counters', 'counters'))?.['request_id']);
}

/** A decision in force about a request, not carried out yet. */
async function decided(kind: 'grantrole' | 'revokerole', subject: number) {
  const decision_id = await decide(spec.world, 'forestcoop', kind, { subject, document_hash });
  return () => spec.world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id });
}

describe('a role in a cooperative', () => {
  it('is given and taken by decisions of its council, with its papers', async () => {
    const given = await ask('askrole');
    const id = await carryOut(spec.world, 'forestcoop', 'grantrole', { subject: given, document_hash });
    const second = await ask('askrole', { role: 'analyst' });
    await carryOut(spec.world, 'forestcoop', 'grantrole', { subject: second, document_hash });
    expect(await rolesOf('ivan')).toEqual({
      account: 'ivan',
      grants: [
        { role: 'cashier', document_hash: request.document_hash, decision_id: id },
        { role: 'analyst', document_hash: request.document_hash, decision_id: id + 1 },
      ],
    });
    const taken = await ask('askrevoke');
    await carryOut(spec.world, 'forestcoop', 'revokerole', { subject: taken, document_hash });
    expect((await rolesOf('ivan'))?.['grants']).toMatchObject([{ role: 'analyst' }]);
    const last = await ask('askrevoke', { role: 'analyst' });
    await carryOut(spec.world, 'forestcoop', 'revokerole', { subject: last, document_hash });
    expect(await rolesOf('ivan')).toBeUndefined();
    expect(await rowOf('requests', last)).toBeUndefined();
  });

  it('is neither given twice nor taken from one who has it not', async () => {
    const first = await decided('grantrole', await ask('askrole', { account: 'anna' }));
    const second = await decided('grantrole', await ask('askrole', { account: 'anna' }));
    await first();
    await expectRefusal(second(), 'role: one not held yet expected, anna has cashier in forestcoop');
    const analyst = await decided('revokerole', await ask('askrevoke', { account: 'anna', role: 'analyst' }));
    await expectRefusal(analyst(), 'role: one that is held expected, anna has no analyst in forestcoop');
    const nothing = await decided('revokerole', await ask('askrevoke', { account: 'petr' }));
    await expectRefusal(nothing(), 'role: one that is held expected, petr has no cashier in forestcoop');
  });

  it('is neither given nor taken by a decision about another paper, not by a robot either', async () => {
    const other = hashOf('contract of another');
    const unlike = `document_hash: the request's ${document_hash} expected, decision `;
    for (const [action, kind] of [
      ['askrole', 'grantrole'],
      ['askrevoke', 'revokerole'],
    ] as const) {
      const subject = await ask(action, { account: 'anna', role: 'analyst' });
      const matter = { subject, document_hash: other };
      const decision_id = await decide(spec.world, 'forestcoop', kind, matter);
      await expectRefusal(
        spec.world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id }),
        `${unlike}${decision_id} has ${other}`,
      );
      if (kind === 'grantrole') await expectRefusal(automate(spec.world, 'forestcoop', kind, matter), unlike);
    }
  });

  it('is not given to one who left meanwhile', async () => {
    const execute = await decided('grantrole', await ask('askrole'));
    const leaving = { account: 'ivan', coop: 'forestcoop', document_hash: hashOf('leave') };
    await send('leave', 'ivan', leaving);
    await expectRefusal(execute(), 'account: an active member of forestcoop expected, ivan is left');
  });

  it.each([
    [
      'an unknown role',
      'askrole',
      { role: 'king' },
      'role: one of cashier sectchair analyst expected, came king',
    ],
    [
      'an unknown role to take',
      'askrevoke',
      { role: 'verifier' },
      'role: one of cashier sectchair analyst expected, came verifier',
    ],
    [
      'no member',
      'askrole',
      { account: 'olga' },
      'account: an active member of forestcoop expected, olga is none',
    ],
    [
      'no seat',
      'askrole',
      { proposer: 'anna' },
      'proposer: a seat in the council of forestcoop expected, anna has none',
    ],
    [
      "another cooperative's seat",
      'askrevoke',
      { proposer: 'rita' },
      'proposer: a seat in the council of forestcoop expected, rita has none',
    ],
    [
      'a document hash of zeros',
      'askrevoke',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('refuses to ask with %s', (_, action, over, reason) => {
    const data = { ...request, account: 'anna', ...over };
    return expectRefusal(send(action, data.proposer, data), reason);
  });

  it('comes from the council alone', async () => {
    const data = { coop: 'forestcoop', request_id: 1, decision_id: 99, document_hash };
    await expectRefusal(send('grantrole', 'fedor', data), 'council', MISSING_AUTHORITY);
    await expectRefusal(send('revokerole', 'forestcoop', data), 'council', MISSING_AUTHORITY);
  });
});

describe('a role everywhere', () => {
  const verifier = { account: 'olga', role: 'verifier', granted: true };

  it('is given and taken by ano', async () => {
    await send('anorole', 'ano', verifier);
    expect(await rolesOf('olga', 'ano')).toEqual({
      account: 'olga',
      grants: [{ role: 'verifier', document_hash: ZERO_HASH, decision_id: 0 }],
    });
    await expectRefusal(
      send('anorole', 'ano', verifier),
      'role: one not held yet expected, olga has verifier in ano',
    );
    await send('anorole', 'ano', { ...verifier, granted: false });
    await expectRefusal(
      send('anorole', 'ano', { ...verifier, granted: false }),
      'role: one that is held expected, olga has no verifier in ano',
    );
  });

  it.each([
    ['a role of cooperatives', { role: 'cashier' }, 'role: one of verifier analyst expected, came cashier'],
    ['no account', { account: 'stranger' }, 'account: a registered account expected, came stranger'],
  ])('refuses %s', (_, over, reason) =>
    expectRefusal(send('anorole', 'ano', { ...verifier, ...over }), reason),
  );

  it('is for ano alone', () => expectRefusal(send('anorole', 'olga', verifier), 'ano', MISSING_AUTHORITY));
});
