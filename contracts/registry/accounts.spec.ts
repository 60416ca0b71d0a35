import { describe, expect, it } from 'vitest';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { CITY, ENDED, STEPPE, ZERO_HASH, hashOf } from '../spec/world.ts';

const { send, rowOf } = furnished('registry');

const person = {
  account: 'stranger',
  kind: 'person',
  residence: CITY,
  person_hash: hashOf('stranger'),
  representative: '',
};
const firm = { ...person, account: 'robot', kind: 'organisation', person_hash: hashOf('firm') };

describe('register', () => {
  it('R7: refuses a second account of one person', () =>
    expectRefusal(
      send('register', 'stranger', { ...person, person_hash: hashOf('ivan') }),
      'person_hash: one account a person expected, ivan has the same',
    ));

  it('R2: an organisation or a trader comes by a person who is a member of a cooperative', async () => {
    await send('register', ['robot', 'ivan'], { ...firm, representative: 'ivan' });
    expect(await rowOf('accounts', 'robot')).toMatchObject({
      kind: 'organisation',
      representative: 'ivan',
      verified: false,
      memberships: 0,
    });
    const trader = { ...firm, account: 'forestcoop', kind: 'trader', person_hash: hashOf('trader') };
    const register = (representative: string) =>
      send('register', ['forestcoop', representative], { ...trader, representative });
    await expectRefusal(
      register('petr'),
      'representative: an active member of some cooperative expected, petr is none',
    );
    await expectRefusal(register('stranger'), 'representative: a registered account expected, came stranger');
    await expectRefusal(register('robot'), 'representative: a person expected, robot is organisation');
    await expectRefusal(
      send('register', 'forestcoop', trader),
      'representative: a registered account expected, came nothing',
    );
  });

  it('R2: the representative signs too', () =>
    expectRefusal(
      send('register', 'rivercoop', { ...firm, account: 'rivercoop', representative: 'ivan' }),
      'ivan',
      MISSING_AUTHORITY,
    ));

  it('tells persons whose hashes differ in one bit anywhere', async () => {
    const hash = Buffer.from(hashOf('ivan'), 'hex');
    for (const [at, account] of ['forestcoop', 'rivercoop'].entries()) {
      const near = Buffer.from(hash);
      near[at * 31] = (near[at * 31] ?? 0) ^ 1;
      await send('register', account, { ...person, account, person_hash: near.toString('hex') });
    }
    expect(await rowOf('accounts', 'rivercoop')).toMatchObject({ kind: 'person' });
  });

  it('is for the account itself', () =>
    expectRefusal(send('register', 'anna', person), 'stranger', MISSING_AUTHORITY));

  it.each([
    ['a registered account', 'ivan', {}, 'account: a new one expected, ivan is registered'],
    [
      'an unknown kind',
      'stranger',
      { kind: 'robot' },
      'kind: one of person organisation trader expected, came robot',
    ],
    [
      'an unknown residence',
      'stranger',
      { residence: '99999999' },
      'residence: a registered territory expected, came 99999999',
    ],
    ['a residence outside its dates', 'stranger', { residence: ENDED }, `residence: ${ENDED} is valid from`],
    [
      'a person hash of zeros',
      'stranger',
      { person_hash: ZERO_HASH },
      'person_hash: sha256 of a document expected, came all zeros',
    ],
  ])('refuses %s', (_, signer, over, reason) =>
    expectRefusal(send('register', signer, { ...person, account: signer, ...over }), reason),
  );

  it('refuses a person who is represented', () =>
    expectRefusal(
      send('register', ['stranger', 'ivan'], { ...person, representative: 'ivan' }),
      'representative: none of a person expected, came ivan',
    ));
});

describe('verify', () => {
  const papers = { verifier: 'ano', account: 'stranger', document_hash: hashOf('papers') };

  it('R1: a person is verified once, by ano or by its verifier', async () => {
    await send('register', 'stranger', person);
    expect(await rowOf('accounts', 'stranger')).toMatchObject({ verified: false });
    const byOlga = { ...papers, verifier: 'olga' };
    const refused = 'verifier: ano or one with role verifier expected, came olga';
    await expectRefusal(send('verify', 'olga', byOlga), refused);
    await send('anorole', 'ano', { account: 'olga', role: 'verifier', granted: true });
    await send('verify', 'olga', byOlga);
    expect(await rowOf('accounts', 'stranger')).toMatchObject({ verified: true });
    await expectRefusal(
      send('verify', 'ano', papers),
      'account: one not verified yet expected, stranger is verified',
    );
    await send('anorole', 'ano', { account: 'olga', role: 'verifier', granted: false });
    await expectRefusal(send('verify', 'olga', byOlga), refused);
  });

  it.each([
    ['an unknown account', { account: 'ano' }, 'account: a registered account expected, came ano'],
    ['an organisation', { account: 'robot' }, 'account: a person expected, robot is organisation'],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('refuses %s', (_, over, reason) => expectRefusal(send('verify', 'ano', { ...papers, ...over }), reason));

  it('is signed by the verifier', () =>
    expectRefusal(send('verify', 'olga', papers), 'ano', MISSING_AUTHORITY));
});

describe('setresidence', () => {
  const move = { account: 'ivan', residence: CITY, document_hash: hashOf('passport') };

  it('moves an account to another territory', async () => {
    await send('setresidence', 'ivan', move);
    expect(await rowOf('accounts', 'ivan')).toMatchObject({ residence: CITY, verified: true });
  });

  it('is for the account itself', () =>
    expectRefusal(send('setresidence', 'anna', move), 'ivan', MISSING_AUTHORITY));

  it.each([
    ['the same place', { account: 'olga' }, `residence: another one expected, olga lives in ${CITY}`],
    ['an unknown account', { account: 'ano' }, 'account: a registered account expected, came ano'],
    [
      'an unknown territory',
      { residence: '99999999' },
      'residence: a registered territory expected, came 99999999',
    ],
    ['a territory outside its dates', { residence: ENDED }, `residence: ${ENDED} is valid from`],
    [
      'a document hash of zeros',
      { residence: STEPPE, document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('refuses %s', (_, over, reason) => {
    const data = { ...move, ...over };
    return expectRefusal(send('setresidence', data.account, data), reason);
  });
});
