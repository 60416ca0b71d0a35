import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import {
  CITY,
  ENDED,
  FOREST,
  REGION,
  type World,
  ZERO_HASH,
  apply,
  coopOf,
  furnish,
  hashOf,
  productOf,
  territoryOf,
} from '../spec/world.ts';

/** 128 Cyrillic letters are 256 bytes. */
const LONGEST = 'я'.repeat(128);

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

const registry = (name: string, signer: string, data: Record<string, unknown>) =>
  world.act('registry', name, [signer], data);

describe('setterritory', () => {
  it('keys a territory by 1 and its digits, so that leading zeros and length count', async () => {
    await registry('setterritory', 'ano', territoryOf('00000007'));
    await registry('setterritory', 'ano', territoryOf('00000000007'));
    const short = await world.row('registry', 'registry', 'territories', '100000007');
    const long = await world.row('registry', 'registry', 'territories', '100000000007');
    expect([short?.['oktmo'], long?.['oktmo']]).toEqual(['00000007', '00000000007']);
  });

  it('changes a known territory', async () => {
    await registry('setterritory', 'ano', territoryOf('03000000'));
    await registry('setterritory', 'ano', territoryOf('03000000', { title: LONGEST, parent: REGION }));
    expect(await world.row('registry', 'registry', 'territories', '103000000')).toMatchObject({
      title: LONGEST,
      parent: REGION,
      valid_from: '2000-01-01T00:00:00',
    });
  });

  it('is for ano alone', () =>
    expectRefusal(registry('setterritory', 'anna', territoryOf('04000000')), 'ano', MISSING_AUTHORITY));

  it.each([
    ['a short code', { oktmo: '0261400' }, 'oktmo: OKTMO of 8 or 11 digits expected, came 7 characters'],
    ['letters in a code', { oktmo: '0261400x' }, 'oktmo: OKTMO of 8 or 11 digits expected, came 0261400x'],
    ['no title', { title: '' }, 'title: a text expected, came an empty one'],
    ['a title over 256 bytes', { title: `${LONGEST}!` }, 'title: at most 256 bytes expected, came 257'],
    [
      'dates in the wrong order',
      { valid_to: '1999-12-31T00:00:00' },
      'valid_to: after 946684800 or zero expected, came 946598400',
    ],
    ['an unknown parent', { parent: '99999999' }, 'parent: a registered territory expected, came 99999999'],
    [
      'an unknown successor',
      { successor: '99999999' },
      'successor: a registered territory expected, came 99999999',
    ],
    [
      'itself as parent',
      { oktmo: REGION, parent: REGION },
      `parent: no ancestor of itself expected, ${REGION} is above ${REGION}`,
    ],
    [
      'its own district as parent',
      { oktmo: REGION, parent: FOREST },
      `parent: no ancestor of itself expected, ${REGION} is above ${FOREST}`,
    ],
    [
      'itself as successor',
      { oktmo: CITY, successor: CITY },
      `successor: another territory expected, came ${CITY} itself`,
    ],
  ])('refuses %s', (_, over, reason) =>
    expectRefusal(registry('setterritory', 'ano', territoryOf('05000000', over)), reason),
  );
});

describe('setproduct', () => {
  it('changes the title of a known product', async () => {
    await registry('setproduct', 'ano', productOf('carrot'));
    await registry('setproduct', 'ano', productOf('carrot', { title: 'Морковь' }));
    expect(await world.row('registry', 'registry', 'products', 'carrot')).toMatchObject({
      title: 'Морковь',
      unit: '3,KG',
    });
  });

  it('is for ano alone', () =>
    expectRefusal(registry('setproduct', 'anna', productOf('beet')), 'ano', MISSING_AUTHORITY));

  it.each([
    ['no code', { product: '' }, 'product: a code expected, came nothing'],
    ['a title over 256 bytes', { title: `${LONGEST}!` }, 'title: at most 256 bytes expected, came 257'],
    ['letters in OKPD2', { okpd2: '01.1x' }, 'okpd2: 2 to 12 digits and dots expected, came 01.1x'],
    ['no group', { basket_group: '' }, 'basket_group: a group expected, came nothing'],
    ['a foreign unit', { unit: '3,LB' }, 'unit: 3,KG or 3,LTR or 0,PCS expected, came 3,LB'],
    ['a unit of another precision', { unit: '2,KG' }, 'unit: 3,KG or 3,LTR or 0,PCS expected, came 2,KG'],
    [
      'a kilogram of 900 grams',
      { grams_per_unit: 900 },
      'grams_per_unit: 1000 grams a kilogram expected, came 900',
    ],
    ['no mass', { unit: '0,PCS', grams_per_unit: 0 }, 'grams_per_unit: more than zero expected, came 0'],
    ['no primary equivalent', { primary_ppm: 0 }, 'primary_ppm: more than zero expected, came 0'],
    [
      'another unit of a known product',
      { product: 'milk' },
      'unit: 3,LTR of the known milk expected, came 3,KG',
    ],
    [
      'another mass of a known product',
      { product: 'eggs', unit: '0,PCS', grams_per_unit: 60 },
      'grams_per_unit: 55 of the known eggs expected, came 60',
    ],
  ])('refuses %s', (_, over, reason) =>
    expectRefusal(registry('setproduct', 'ano', productOf('beet', over)), reason),
  );
});

describe('regcoop', () => {
  it('changes a known cooperative', async () => {
    await registry(
      'regcoop',
      'ano',
      coopOf('rivercoop', { union: 'forestcoop', legal_form: 'agricultural' }),
    );
    expect(await world.row('registry', 'registry', 'coops', 'rivercoop')).toMatchObject({
      union: 'forestcoop',
      legal_form: 'agricultural',
    });
  });

  it('is for ano alone', () =>
    expectRefusal(registry('regcoop', 'forestcoop', coopOf('forestcoop')), 'ano', MISSING_AUTHORITY));

  it.each([
    [
      'an account that the chain lacks',
      { coop: 'nobodyhere' },
      'coop: an account of the chain expected, came nobodyhere',
    ],
    [
      'an unknown legal form',
      { legal_form: 'guild' },
      'legal_form: one of consumer producer agricultural credit housing public association tradeunion company municipal expected, came guild',
    ],
    ['an unknown territory', { oktmo: '99999999' }, 'oktmo: a registered territory expected, came 99999999'],
    [
      'a territory outside its dates',
      { oktmo: ENDED },
      `oktmo: ${ENDED} is valid from 946684800 till 978307200, the block's time is `,
    ],
    ['an unknown union', { union: 'stranger' }, 'union: a registered cooperative expected, came stranger'],
    [
      'itself as union',
      { union: 'forestcoop' },
      'union: another cooperative expected, came forestcoop itself',
    ],
    ['no title', { title: '' }, 'title: a text expected, came an empty one'],
  ])('refuses %s', (_, over, reason) =>
    expectRefusal(registry('regcoop', 'ano', coopOf('forestcoop', over)), reason),
  );
});

describe('addsection', () => {
  const section = { coop: 'forestcoop', kind: 'functional', title: 'Молочный', chair: 'anna' };

  it('gives ever-growing ids, also after a refusal', async () => {
    const before = await world.row('registry', 'registry', 'counters', 'counters');
    const next = Number(before?.['section_id']) + 1;
    await registry('addsection', 'forestcoop', section);
    await expectRefusal(
      registry('addsection', 'forestcoop', { ...section, title: '' }),
      'title: a text expected',
    );
    await registry('addsection', 'forestcoop', { ...section, title: 'Хлебный' });
    const rows = await Promise.all(
      [next, next + 1].map((id) => world.row('registry', 'registry', 'sections', String(id))),
    );
    expect(rows.map((row) => row?.['title'])).toEqual(['Молочный', 'Хлебный']);
  });

  it('is for the cooperative alone', () =>
    expectRefusal(registry('addsection', 'rivercoop', section), 'forestcoop', MISSING_AUTHORITY));

  it('refuses a cooperative that is not registered', () =>
    expectRefusal(
      registry('addsection', 'stranger', { ...section, coop: 'stranger' }),
      'coop: a registered cooperative expected, came stranger',
    ));

  it.each([
    ['an unknown kind', { kind: 'secret' }, 'kind: one of geographic functional expected, came secret'],
    [
      'a chair without an account',
      { chair: 'stranger' },
      'chair: a registered account expected, came stranger',
    ],
  ])('refuses %s', (_, over, reason) =>
    expectRefusal(registry('addsection', 'forestcoop', { ...section, ...over }), reason),
  );

  it('refuses an organisation as chair', async () => {
    const account = { account: 'market', kind: 'organisation', residence: CITY, person_hash: hashOf('firm') };
    await registry('register', 'market', account);
    await expectRefusal(
      registry('addsection', 'forestcoop', { ...section, chair: 'market' }),
      'chair: a person expected, market is organisation',
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
    const before = await world.row('registry', 'registry', 'counters', 'counters');
    const id = Number(before?.['point_id']) + 1;
    await registry('addpoint', 'forestcoop', point);
    expect(await world.row('registry', 'registry', 'points', String(id))).toMatchObject({
      section_id: 1,
      oktmo: CITY,
    });
  });

  it('is for the cooperative alone', () =>
    expectRefusal(registry('addpoint', 'anna', point), 'forestcoop', MISSING_AUTHORITY));

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
    expectRefusal(registry('addpoint', 'forestcoop', { ...point, ...over }), reason),
  );
});

describe('register', () => {
  const account = { account: 'stranger', kind: 'person', residence: CITY, person_hash: hashOf('stranger') };

  it('R7: refuses a second account of one person', () =>
    expectRefusal(
      registry('register', 'stranger', { ...account, person_hash: hashOf('ivan') }),
      'person_hash: one account a person expected, ivan has the same',
    ));

  it('tells persons whose hashes differ in one bit anywhere', async () => {
    const hash = Buffer.from(hashOf('ivan'), 'hex');
    for (const [at, name] of ['forestcoop', 'rivercoop'].entries()) {
      const near = Buffer.from(hash);
      near[at * 31] = (near[at * 31] ?? 0) ^ 1;
      await registry('register', name, {
        ...account,
        account: name,
        kind: 'organisation',
        person_hash: near.toString('hex'),
      });
    }
    expect(await world.row('registry', 'registry', 'accounts', 'rivercoop')).toMatchObject({
      kind: 'organisation',
    });
  });

  it('is for the account itself', () =>
    expectRefusal(registry('register', 'anna', account), 'stranger', MISSING_AUTHORITY));

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
    expectRefusal(registry('register', signer, { ...account, account: signer, ...over }), reason),
  );
});

describe('apply and admit', () => {
  const application = {
    account: 'petr',
    coop: 'rivercoop',
    section_id: 2,
    application_hash: hashOf('application'),
    consent_hash: hashOf('consent'),
  };

  it('R3, R4: an application names a section and becomes a membership only by admission', async () => {
    expect(await world.row('registry', 'forestcoop', 'members', 'petr')).toMatchObject({
      status: 'applied',
      section_id: 1,
    });
    await apply(world, 'boris', 'forestcoop', 1);
    await registry('admit', 'forestcoop', { coop: 'forestcoop', account: 'boris', decision_id: 7 });
    expect(await world.row('registry', 'forestcoop', 'members', 'boris')).toMatchObject({
      status: 'active',
      section_id: 1,
      decision_id: 7,
    });
  });

  it('are signed by the applicant and by the cooperative', async () => {
    await expectRefusal(registry('apply', 'anna', application), 'petr', MISSING_AUTHORITY);
    const admission = { coop: 'forestcoop', account: 'petr', decision_id: 0 };
    await expectRefusal(registry('admit', 'petr', admission), 'forestcoop', MISSING_AUTHORITY);
  });

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
    ['no section', 'petr', { section_id: 0 }, 'section_id: a section of rivercoop expected, came 0'],
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
    expectRefusal(registry('apply', signer, { ...application, ...over }), reason),
  );

  it.each([
    [
      'an account without an application',
      'anna',
      'account: an application to rivercoop expected, anna has none',
    ],
    ['a member', 'olga', 'account: status applied expected, olga is active'],
  ])('refuses to admit %s', (_, account, reason) =>
    expectRefusal(registry('admit', 'rivercoop', { coop: 'rivercoop', account, decision_id: 0 }), reason),
  );
});

describe('logs', () => {
  const facts: [string, Record<string, unknown>][] = [
    ['logterr', territoryOf('06000000')],
    ['logproduct', productOf('potato')],
    ['logcoop', coopOf('forestcoop')],
    ['logsection', { section_id: 1, coop: 'forestcoop', kind: 'geographic', title: 'x', chair: 'anna' }],
    [
      'logpoint',
      { point_id: 1, section_id: 1, coop: 'forestcoop', oktmo: CITY, title: 'x', address_hash: hashOf('x') },
    ],
    ['logaccount', { account: 'anna', kind: 'person', residence: CITY, person_hash: hashOf('x') }],
    [
      'logapply',
      {
        account: 'anna',
        coop: 'forestcoop',
        section_id: 1,
        application_hash: hashOf('x'),
        consent_hash: hashOf('y'),
      },
    ],
    ['logmember', { coop: 'forestcoop', account: 'anna', section_id: 1, status: 'active', decision_id: 0 }],
  ];
  it.each(facts)('%s is written by the contract alone', (name, data) =>
    expectRefusal(registry(name, 'ano', data), 'registry', MISSING_AUTHORITY),
  );
});
