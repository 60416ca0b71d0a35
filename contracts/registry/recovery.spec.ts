import { beforeAll, describe, expect, it } from 'vitest';
import { createPrivateKey, privateKeyText } from '../chain/keys.ts';
import { createAccount, developmentKey, newAccount, publicText } from '../chain/system.ts';
import { automate, carryOut, decide } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { passWaiting, shortenWaiting } from '../spec/waiting.ts';
import { CITY, ZERO_HASH, apply, hashOf, registerPerson } from '../spec/world.ts';

const spec = furnished('registry');
const { send, rowOf } = spec;

const newKey = privateKeyText(createPrivateKey('a new key'));
const request = {
  asker: 'fedor',
  coop: 'forestcoop',
  account: 'sofia',
  key: publicText(newKey),
  document_hash: hashOf('application on paper'),
};
const { document_hash } = request;
/** `unsatisfied_authorization`: keys that do not reach the authority, or a contract's code that does not. */
const UNSATISFIED = 3090003;

const ask = (over: Partial<typeof request> = {}) =>
  send('askrecover', over.asker ?? request.asker, { ...request, ...over });
const stop = (account: string) => send('stoprecover', account, { account });
const end = (account: string, caller = 'stranger') => send('endrecover', caller, { caller, account });
const recoveryOf = (account: string) => rowOf('recoveries', account);

/** sofia's owner permission holds registry@eosio.code, timofey's does not; both are members of forestcoop. */
beforeAll(async () => {
  const key = publicText(developmentKey);
  await spec.world.driver.transact([newAccount('sofia', key, { guardian: 'registry' })], [developmentKey]);
  await createAccount(spec.world.driver, 'timofey', key);
  for (const account of ['sofia', 'timofey']) {
    await registerPerson(spec.world, account, CITY);
    await apply(spec.world, account, 'forestcoop', 1);
    await automate(spec.world, 'forestcoop', 'admit', { subject: account });
  }
});

describe('askrecover', () => {
  it("is for a cashier, a section's chair or a seat", async () => {
    for (const asker of ['fedor', 'anna']) {
      await ask({ asker });
      expect(await recoveryOf('sofia')).toMatchObject({ asker, status: 'asked', due: '1970-01-01T00:00:00' });
    }
    const refused = "asker: a cashier, a section's chair or a seat of forestcoop expected, ivan is none";
    await expectRefusal(ask({ asker: 'ivan' }), refused);
    const cashier = { proposer: 'fedor', coop: 'forestcoop', account: 'ivan', role: 'cashier' };
    await send('askrole', 'fedor', { ...cashier, document_hash: hashOf('contract') });
    await carryOut(spec.world, 'forestcoop', 'grantrole', { subject: 1, document_hash: hashOf('contract') });
    await ask({ asker: 'ivan' });
    await stop('sofia');
  });

  it.each([
    [
      "another cooperative's chair",
      { asker: 'boris' },
      'asker: an active member of forestcoop expected, boris is none',
    ],
    ['no member', { account: 'olga' }, 'account: an active member of forestcoop expected, olga is none'],
    [
      'one who only applied',
      { account: 'petr' },
      'account: an active member of forestcoop expected, petr is applied',
    ],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('refuses %s', (_, over, reason) => expectRefusal(ask(over), reason));

  it('is signed by the one who asks', () =>
    expectRefusal(send('askrecover', 'ivan', request), 'fedor', MISSING_AUTHORITY));
});

describe('recover', () => {
  it('starts the waiting period by a decision taken after the asking', async () => {
    const early = await decide(spec.world, 'forestcoop', 'recover', { subject: 'sofia', document_hash });
    const execute = (decision_id: number, caller = 'fedor') =>
      spec.world.act('council', 'execute', [caller], { caller, decision_id });
    await expectRefusal(execute(early), 'account: one with a recovery expected, sofia has none');
    await ask();
    await expectRefusal(
      execute(early),
      `decision_id: one after ${early}, when it was asked, expected, came ${early}`,
    );
    const foreign = await decide(spec.world, 'rivercoop', 'recover', { subject: 'sofia', document_hash });
    await expectRefusal(
      execute(foreign, 'rodion'),
      'coop: forestcoop, where it was asked, expected, came rivercoop',
    );
    const swapped = await decide(spec.world, 'forestcoop', 'recover', { subject: 'sofia', document_hash });
    await ask({ key: publicText(developmentKey) });
    await expectRefusal(execute(swapped), `decision_id: one after ${swapped}, when it was asked, expected`);
    await carryOut(spec.world, 'forestcoop', 'recover', { subject: 'sofia', document_hash });
    expect(await recoveryOf('sofia')).toMatchObject({ status: 'waiting' });
    await expectRefusal(ask(), 'account: no recovery under way expected, sofia has one of forestcoop');
    const again = await decide(spec.world, 'forestcoop', 'recover', { subject: 'sofia', document_hash });
    await expectRefusal(execute(again), "account: a recovery that is asked expected, sofia's is waiting");
    await stop('sofia');
  });

  it('refuses a decision about another paper than the application', async () => {
    await ask();
    const other = hashOf('application of another');
    const id = await decide(spec.world, 'forestcoop', 'recover', { subject: 'sofia', document_hash: other });
    await expectRefusal(
      spec.world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id: id }),
      `document_hash: the request's ${document_hash} expected, decision ${id} has ${other}`,
    );
    await stop('sofia');
  });

  it('refuses one who left meanwhile', async () => {
    await ask({ account: 'ivan' });
    const id = await decide(spec.world, 'forestcoop', 'recover', { subject: 'ivan', document_hash });
    await send('leave', 'ivan', { account: 'ivan', coop: 'forestcoop', document_hash: hashOf('leave') });
    await expectRefusal(
      spec.world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id: id }),
      'account: an active member of forestcoop expected, ivan is left',
    );
  });

  it('is for the council alone', () => {
    const data = { coop: 'forestcoop', account: 'sofia', decision_id: 99, document_hash };
    return expectRefusal(send('recover', 'forestcoop', data), 'council', MISSING_AUTHORITY);
  });
});

describe('stoprecover', () => {
  it('is for the account itself, asked for or waiting', async () => {
    await ask();
    await expectRefusal(send('stoprecover', 'fedor', { account: 'sofia' }), 'sofia', MISSING_AUTHORITY);
    await stop('sofia');
    expect(await recoveryOf('sofia')).toBeUndefined();
    await expectRefusal(stop('sofia'), 'account: one with a recovery expected, sofia has none');
  });
});

describe('endrecover', () => {
  async function waiting(account: string): Promise<string> {
    await ask({ account });
    await carryOut(spec.world, 'forestcoop', 'recover', { subject: account, document_hash });
    return String((await recoveryOf(account))?.['due']);
  }

  it('refuses before the waiting period is over, and without a recovery', async () => {
    await expectRefusal(end('sofia'), 'account: one with a recovery expected, sofia has none');
    await ask();
    await expectRefusal(end('sofia'), "account: a recovery that is waiting expected, sofia's is asked");
    const due = await waiting('sofia');
    await expectRefusal(
      end('sofia'),
      `account: after ${Date.parse(`${due}Z`) / 1000} expected, the block's time is`,
    );
    await expectRefusal(
      send('endrecover', 'stranger', { caller: 'ivan', account: 'sofia' }),
      'ivan',
      MISSING_AUTHORITY,
    );
    await stop('sofia');
  });

  it('gives the account the new key alone, whose owner permission holds the registry', async () => {
    await shortenWaiting(spec.world);
    const due = [await waiting('sofia'), await waiting('timofey')].at(-1) ?? '';
    await passWaiting(spec.world, due);
    await expectRefusal(end('timofey'), 'timofey', UNSATISFIED);
    await end('sofia');
    expect(await recoveryOf('sofia')).toBeUndefined();
    const { driver, act } = spec.world;
    const move = { account: 'sofia', residence: '02614000', document_hash: hashOf('passport') };
    await expectRefusal(act('registry', 'setresidence', ['sofia'], move), 'sofia', UNSATISFIED);
    const authorization = [{ actor: 'sofia', permission: 'active' }];
    await driver.transact(
      [{ account: 'registry', name: 'setresidence', authorization, data: move }],
      [newKey],
    );
    expect(await rowOf('accounts', 'sofia')).toMatchObject({ residence: '02614000' });
  });
});
