import { describe, expect, it } from 'vitest';
import { newCoop } from '../spec/councils.ts';
import { carryOut, decide } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { CITY, ENDED, ZERO_HASH, apply, hashOf } from '../spec/world.ts';

const spec = furnished('registry');
const { send, rowOf } = spec;

/** The last id of a kind that the registry gave. */
async function lastId(kind: 'section_id' | 'point_id' | 'request_id'): Promise<number> {
  return Number((await rowOf('counters', 'counters'))?.[kind]);
}

describe('addsection', () => {
  const section = { coop: 'forestcoop', kind: 'functional', title: 'Молочный', chair: 'anna' };

  it('gives ever-growing ids, also after a refusal', async () => {
    const next = (await lastId('section_id')) + 1;
    await send('addsection', 'forestcoop', section);
    await expectRefusal(
      send('addsection', 'forestcoop', { ...section, title: '' }),
      'title: a text expected',
    );
    await send('addsection', 'forestcoop', { ...section, title: 'Хлебный' });
    const rows = await Promise.all([next, next + 1].map((id) => rowOf('sections', id)));
    expect(rows.map((row) => row?.['title'])).toEqual(['Молочный', 'Хлебный']);
  });

  it('is for the cooperative alone', () =>
    expectRefusal(send('addsection', 'rivercoop', section), 'forestcoop', MISSING_AUTHORITY));

  it('refuses a cooperative that is not registered', () =>
    expectRefusal(
      send('addsection', 'stranger', { ...section, coop: 'stranger' }),
      'coop: a registered cooperative expected, came stranger',
    ));

  it.each([
    ['an unknown kind', { kind: 'secret' }, 'kind: one of geographic functional expected, came secret'],
    [
      'a chair without an account',
      { chair: 'stranger' },
      'chair: a registered account expected, came stranger',
    ],
    [
      "another cooperative's member as chair",
      { chair: 'olga' },
      'chair: an active member of forestcoop expected, olga is none',
    ],
    [
      'a chair who only applied',
      { chair: 'petr' },
      'chair: an active member of forestcoop expected, petr is applied',
    ],
  ])('refuses %s', (_, over, reason) =>
    expectRefusal(send('addsection', 'forestcoop', { ...section, ...over }), reason),
  );

  it('R1: refuses a chair whom nobody verified, also while there is no council', async () => {
    const person = { account: 'stranger', kind: 'person', residence: CITY, person_hash: hashOf('s') };
    await send('register', 'stranger', { ...person, representative: '' });
    await newCoop(spec.world, 'youngcoop', []);
    const unknown = { ...section, coop: 'youngcoop', chair: 'stranger' };
    await expectRefusal(
      send('addsection', 'youngcoop', unknown),
      'chair: a verified person expected, stranger is not verified',
    );
    await send('addsection', 'youngcoop', { ...unknown, chair: 'petr' });
  });

  it('refuses an organisation as chair', async () => {
    const firm = { account: 'robot', kind: 'organisation', residence: CITY, person_hash: hashOf('firm') };
    await send('register', ['robot', 'ivan'], { ...firm, representative: 'ivan' });
    await expectRefusal(
      send('addsection', 'forestcoop', { ...section, chair: 'robot' }),
      'chair: a person expected, robot is organisation',
    );
  });
});

describe('addpoint', () => {
  const point = {
    coop: 'forestcoop',
    section_id: 1,
    oktmo: CITY,
    title: 'Рынок',
    address_hash: hashOf('рынок'),
  };

  it('opens points of one section in several territories', async () => {
    await send('addpoint', 'forestcoop', point);
    expect(await rowOf('points', await lastId('point_id'))).toMatchObject({
      section_id: 1,
      oktmo: CITY,
    });
  });

  it('is for the cooperative alone', () =>
    expectRefusal(send('addpoint', 'anna', point), 'forestcoop', MISSING_AUTHORITY));

  it.each([
    ['an unknown section', { section_id: 99 }, 'section_id: a section of forestcoop expected, came 99'],
    [
      "another cooperative's section",
      { section_id: 2 },
      'section_id: a section of forestcoop expected, came 2',
    ],
    ['an unknown territory', { oktmo: '99999999' }, 'oktmo: a registered territory expected, came 99999999'],
    ['a territory outside its dates', { oktmo: ENDED }, `oktmo: ${ENDED} is valid from`],
    [
      'an address hash of zeros',
      { address_hash: ZERO_HASH },
      'address_hash: sha256 of a document expected, came all zeros',
    ],
    ['a title over 256 bytes', { title: 'x'.repeat(257) }, 'title: at most 256 bytes expected, came 257'],
  ])('refuses %s', (_, over, reason) =>
    expectRefusal(send('addpoint', 'forestcoop', { ...point, ...over }), reason),
  );
});

describe('askchair and setchair', () => {
  const change = {
    proposer: 'fedor',
    coop: 'forestcoop',
    section_id: 1,
    chair: 'ivan',
    document_hash: hashOf('minutes of section 1'),
  };

  it("R54: the council's decision gives a section another chair from among its members", async () => {
    await send('askchair', 'fedor', change);
    const subject = await lastId('request_id');
    const { document_hash } = change;
    await carryOut(spec.world, 'forestcoop', 'setchair', { subject, document_hash });
    expect(await rowOf('sections', 1)).toMatchObject({ chair: 'ivan' });
    expect(await rowOf('requests', subject)).toBeUndefined();
    await send('askchair', 'fedor', { ...change, chair: 'anna' });
    await carryOut(spec.world, 'forestcoop', 'setchair', { subject: subject + 1, document_hash });
    expect(await rowOf('sections', 1)).toMatchObject({ chair: 'anna' });
  });

  it.each([
    [
      'no seat',
      { proposer: 'ivan' },
      'proposer: a seat in the council of forestcoop expected, ivan has none',
    ],
    [
      "another cooperative's section",
      { section_id: 2 },
      'section_id: a section of forestcoop expected, came 2',
    ],
    ['the same chair', { chair: 'anna' }, 'chair: another chair expected, anna is chair of 1'],
    [
      'one who only applied',
      { chair: 'petr' },
      'chair: an active member of forestcoop expected, petr is applied',
    ],
    [
      "another cooperative's member",
      { chair: 'olga' },
      'chair: an active member of forestcoop expected, olga is none',
    ],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
  ])('refuses to ask with %s', (_, over, reason) => {
    const data = { ...change, ...over };
    return expectRefusal(send('askchair', data.proposer, data), reason);
  });

  it('refuses a chair who votes in another section', async () => {
    const section = { coop: 'forestcoop', kind: 'geographic', title: 'Второй', chair: 'anna' };
    await send('addsection', 'forestcoop', section);
    const section_id = await lastId('section_id');
    await expectRefusal(
      send('askchair', 'fedor', { ...change, section_id }),
      `chair: a member of section ${section_id} expected, ivan votes in 1`,
    );
  });

  it('refuses a decision of an earlier time, of another cooperative or of another kind', async () => {
    const subject = (await lastId('request_id')) + 1;
    const early = await decide(spec.world, 'forestcoop', 'setchair', { subject });
    const execute = (decision_id: number, caller = 'fedor') =>
      spec.world.act('council', 'execute', [caller], { caller, decision_id });
    await expectRefusal(
      execute(early),
      `request_id: a request of forestcoop for setchair expected, came ${subject}`,
    );
    await send('askchair', 'fedor', change);
    await expectRefusal(
      execute(early),
      `decision_id: one after ${early}, when it was asked, expected, came ${early}`,
    );
    const foreign = await decide(spec.world, 'rivercoop', 'setchair', { subject });
    await expectRefusal(
      execute(foreign, 'rodion'),
      'request_id: a request of rivercoop for setchair expected',
    );
    const role = await decide(spec.world, 'forestcoop', 'grantrole', { subject });
    await expectRefusal(execute(role), 'request_id: a request of forestcoop for grantrole expected');
  });

  it('refuses a decision about another paper than the one it was asked by', async () => {
    await send('askchair', 'fedor', change);
    const subject = await lastId('request_id');
    const other = hashOf('minutes of another section');
    const decision_id = await decide(spec.world, 'forestcoop', 'setchair', { subject, document_hash: other });
    await expectRefusal(
      spec.world.act('council', 'execute', ['fedor'], { caller: 'fedor', decision_id }),
      `document_hash: the request's ${change.document_hash} expected, decision ${decision_id} has ${other}`,
    );
  });

  it('is for the council alone', () => {
    const data = { coop: 'forestcoop', request_id: 1, decision_id: 99, document_hash: ZERO_HASH };
    return expectRefusal(send('setchair', 'forestcoop', data), 'council', MISSING_AUTHORITY);
  });
});

describe('closing', () => {
  it('ends new points and members of a section, and a second closing', async () => {
    const section = { coop: 'rivercoop', kind: 'functional', title: 'Рыба', chair: 'olga' };
    await send('addsection', 'rivercoop', section);
    const section_id = await lastId('section_id');
    const closing = { coop: 'rivercoop', section_id };
    await expectRefusal(send('closesection', 'forestcoop', closing), 'rivercoop', MISSING_AUTHORITY);
    await send('closesection', 'rivercoop', closing);
    expect(await rowOf('sections', section_id)).toMatchObject({ closed: true });

    const reason = `section_id: an open section expected, ${section_id} is closed`;
    const point = { ...closing, oktmo: CITY, title: 'Пруд', address_hash: hashOf('пруд') };
    await expectRefusal(send('addpoint', 'rivercoop', point), reason);
    await expectRefusal(apply(spec.world, 'petr', 'rivercoop', section_id), reason);
    await expectRefusal(send('closesection', 'rivercoop', closing), reason);
    await expectRefusal(send('movesection', 'olga', { account: 'olga', ...closing }), reason);
    await expectRefusal(
      send('joinsection', 'olga', { account: 'olga', section_id }),
      `section_id: an open section expected, came ${section_id}`,
    );
  });

  it('leaves a section its chair, until any other member of the cooperative takes the place', async () => {
    await send('addsection', 'rivercoop', {
      coop: 'rivercoop',
      kind: 'functional',
      title: 'Лёд',
      chair: 'olga',
    });
    const section_id = await lastId('section_id');
    await send('closesection', 'rivercoop', { coop: 'rivercoop', section_id });
    const document_hash = hashOf('minutes');
    const asked = { proposer: 'rodion', coop: 'rivercoop', section_id, document_hash };
    await expectRefusal(
      send('askchair', 'rodion', { ...asked, chair: 'ivan' }),
      'chair: an active member of rivercoop expected, ivan is none',
    );
    await send('askchair', 'rodion', { ...asked, chair: 'boris' });
    const subject = await lastId('request_id');
    await carryOut(spec.world, 'rivercoop', 'setchair', { subject, document_hash });
    expect(await rowOf('sections', section_id)).toMatchObject({ chair: 'boris', closed: true });
  });

  it('closes a point once, by its cooperative', async () => {
    const point = {
      coop: 'rivercoop',
      section_id: 2,
      oktmo: CITY,
      title: 'Пруд',
      address_hash: hashOf('пруд'),
    };
    await send('addpoint', 'rivercoop', point);
    const closing = { coop: 'rivercoop', point_id: await lastId('point_id') };
    await expectRefusal(send('closepoint', 'forestcoop', closing), 'rivercoop', MISSING_AUTHORITY);
    await send('closepoint', 'rivercoop', closing);
    expect(await rowOf('points', closing.point_id)).toMatchObject({ closed: true });
    await expectRefusal(
      send('closepoint', 'rivercoop', closing),
      `point_id: an open point expected, ${closing.point_id} is closed`,
    );
    await expectRefusal(
      send('closepoint', 'rivercoop', { ...closing, point_id: 1 }),
      'point_id: a point of rivercoop expected, came 1',
    );
  });
});
