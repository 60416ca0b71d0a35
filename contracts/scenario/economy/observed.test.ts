import { expect, test } from 'vitest';
import { referenceOf } from '../reference/reference.ts';
import { CITY, FOREST, STEPPE } from '../reference/territories.ts';
import { monthOf } from './calendar.ts';
import { observedIn, type Told } from './observed.ts';
import type { Observed } from './truth.ts';

const reference = referenceOf('observed', { members: 40, coops: 2 });
const at = Date.UTC(2026, 8, 3);
const eater = reference.member(0);

let acts = 0;
const act = (...actions: readonly (readonly [string, Readonly<Record<string, unknown>>])[]): Told => ({
  at,
  actions: actions.map(([name, data]) => ({ account: 'market', name, data })),
  after: { act: ++acts },
});
const territory = (oktmo: string) => ({ point_id: 0, oktmo, country: '' });
const potato = (oktmo: string, quantity: string) => ({
  product: 'potato',
  quantity,
  origin: territory(oktmo),
});
const see = (...steps: Told[]): Omit<Observed, 'month'>[] => {
  const rows = [...observedIn(steps, reference)];
  expect(rows.every(({ month }) => month === monthOf(at))).toBe(true);
  return rows.map(({ territory: place, product, what, grams }) => ({
    territory: place,
    product,
    what,
    grams,
  }));
};

test('what is accepted counts where it was made, as much as was accepted', () => {
  const supply = { ...potato(STEPPE, '12.500 KG'), document_hash: 'a' };
  const seen = see(act(['supply', supply], ['accept', { document_hash: 'a', quantity: '12.000 KG' }]));
  expect(seen).toEqual([{ territory: STEPPE, product: 'potato', what: 'made', grams: 12_000 }]);
});

test('goods from outside, or of unknown origin, are not made here', () => {
  const unknown = { ...potato('', '3.000 KG') };
  const abroad = {
    product: 'potato',
    quantity: '3.000 KG',
    origin: { point_id: 0, oktmo: '', country: 'KZ' },
  };
  expect(
    see(act(['buy', potato('01000000', '5.000 KG')]), act(['buy', unknown]), act(['buy', abroad])),
  ).toEqual([]);
});

test('a member eats at home, of goods of home, brought in or unknown', () => {
  const claim = (lot_id: number) => ({
    member: eater.account,
    lot_id,
    quantity: '1.000 KG',
    document_hash: `claim ${lot_id}`,
  });
  const issue = (lot_id: number) =>
    act(['claim', claim(lot_id)], ['issue', { document_hash: `claim ${lot_id}` }]);
  const away = eater.residence === FOREST ? STEPPE : FOREST;
  const seen = see(
    act(['buy', potato(eater.residence, '9.000 KG')]),
    act(['buy', potato(away, '9.000 KG')]),
    act(['buy', potato('', '9.000 KG')]),
    issue(1),
    issue(2),
    issue(3),
  );
  const eaten = seen.filter(({ what }) => what !== 'made');
  expect(eaten.map(({ what }) => what)).toEqual(['local', 'brought', 'unknown']);
  expect(eaten.every(({ territory: place, grams }) => place === eater.residence && grams === 1000)).toBe(
    true,
  );
});

test('goods keep their origin on the way; what a kitchen buys is eaten, what a trader buys is not', () => {
  const shipping = act(['ship', { lot_id: 1 }]);
  const receipt = { shipment_id: shipping.after.act, quantity: '4.000 KG' };
  const sellout = (recipient_kind: string) => ({
    lot_id: 2,
    quantity: '2.000 KG',
    recipient_kind,
    to: territory(CITY),
  });
  const seen = see(
    act(['buy', potato(CITY, '9.000 KG')]),
    shipping,
    act(['receive', receipt]),
    act(['sellout', sellout('catering')]),
    act(['sellout', sellout('trade')]),
  );
  expect(seen.slice(1)).toEqual([{ territory: CITY, product: 'potato', what: 'local', grams: 2000 }]);
});

test('a shipment that is wholly lost makes no lot, goods of mixed origins are of unknown origin', () => {
  const shipping = act(['ship', { lot_id: 1 }]);
  const seen = see(
    act(['buy', potato(CITY, '9.000 KG')]),
    shipping,
    act(['receive', { shipment_id: shipping.after.act, quantity: '0.000 KG' }]),
    act(['buy', potato(FOREST, '9.000 KG')]),
    act(['process', { product: 'potato', inputs: [{ lot_id: 1 }, { lot_id: 2 }] }]),
    act(['sellout', { lot_id: 3, quantity: '1.000 KG', recipient_kind: 'ownuse', to: territory(CITY) }]),
  );
  expect(seen.at(-1)?.what).toBe('unknown');
});

test('what is reversed or given back is taken from what was told', () => {
  const [accepted, claim] = [
    potato(eater.residence, '50.000 KG'),
    { member: eater.account, lot_id: 1, quantity: '3.000 KG', document_hash: 'c' },
  ];
  const buying = act(['buy', accepted]);
  const issuing = act(['claim', claim], ['issue', { document_hash: 'c' }]);
  const back = { act_id: issuing.after.act, quantity: '2.000 KG', document_hash: 'g' };
  const seen = see(
    buying,
    issuing,
    act(['giveback', back], ['takeback', { document_hash: 'g', fit: true }]),
    act(['reverse', { act_id: buying.after.act }]),
  );
  expect(seen.map(({ what, grams }) => [what, grams])).toEqual([
    ['made', 50_000],
    ['local', 3000],
    ['local', -2000],
    ['made', -50_000],
  ]);
});

test('acts about lots and shipments that nobody told of are refused', () => {
  expect(() => see(act(['ship', { lot_id: 1 }]))).toThrow(
    new RangeError('a lot from 1 to 0 expected, got 1'),
  );
  const receipt = { shipment_id: 7, quantity: '1.000 KG' };
  expect(() => see(act(['receive', receipt]))).toThrow(
    new RangeError('a shipment on the way expected, got 7'),
  );
});
