import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { CITY, FOREST, coopOf, furnish, hashOf, productOf, territoryOf } from '../spec/world.ts';

let chain: SpecChain;

beforeAll(async () => {
  chain = await openSpecChain();
  await furnish(chain.world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

const person = { account: 'stranger', kind: 'trader', residence: CITY, person_hash: hashOf('stranger') };
const section = { coop: 'rivercoop', kind: 'functional', title: 'Рыба', chair: 'olga' };
const point = {
  coop: 'forestcoop',
  section_id: 1,
  oktmo: CITY,
  title: 'Рынок',
  address_hash: hashOf('рынок'),
};
const application = {
  account: 'petr',
  coop: 'rivercoop',
  section_id: 2,
  application_hash: hashOf('application'),
  consent_hash: hashOf('consent'),
};
const admission = { coop: 'forestcoop', account: 'petr', decision_id: 12 };
const ended = { valid_to: '2030-01-01T00:00:00', parent: FOREST, successor: CITY };

type Data = Record<string, unknown>;
const cases: [action: string, signer: string, data: Data, log: string, fact: Data][] = [
  ['setterritory', 'ano', territoryOf('02614101', ended), 'logterr', territoryOf('02614101', ended)],
  ['setproduct', 'ano', productOf('onion'), 'logproduct', productOf('onion')],
  ['regcoop', 'ano', coopOf('rivercoop'), 'logcoop', coopOf('rivercoop')],
  ['addsection', 'rivercoop', section, 'logsection', { section_id: 3, ...section }],
  ['addpoint', 'forestcoop', point, 'logpoint', { point_id: 3, ...point }],
  ['register', 'stranger', person, 'logaccount', person],
  ['apply', 'petr', application, 'logapply', application],
  ['admit', 'forestcoop', admission, 'logmember', { ...admission, section_id: 1, status: 'active' }],
];

it.each(cases)('%s ends in one log of the whole fact', async (name, signer, data, log, fact) => {
  const receipt = await chain.world.act('registry', name, [signer], data);
  expect(await chain.executed(receipt)).toEqual([
    { account: 'registry', name, authorization: [{ actor: signer, permission: 'active' }], data },
    {
      account: 'registry',
      name: log,
      authorization: [{ actor: 'registry', permission: 'active' }],
      data: fact,
    },
  ]);
});
