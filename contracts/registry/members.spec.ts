import { describe, expect, it } from 'vitest';
import { automate, carryOut, decide } from '../spec/decisions.ts';
import { makeCashier } from '../spec/funds-world.ts';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { COUNCILS, ZERO_HASH, apply, hashOf } from '../spec/world.ts';

const spec = furnished('registry');
const { send, rowOf } = spec;

const memberOf = (coop: string, account: string) => rowOf('members', account, coop);
const memberships = async (account: string) => (await rowOf('accounts', account))?.['memberships'];

/** A section more, for those who move and take part. */
async function newSection(coop: string, chair: string): Promise<number> {
  await send('addsection', coop, { coop, kind: 'functional', title: `Участок ${chair}`, chair });
  return Number((await rowOf('counters', 'counters'))?.['section_id']);
}

/** The council gives a closed section of rivercoop another chair. */
async function giveChair(section_id: number, chair: string): Promise<void> {
  const document_hash = hashOf(`minutes of ${section_id}`);
  const asked = { proposer: 'rodion', coop: 'rivercoop', section_id, chair, document_hash };
  await send('askchair', 'rodion', asked);
  const subject = Number((await rowOf('counters', 'counters'))?.['request_id']);
  await carryOut(spec.world, 'rivercoop', 'setchair', { subject, document_hash });
}

describe('apply', () => {
  const application = {
    account: 'petr',
    coop: 'rivercoop',
    section_id: 2,
    application_hash: hashOf('application'),
    consent_hash: hashOf('consent'),
  };

  it('is signed by the applicant', () =>
    expectRefusal(send('apply', 'anna', application), 'petr', MISSING_AUTHORITY));

  it.each([
    [
      'an application without an account',
      'stranger',
      { account: 'stranger' },
      'account: a registered account expected, came stranger',
    ],
    [
      'an unknown cooperative',
      'petr',
      { coop: 'stranger' },
      'coop: a registered cooperative expected, came stranger',
    ],
    ['R4: no section', 'petr', { section_id: 0 }, 'section_id: a section of rivercoop expected, came 0'],
    [
      "another cooperative's section",
      'petr',
      { section_id: 1 },
      'section_id: a section of rivercoop expected, came 1',
    ],
    [
      'an application hash of zeros',
      'petr',
      { application_hash: ZERO_HASH },
      'application_hash: sha256 of a document expected, came all zeros',
    ],
    [
      'a consent hash of zeros',
      'petr',
      { consent_hash: ZERO_HASH },
      'consent_hash: sha256 of a document expected, came all zeros',
    ],
    [
      'a second application',
      'petr',
      { coop: 'forestcoop', section_id: 1 },
      'account: no membership yet expected, petr is applied in forestcoop',
    ],
    [
      'an application of a member',
      'olga',
      { account: 'olga' },
      'account: no membership yet expected, olga is active in rivercoop',
    ],
  ])('refuses %s', (_, signer, over, reason) =>
    expectRefusal(send('apply', signer, { ...application, ...over }), reason),
  );
});

describe('admit', () => {
  it('R3: an application becomes a membership only by a decision of the council', async () => {
    expect(await memberOf('forestcoop', 'petr')).toMatchObject({
      status: 'applied',
      decision_id: 0,
      delegate: '',
    });
    const admission = { coop: 'forestcoop', account: 'petr', decision_id: 0 };
    for (const signer of ['petr', 'forestcoop', 'fedor', 'ano'])
      await expectRefusal(send('admit', signer, admission), 'council', MISSING_AUTHORITY);
  });

  it('R4: the member has a section and its chair as delegate', async () => {
    await apply(spec.world, 'boris', 'forestcoop', 1);
    const id = await carryOut(spec.world, 'forestcoop', 'admit', { subject: 'boris' });
    expect(await memberOf('forestcoop', 'boris')).toMatchObject({
      status: 'active',
      section_id: 1,
      delegate: 'anna',
      decision_id: id,
      application_hash: hashOf('application of boris'),
    });
    expect(await memberships('boris')).toBe(2);
  });

  it('R3: founders are admitted by the founding decision', async () => {
    const [chair] = COUNCILS.forestcoop;
    expect(await memberOf('forestcoop', chair)).toMatchObject({ status: 'active', decision_id: 1 });
    expect(await memberships(chair)).toBe(1);
  });

  it.each([
    [
      'an account without an application',
      'petr',
      'account: an application to rivercoop expected, petr has none',
    ],
    ['a member', 'olga', 'account: status applied expected, olga is active'],
  ])('refuses %s', (_, subject, reason) =>
    expectRefusal(automate(spec.world, 'rivercoop', 'admit', { subject }), reason),
  );

  it('refuses an applicant to a section that closed meanwhile', async () => {
    const section_id = await newSection('rivercoop', 'rita');
    await apply(spec.world, 'anna', 'rivercoop', section_id);
    await send('closesection', 'rivercoop', { coop: 'rivercoop', section_id });
    await expectRefusal(
      automate(spec.world, 'rivercoop', 'admit', { subject: 'anna' }),
      `section_id: an open section expected, ${section_id} is closed`,
    );
    await send('leave', 'anna', { account: 'anna', coop: 'rivercoop', document_hash: hashOf('back') });
    expect(await memberships('anna')).toBe(1);
  });
});

describe('leave and exclude', () => {
  const leaving = { account: 'olga', coop: 'rivercoop', document_hash: hashOf('leave') };

  it('one who left joins again by the same registration', async () => {
    await send('leave', 'olga', leaving);
    expect(await memberOf('rivercoop', 'olga')).toMatchObject({ status: 'left' });
    expect(await memberships('olga')).toBe(0);
    await expectRefusal(
      send('leave', 'olga', leaving),
      'account: a member of rivercoop or an applicant expected, olga is neither',
    );
    await apply(spec.world, 'olga', 'rivercoop', 2);
    await automate(spec.world, 'rivercoop', 'admit', { subject: 'olga' });
    expect(await memberOf('rivercoop', 'olga')).toMatchObject({ status: 'active', delegate: 'boris' });
    expect(await memberships('olga')).toBe(1);
  });

  it('exclusion is a decision of the council on an active member', async () => {
    await expectRefusal(
      send('exclude', 'forestcoop', { coop: 'forestcoop', account: 'boris', decision_id: 1 }),
      'council',
      MISSING_AUTHORITY,
    );
    const id = await carryOut(spec.world, 'forestcoop', 'exclude', { subject: 'boris' });
    expect(await memberOf('forestcoop', 'boris')).toMatchObject({ status: 'excluded', decision_id: id });
    const again = await decide(spec.world, 'forestcoop', 'exclude', { subject: 'boris' });
    await expectRefusal(
      spec.world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id: again }),
      'account: an active member of forestcoop expected, boris is excluded',
    );
  });

  it('nobody leaves a duty behind', async () => {
    const seat = { ...leaving, account: 'rita' };
    await expectRefusal(
      send('leave', 'rita', seat),
      'account: one without a seat in the council expected, rita has one',
    );
    const chair = { ...leaving, account: 'boris' };
    await expectRefusal(
      send('leave', 'boris', chair),
      'account: one who chairs no section of rivercoop expected, boris chairs 1',
    );
    const id = await decide(spec.world, 'rivercoop', 'exclude', { subject: 'boris' });
    await expectRefusal(
      spec.world.act('council', 'execute', ['rodion'], { caller: 'rodion', decision_id: id }),
      'account: one who chairs no section of rivercoop expected, boris chairs 1',
    );
  });

  it('the chair of any section stays until another is set, also where the section is closed', async () => {
    const [first, second] = [await newSection('rivercoop', 'olga'), await newSection('rivercoop', 'olga')];
    await send('closesection', 'rivercoop', { coop: 'rivercoop', section_id: first });
    const chairs = 'account: one who chairs no section of rivercoop expected, olga chairs';
    await expectRefusal(send('leave', 'olga', leaving), `${chairs} 2`);
    await giveChair(first, 'boris');
    await expectRefusal(send('leave', 'olga', leaving), `${chairs} 1`);
    const id = await decide(spec.world, 'rivercoop', 'exclude', { subject: 'olga' });
    await expectRefusal(
      spec.world.act('council', 'execute', ['rodion'], { caller: 'rodion', decision_id: id }),
      `${chairs} 1`,
    );
    await send('closesection', 'rivercoop', { coop: 'rivercoop', section_id: second });
    await giveChair(second, 'boris');
    expect(await rowOf('chairs', 'olga', 'rivercoop')).toBeUndefined();
    expect(await rowOf('chairs', 'boris', 'rivercoop')).toEqual({ account: 'boris', sections: 3 });
  });

  it('roles end with the membership, and are not given back with a new one', async () => {
    for (const [end, status] of [
      [() => send('leave', 'olga', leaving), 'left'],
      [() => carryOut(spec.world, 'rivercoop', 'exclude', { subject: 'olga' }), 'excluded'],
    ] as const) {
      await makeCashier(spec.world, 'rivercoop', 'rodion', 'olga');
      await end();
      expect(await memberOf('rivercoop', 'olga')).toMatchObject({ status });
      expect(await rowOf('roles', 'olga', 'rivercoop')).toBeUndefined();
      await apply(spec.world, 'olga', 'rivercoop', 2);
      await automate(spec.world, 'rivercoop', 'admit', { subject: 'olga' });
      expect(await rowOf('roles', 'olga', 'rivercoop')).toBeUndefined();
    }
  });

  it('is signed by the member, with a document', async () => {
    await expectRefusal(send('leave', 'boris', leaving), 'olga', MISSING_AUTHORITY);
    await expectRefusal(
      send('leave', 'olga', { ...leaving, document_hash: ZERO_HASH }),
      'document_hash: sha256 of a document expected, came all zeros',
    );
    await expectRefusal(
      send('leave', 'stranger', { ...leaving, account: 'stranger' }),
      'account: a member of rivercoop or an applicant expected, stranger is neither',
    );
  });
});

describe('sections of a member', () => {
  it('R5: another voting section takes the place of the one before', async () => {
    const section_id = await newSection('rivercoop', 'rita');
    const move = { account: 'olga', coop: 'rivercoop', section_id };
    await send('movesection', 'olga', move);
    expect(await memberOf('rivercoop', 'olga')).toMatchObject({
      section_id,
      delegate: 'rita',
      status: 'active',
    });
    await expectRefusal(
      send('movesection', 'olga', move),
      `section_id: another section expected, olga votes in ${section_id}`,
    );
    await expectRefusal(send('movesection', 'boris', move), 'olga', MISSING_AUTHORITY);
    await expectRefusal(
      send('movesection', 'olga', { ...move, section_id: 1 }),
      'section_id: a section of rivercoop expected, came 1',
    );
    await expectRefusal(
      send('movesection', 'boris', { ...move, account: 'boris' }),
      'account: another than the chair of section 2 expected, came boris',
    );
    await expectRefusal(
      send('movesection', 'petr', { ...move, account: 'petr' }),
      'account: an active member of rivercoop expected, petr is none',
    );
  });

  it('R5: takes part in any number of sections without a vote', async () => {
    const sections = [await newSection('forestcoop', 'anna'), await newSection('forestcoop', 'anna')];
    for (const section_id of sections) {
      await send('joinsection', 'ivan', { account: 'ivan', section_id });
      expect(await rowOf('partakers', 'ivan', String(section_id))).toEqual({ account: 'ivan' });
    }
    expect(await memberOf('forestcoop', 'ivan')).toMatchObject({ section_id: 1 });
    const [section_id = 0] = sections;
    await expectRefusal(
      send('joinsection', 'ivan', { account: 'ivan', section_id }),
      `account: not in section ${section_id} yet expected, ivan takes part in it`,
    );
    await send('quitsection', 'ivan', { account: 'ivan', section_id });
    expect(await rowOf('partakers', 'ivan', String(section_id))).toBeUndefined();
    await expectRefusal(
      send('quitsection', 'ivan', { account: 'ivan', section_id }),
      `account: one who takes part in section ${section_id} expected, came ivan`,
    );
  });

  it.each([
    ['the voting section', 'ivan', 1, 'section_id: another section expected, ivan votes in 1'],
    ['an unknown section', 'ivan', 999, 'section_id: an open section expected, came 999'],
    [
      "another cooperative's section",
      'ivan',
      2,
      'account: an active member of rivercoop expected, ivan is none',
    ],
  ])('refuses to take part in %s', (_, account, section_id, reason) =>
    expectRefusal(send('joinsection', account, { account, section_id }), reason),
  );

  it('is signed by the member', async () => {
    const data = { account: 'ivan', section_id: 1 };
    await expectRefusal(send('joinsection', 'anna', data), 'ivan', MISSING_AUTHORITY);
    await expectRefusal(send('quitsection', 'anna', data), 'ivan', MISSING_AUTHORITY);
  });
});
