import { describe, expect, it } from 'vitest';
import { newCoop } from '../spec/councils.ts';
import { lastDecision } from '../spec/decisions.ts';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { CITY, ZERO_HASH, apply, hashOf } from '../spec/world.ts';

const spec = furnished('council');
const { send, rowOf } = spec;

const NAMES = Array.from({ length: 22 }, (_, at) => `m${'abcdefghijklmnopqrstuv'.charAt(at)}`);

describe('found', () => {
  const members = ['newcoop.a', 'newcoop.b', 'newcoop.c'];
  const founding = { coop: 'newcoop', chair: 'newcoop.b', members, document_hash: hashOf('minutes') };

  it('seats verified applicants once, with one chair, and admits them by the founding decision', async () => {
    await newCoop(spec.world, 'newcoop', members);
    await expectRefusal(send('found', 'ano', founding), 'newcoop', MISSING_AUTHORITY);
    await send('found', 'newcoop', founding);
    const id = await lastDecision(spec.world);
    for (const member of members) {
      const role = member === 'newcoop.b' ? 'chair' : 'member';
      expect(await rowOf('seats', member, 'newcoop')).toEqual({ member, role, robots: [] });
      const membership = await spec.world.row('registry', 'newcoop', 'members', member);
      expect(membership).toMatchObject({ status: 'active', decision_id: id, delegate: 'anna' });
    }
    await expectRefusal(send('found', 'newcoop', founding), 'coop: no council yet expected, newcoop has one');
  });

  it('R1: refuses one who is no verified person, and one who did not apply', async () => {
    const members = ['rawcoop.a', 'rawcoop.b', 'rawcoop.c'];
    await newCoop(spec.world, 'rawcoop', members);
    const found = (third: string) =>
      send('found', 'rawcoop', {
        coop: 'rawcoop',
        chair: 'rawcoop.a',
        members: ['rawcoop.a', 'rawcoop.b', third],
        document_hash: hashOf('minutes'),
      });
    await expectRefusal(found('robot'), 'members: a registered account expected, came robot');
    await expectRefusal(found('petr'), 'members: an application to rawcoop expected, petr has none');
    await expectRefusal(found('rawcoop.a'), 'members: each once expected, rawcoop.a comes twice');
    const firm = { account: 'robot', residence: CITY, person_hash: hashOf('firm'), representative: 'ivan' };
    await spec.world.act('registry', 'register', ['robot', 'ivan'], { ...firm, kind: 'organisation' });
    await expectRefusal(
      found('robot'),
      'members: a verified person expected, robot is organisation, not verified',
    );
    const person = {
      ...firm,
      account: 'stranger',
      kind: 'person',
      person_hash: hashOf('x'),
      representative: '',
    };
    await spec.world.act('registry', 'register', ['stranger'], person);
    const section = await spec.world.row('registry', 'registry', 'counters', 'counters');
    await apply(spec.world, 'stranger', 'rawcoop', Number(section?.['section_id']));
    await expectRefusal(
      found('stranger'),
      'members: a verified person expected, stranger is person, not verified',
    );
    const papers = { verifier: 'ano', account: 'stranger', document_hash: hashOf('papers') };
    await spec.world.act('registry', 'verify', ['ano'], papers);
    await found('stranger');
  });

  it.each([
    ['two members', { members: ['anna', 'ivan'] }, 'members: 3 to 21 expected, came 2'],
    ['22 members', { members: NAMES }, 'members: 3 to 21 expected, came 22'],
    [
      'a chair from outside',
      { chair: 'fedor', members: ['anna', 'ivan', 'petr'] },
      'chair: one of the members expected, came fedor',
    ],
    [
      'a document hash of zeros',
      { document_hash: ZERO_HASH },
      'document_hash: sha256 of a document expected, came all zeros',
    ],
    [
      'an unknown cooperative',
      { coop: 'stranger' },
      'coop: a registered cooperative expected, came stranger',
    ],
  ])('refuses %s', async (_, over, reason) => {
    const data = { ...founding, coop: 'market', ...over };
    if (data.coop === 'market') await registerMarket();
    await expectRefusal(send('found', data.coop, data), reason);
  });

  const registerMarket = () =>
    spec.world.act('registry', 'regcoop', ['ano'], {
      coop: 'market',
      title: 'Рынок',
      legal_form: 'company',
      union: '',
      oktmo: CITY,
    });
});

describe('delegate and revoke', () => {
  const delegation = {
    member: 'faina',
    coop: 'forestcoop',
    robot: 'stranger',
    kinds: ['admit', 'accept'],
    limit: '500.00 RUB',
    expires: '2100-01-01T00:00:00',
    signs: false,
  };
  const revocation = { member: 'faina', coop: 'forestcoop', robot: 'stranger' };
  const robotsOf = async (member: string) => {
    const robots = (await rowOf('seats', member, 'forestcoop'))?.['robots'] as { robot: string }[];
    return robots.map(({ robot }) => robot);
  };

  it('R17: a delegation is given, replaced and taken back by the member', async () => {
    await send('delegate', 'faina', delegation);
    await send('delegate', 'faina', { ...delegation, limit: '7.00 RUB', kinds: ['buy'] });
    expect(await robotsOf('faina')).toEqual(['market', 'robot', 'stranger']);
    const { robots } = (await rowOf('seats', 'faina', 'forestcoop')) as { robots: unknown[] };
    expect(robots.at(-1)).toMatchObject({ robot: 'stranger', kinds: ['buy'], limit: '7.00 RUB' });
    await send('revoke', 'faina', revocation);
    expect(await robotsOf('faina')).toEqual(['market', 'robot']);
    await expectRefusal(
      send('revoke', 'faina', revocation),
      'robot: one with a delegation of faina expected, came stranger',
    );
  });

  it('a seat has at most eight robots', async () => {
    const more = ['anna', 'boris', 'ivan', 'olga', 'petr', 'rita'];
    for (const robot of more) await send('delegate', 'foma', { ...delegation, member: 'foma', robot });
    await expectRefusal(
      send('delegate', 'foma', { ...delegation, member: 'foma' }),
      'robot: at most 8 expected, foma has them',
    );
    await send('delegate', 'foma', { ...delegation, member: 'foma', robot: 'petr', kinds: ['buy'] });
    for (const robot of more) await send('revoke', 'foma', { ...revocation, member: 'foma', robot });
    expect(await robotsOf('foma')).toEqual(['market', 'robot']);
  });

  it('are signed by the member', async () => {
    await expectRefusal(send('delegate', 'foma', delegation), 'faina', MISSING_AUTHORITY);
    await expectRefusal(send('revoke', 'stranger', revocation), 'faina', MISSING_AUTHORITY);
  });

  it.each([
    ['no seat', { member: 'anna' }, 'member: a seat in the council of forestcoop expected, anna has none'],
    [
      "another cooperative's seat",
      { coop: 'rivercoop' },
      'member: a seat in the council of rivercoop expected, faina has none',
    ],
    [
      'a robot without an account',
      { robot: 'nobodyhere' },
      'robot: an account of the chain expected, came nobodyhere',
    ],
    ['the member itself', { robot: 'faina' }, 'robot: another account expected, came faina itself'],
    ['no kinds', { kinds: [] }, 'kinds: 1 to 16 expected, came 0'],
    ['17 kinds', { kinds: Array.from({ length: 17 }, () => 'buy') }, 'kinds: 1 to 16 expected, came 17'],
    ['an unknown kind', { kinds: ['buy', 'party'] }, 'kinds: one of admit exclude'],
    ['a limit below zero', { limit: '-1.00 RUB' }, 'limit: zero or more expected, came -1.00 RUB'],
    ['a limit of foreign money', { limit: '1.00 VRE' }, 'limit: 2,RUB expected, came 2,VRE'],
    ['a past end', { expires: '2001-01-01T00:00:00' }, "expires: after the block's time "],
    ['a signature by a member', { signs: true }, "signs: a chair's signature expected, faina is member"],
  ])('refuses %s', (_, over, reason) => {
    const data = { ...delegation, ...over };
    return expectRefusal(send('delegate', data.member, data), reason);
  });
});
