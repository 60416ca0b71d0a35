import { describe, expect, it } from 'vitest';
import { catalogue } from '../messages/index.ts';
import { actAmounts, decisionSays, lotIdentity, signerRole } from './act.ts';

const plain = (text: string) => text.replaceAll(/[\u202F\u00A0]/g, ' ');
const m = catalogue.ru;
const named = (kind: string) =>
  actAmounts({ kind, status: '', parent: '7', quantity: '1240.000', rejected: '10.500' }, m).map(
    ({ name, value }) => `${name} ${value}`,
  );

describe('the quantities of an act', () => {
  it.each([
    ['accept', ['привезено 1250.500', 'отклонено 10.500', 'принято 1240.000']],
    ['ship', ['отправлено 1240.000']],
    ['receive', ['получено 1240.000']],
    ['loss', ['потеряно 1240.000']],
    ['sellout', ['продано 1240.000']],
    ['issue', ['выдано 1240.000']],
  ])('%s: %j', (kind, expected) => {
    expect(named(kind)).toEqual(expected);
  });
});

describe('the identity of a lot', () => {
  const sums = {
    entered: '1240',
    shipped: '400',
    issued: '360.5',
    sold: '0',
    processed: '0',
    lost: '0',
    stock: '479.5',
  };
  const act = {
    act: '1',
    parent: '0',
    status: '',
    at: '',
    lot: '1',
    quantity: '1',
    unit: 'KG',
    from: '',
    fromTitle: '',
    fromPoint: '',
  };
  const first = { ...act, to: '', toTitle: '', toPoint: '' };

  it('names the parts that are, and what is left', () => {
    const way = { acts: [{ ...first, kind: 'accept' }], more: 0, sums };
    expect(plain(lotIdentity(way, 'кг', m))).toBe(
      'Принято 1 240 кг = отправлено 400 + выдано 360,5 + осталось 479,5',
    );
  });

  it('says zero when nothing is left, and how the lot came', () => {
    const gone = { ...sums, issued: '0', shipped: '1240', stock: '0' };
    const way = { acts: [{ ...first, kind: 'receive' }], more: 0, sums: gone };
    expect(plain(lotIdentity(way, 'кг', m))).toBe('Получено 1 240 кг = отправлено 1 240 + осталось 0');
  });
});

it('says as what a person signed, and when nobody can tell', () => {
  const signer = { actor: 'a', permission: 'active' };
  expect(signerRole({ ...signer, role: 'chair', section: 'Кордон' }, m)).toBe(
    'председатель, участок «Кордон»',
  );
  expect(signerRole({ ...signer, role: 'recipient', section: '' }, m)).toBe('получил товар');
  expect(signerRole({ ...signer, role: null, section: '' }, m)).toBe('роль неизвестна');
});

describe('the decision of an act', () => {
  const vote = { mode: 'vote', seats: 5, votesFor: 3, votesAgainst: 1, signer: 'seat1', robot: '' };
  it.each([
    [{ ...vote, membersFor: [] }, '', 'голосование: за 3, против 1, мест в совете 5; подписал seat1'],
    [
      { ...vote, mode: 'robot', robot: 'market', membersFor: ['seat1', 'seat2'] },
      'market',
      'робот market по доверенности, отвечают: seat1, seat2',
    ],
    [
      { ...vote, robot: 'bot', membersFor: ['seat2'] },
      '',
      'голосование: за 3, против 1, мест в совете 5; робот bot по доверенности, отвечают: seat2; подписал seat1',
    ],
    [null, 'market', 'market'],
  ])('%j', (council, robot, expected) => {
    expect(plain(decisionSays({ council, robot }, m))).toBe(expected);
  });
});
