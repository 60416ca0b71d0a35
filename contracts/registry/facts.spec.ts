import { expect, it } from 'vitest';
import type { Receipt } from '../chain/driver.ts';
import { developmentKey, publicText } from '../chain/system.ts';
import { decide, lastDecision } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { CITY, FOREST, STEPPE, ZERO_HASH, coopOf, hashOf, productOf, territoryOf } from '../spec/world.ts';

const spec = furnished('registry');
const { send, rowOf } = spec;

type Data = Record<string, unknown>;
const NEVER = '1970-01-01T00:00:00';

/** What the registry wrote in a transaction: the last action is its log, by itself alone. */
async function logOf(receipt: Receipt): Promise<[log: string, fact: Data]> {
  const ours = (await spec.chain.executed(receipt)).filter(({ account }) => account === 'registry');
  expect(ours.map(({ name }) => name.startsWith('log'))).toEqual([...ours.slice(1).map(() => false), true]);
  const { name = '', authorization, data = {} } = ours.at(-1) ?? {};
  expect(authorization).toEqual([{ actor: 'registry', permission: 'active' }]);
  return [name, data];
}

const person = {
  account: 'stranger',
  kind: 'person',
  residence: CITY,
  person_hash: hashOf('stranger'),
  representative: '',
};
const account = { ...person, verified: false, memberships: 0, verifier: '', document_hash: ZERO_HASH };
const papers = hashOf('papers');
const section = { coop: 'rivercoop', kind: 'functional', title: 'Рыба', chair: 'olga' };
const point = {
  coop: 'forestcoop',
  section_id: 1,
  oktmo: CITY,
  title: 'Рынок',
  address_hash: hashOf('рынок'),
};
const application = {
  account: 'stranger',
  coop: 'rivercoop',
  section_id: 3,
  application_hash: hashOf('application'),
  consent_hash: hashOf('consent'),
};
const olga = {
  account: 'olga',
  coop: 'rivercoop',
  section_id: 3,
  application_hash: hashOf('application of olga'),
  decision_id: 6,
  delegate: 'olga',
  status: 'active',
  document_hash: ZERO_HASH,
};
const forest = { proposer: 'fedor', coop: 'forestcoop', document_hash: papers };
const ended = { valid_to: '2030-01-01T00:00:00', parent: FOREST, successor: CITY };
const lapsing = { valid_to: '2030-01-01T00:00:00', successor: 'potato' };
const asked = { ...forest, section_id: 0, role: '' };

/** In this order: later actions stand on earlier ones. */
const actions: [action: string, signer: string, data: Data, log: string, fact: Data][] = [
  ['setterritory', 'ano', territoryOf('02614101', ended), 'logterr', territoryOf('02614101', ended)],
  ['setproduct', 'ano', productOf('onion', lapsing), 'logproduct', productOf('onion', lapsing)],
  ['regcoop', 'ano', coopOf('rivercoop'), 'logcoop', coopOf('rivercoop')],
  ['addsection', 'rivercoop', section, 'logsection', { section_id: 3, ...section, closed: false }],
  ['addpoint', 'forestcoop', point, 'logpoint', { point_id: 3, ...point, closed: false }],
  [
    'closepoint',
    'forestcoop',
    { coop: 'forestcoop', point_id: 3 },
    'logpoint',
    { point_id: 3, ...point, closed: true },
  ],
  ['register', 'stranger', person, 'logaccount', account],
  [
    'verify',
    'ano',
    { verifier: 'ano', account: 'stranger', document_hash: papers },
    'logaccount',
    { ...account, verified: true, verifier: 'ano', document_hash: papers },
  ],
  [
    'setresidence',
    'stranger',
    { account: 'stranger', residence: STEPPE, document_hash: papers },
    'logaccount',
    { ...account, residence: STEPPE, verified: true, document_hash: papers },
  ],
  ['apply', 'stranger', application, 'logapply', application],
  ['movesection', 'olga', { account: 'olga', coop: 'rivercoop', section_id: 3 }, 'logmember', olga],
  [
    'joinsection',
    'olga',
    { account: 'olga', section_id: 2 },
    'logpartake',
    { section_id: 2, coop: 'rivercoop', account: 'olga', joined: true },
  ],
  [
    'quitsection',
    'olga',
    { account: 'olga', section_id: 2 },
    'logpartake',
    { section_id: 2, coop: 'rivercoop', account: 'olga', joined: false },
  ],
  [
    'closesection',
    'rivercoop',
    { coop: 'rivercoop', section_id: 3 },
    'logsection',
    { section_id: 3, ...section, closed: true },
  ],
  [
    'anorole',
    'ano',
    { account: 'ivan', role: 'verifier', granted: true },
    'logrole',
    {
      coop: 'ano',
      account: 'ivan',
      role: 'verifier',
      document_hash: ZERO_HASH,
      decision_id: 0,
      granted: true,
    },
  ],
  [
    'askchair',
    'fedor',
    { ...forest, section_id: 1, chair: 'ivan' },
    'logrequest',
    { ...asked, request_id: 1, kind: 'setchair', account: 'ivan', section_id: 1, after: 6 },
  ],
  [
    'askrole',
    'fedor',
    { ...forest, account: 'ivan', role: 'cashier' },
    'logrequest',
    { ...asked, request_id: 2, kind: 'grantrole', account: 'ivan', role: 'cashier', after: 6 },
  ],
  [
    'askrevoke',
    'fedor',
    { ...forest, account: 'ivan', role: 'cashier' },
    'logrequest',
    { ...asked, request_id: 3, kind: 'revokerole', account: 'ivan', role: 'cashier', after: 6 },
  ],
];

it.each(actions)('%s ends in one log of the whole fact', async (name, signer, data, log, fact) => {
  expect(await lastDecision(spec.world)).toBe(6);
  expect(await logOf(await send(name, signer, data))).toEqual([log, fact]);
});

const recovery = {
  account: 'ivan',
  coop: 'forestcoop',
  key: publicText(developmentKey),
  document_hash: papers,
  asker: 'fedor',
};
const role = { coop: 'forestcoop', account: 'ivan', role: 'cashier', document_hash: papers };

/** What the council decided, and the registry's log of it. */
const decided: [kind: string, subject: string | number, log: string, fact: (decision: number) => Data][] = [
  [
    'setchair',
    1,
    'logsection',
    () => ({
      section_id: 1,
      coop: 'forestcoop',
      kind: 'geographic',
      title: 'Участок anna',
      chair: 'ivan',
      closed: false,
    }),
  ],
  ['grantrole', 2, 'logrole', (decision_id) => ({ ...role, decision_id, granted: true })],
  ['revokerole', 3, 'logrole', (decision_id) => ({ ...role, decision_id, granted: false })],
  [
    'admit',
    'petr',
    'logmember',
    (decision_id) => ({
      coop: 'forestcoop',
      account: 'petr',
      section_id: 1,
      status: 'active',
      application_hash: hashOf('application of petr'),
      decision_id,
      delegate: 'ivan',
      document_hash: hashOf('application of petr'),
    }),
  ],
  [
    'exclude',
    'petr',
    'logmember',
    (decision_id) => ({
      coop: 'forestcoop',
      account: 'petr',
      section_id: 1,
      status: 'excluded',
      application_hash: hashOf('application of petr'),
      decision_id,
      delegate: 'ivan',
      document_hash: ZERO_HASH,
    }),
  ],
];

it.each(decided)('%s is carried out with one log of the whole fact', async (kind, subject, log, fact) => {
  const [receipt, decision_id] = await carriedOut(kind, subject);
  expect(await logOf(receipt)).toEqual([log, fact(decision_id)]);
});

it('a recovery is logged as asked, waiting and stopped', async () => {
  const after = await lastDecision(spec.world);
  const row = { ...recovery, after, decision_id: 0, due: NEVER, status: 'asked' };
  expect(await logOf(await send('askrecover', 'fedor', recovery))).toEqual(['logrecover', row]);
  const [receipt, decision_id] = await carriedOut('recover', 'ivan');
  const waiting = await rowOf('recoveries', 'ivan');
  expect(await logOf(receipt)).toEqual(['logrecover', waiting]);
  expect(waiting).toMatchObject({ ...recovery, after, decision_id, status: 'waiting' });
  const stopped = await send('stoprecover', 'ivan', { account: 'ivan' });
  expect(await logOf(stopped)).toEqual(['logrecover', { ...waiting, status: 'stopped' }]);
});

/** Decided by all seats of forestcoop; the receipt of the execution, and the decision's id. */
async function carriedOut(kind: string, subject: string | number): Promise<[Receipt, number]> {
  const decision_id = await decide(spec.world, 'forestcoop', kind, { subject, document_hash: papers });
  const receipt = await spec.world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id });
  return [receipt, decision_id];
}
