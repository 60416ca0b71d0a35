import { describe, expect, it } from 'vitest';
import { catalogue } from '../messages/index.ts';
import { kindTitle } from './kind.ts';

describe('the kind of an act in a word', () => {
  it.each([
    ['accept', 'instock', '0', 'Принято'],
    ['loss', 'lost', '12', 'Потеряно в пути'],
    ['loss', 'lost', '0', 'Списано'],
    ['return', 'returned', '7', 'Возвращено'],
    ['return', 'spoiled', '7', 'Возвращено негодным'],
    ['process', 'made', '0', 'Сделано'],
    ['process', 'used', '9', 'Пошло в переработку'],
    ['count', 'shortage', '0', 'Недостача'],
    ['count', 'surplus', '0', 'Излишек'],
    ['reverse', 'issue', '7', 'Отмена: выдано'],
    ['reverse', 'loss', '9', 'Отмена: потери'],
    ['reverse', 'made', '9', 'Отмена: сделано'],
  ])('%s, %s, to act %s: %s', (kind, status, parent, expected) => {
    expect(kindTitle({ kind, status, parent }, catalogue.ru)).toBe(expected);
  });

  it('is the chain’s own word when the catalogue has none', () => {
    expect(kindTitle({ kind: 'barter', status: '', parent: '0' }, catalogue.ru)).toBe('barter');
  });
});
