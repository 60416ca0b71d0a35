import { describe, expect, it } from 'vitest';
import { furnished } from '../spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from '../spec/refusal.ts';
import { CITY, ENDED, FOREST, REGION, coopOf, productOf, territoryOf } from '../spec/world.ts';

/** 128 Cyrillic letters are 256 bytes. */
const LONGEST = 'я'.repeat(128);

const { send, rowOf } = furnished('registry');

describe('setterritory', () => {
  it('keys a territory by 1 and its digits, so that leading zeros and length count', async () => {
    await send('setterritory', 'ano', territoryOf('00000007'));
    await send('setterritory', 'ano', territoryOf('00000000007'));
    const short = await rowOf('territories', '100000007');
    const long = await rowOf('territories', '100000000007');
    expect([short?.['oktmo'], long?.['oktmo']]).toEqual(['00000007', '00000000007']);
  });

  it('changes a known territory', async () => {
    await send('setterritory', 'ano', territoryOf('03000000'));
    await send('setterritory', 'ano', territoryOf('03000000', { title: LONGEST, parent: REGION }));
    expect(await rowOf('territories', '103000000')).toMatchObject({
      title: LONGEST,
      parent: REGION,
      valid_from: '2000-01-01T00:00:00',
    });
  });

  it('is for ano alone', () =>
    expectRefusal(send('setterritory', 'anna', territoryOf('04000000')), 'ano', MISSING_AUTHORITY));

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
    expectRefusal(send('setterritory', 'ano', territoryOf('05000000', over)), reason),
  );
});

describe('setproduct', () => {
  it('changes the title of a known product', async () => {
    await send('setproduct', 'ano', productOf('carrot'));
    await send('setproduct', 'ano', productOf('carrot', { title: 'Морковь' }));
    expect(await rowOf('products', 'carrot')).toMatchObject({
      title: 'Морковь',
      unit: '3,KG',
    });
  });

  it('enters a service, and a product that another takes the place of', async () => {
    const service = { basket_group: 'service', unit: '0,PCS', grams_per_unit: 0, primary_ppm: 0 };
    await send('setproduct', 'ano', productOf('haircut', service));
    expect(await rowOf('products', 'haircut')).toMatchObject(service);
    const over = { valid_to: '2024-01-01T00:00:00', successor: 'potato' };
    await send('setproduct', 'ano', productOf('tuber', over));
    expect(await rowOf('products', 'tuber')).toMatchObject(over);
  });

  it('is for ano alone', () =>
    expectRefusal(send('setproduct', 'anna', productOf('beet')), 'ano', MISSING_AUTHORITY));

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
      'dates in the wrong order',
      { valid_to: '1999-12-31T00:00:00' },
      'valid_to: after 946684800 or zero expected, came 946598400',
    ],
    ['itself as successor', { successor: 'beet' }, 'successor: another product expected, came beet itself'],
    ['an unknown successor', { successor: 'kvas' }, 'successor: a registered product expected, came kvas'],
    [
      'a service by the kilogram',
      { basket_group: 'service' },
      'unit: 0,PCS of a service expected, came 3,KG',
    ],
    [
      'a service with a mass',
      { basket_group: 'service', unit: '0,PCS', grams_per_unit: 1 },
      'grams_per_unit: zero of a service expected, came 1',
    ],
    [
      'a service with a primary equivalent',
      { basket_group: 'service', unit: '0,PCS', grams_per_unit: 0 },
      'primary_ppm: zero of a service expected, came 1000000',
    ],
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
    expectRefusal(send('setproduct', 'ano', productOf('beet', over)), reason),
  );
});

describe('regcoop', () => {
  it('changes a known cooperative', async () => {
    await send('regcoop', 'ano', coopOf('rivercoop', { union: 'forestcoop', legal_form: 'agricultural' }));
    expect(await rowOf('coops', 'rivercoop')).toMatchObject({
      union: 'forestcoop',
      legal_form: 'agricultural',
    });
  });

  it('is for ano alone', () =>
    expectRefusal(send('regcoop', 'forestcoop', coopOf('forestcoop')), 'ano', MISSING_AUTHORITY));

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
    expectRefusal(send('regcoop', 'ano', coopOf('forestcoop', over)), reason),
  );
});
