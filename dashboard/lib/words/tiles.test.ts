import { describe, expect, it } from 'vitest';
import type { IndicatorRow, IndicatorsAnswer, Measure } from '../../api/wire.ts';
import { parsePeriod, previousPeriod } from '../filters/period.ts';
import { catalogue } from '../messages/index.ts';
import { conclusion, tiles } from './tiles.ts';
import type { Goods } from './titles.ts';

const plain = (text: string) => text.replaceAll(/[\u202F\u00A0]/g, ' ');
const goods: Goods = {
  products: [
    { product: 'beef', title: 'Говядина', okpd2: '10.11.11', group: 'meat', unit: 'KG', decimals: 3 },
  ],
  groups: [
    { group: 'meat', ru: 'Мясо и мясопродукты', en: 'Meat' },
    { group: 'honey', ru: 'Мёд', en: 'Honey' },
  ],
};
const m = (rub: string, acts: string, kg: string | null = null): Measure => ({ kg, rub, acts });
const none = m('0', '0', '0');
const row = (change: Partial<IndicatorRow>): IndicatorRow => ({
  level: 'total',
  group: '',
  product: '',
  production: m('459600000.00', '214'),
  outflow: m('0', '0'),
  consumption: m('1000.00', '40'),
  local: m('484.00', '20'),
  brought: m('402.00', '15'),
  unknown_origin: m('114.00', '5'),
  inflow: none,
  outflow_all: none,
  share: { local: '48.4', brought: '40.2', unknown: '11.4' },
  ...change,
});
const meat = row({ level: 'group', group: 'meat', production: m('300000000.00', '100', '632000.000') });
const honey = row({ level: 'group', group: 'honey', production: m('100.00', '1', '0.500') });

function answer(
  rows: IndicatorRow[],
  before: IndicatorRow[] = [],
  filter = { group: '', product: '' },
  pending = 0,
): IndicatorsAnswer {
  const period = parsePeriod('2026-10');
  return {
    asOf: { block: 1, time: null },
    territory: { oktmo: '02614000', title: 'Лесной район', parents: [] },
    period,
    filter,
    rows,
    pending: { production: pending, outflow: 0, consumption: 0 },
    previous: { period: previousPeriod(period), rows: before },
  };
}
const view = (...args: Parameters<typeof answer>) => tiles(answer(...args), goods, catalogue.ru);

describe('the tiles of a basket', () => {
  const [production, outflow, , structure] = view(
    [row({}), meat, honey],
    [row({ production: m('463300000.00', '200') })],
  );

  it('speak in roubles, with the heaviest groups in kind and never their sum', () => {
    expect(production?.figure).toEqual({ figure: '459,6', unit: 'млн ₽' });
    expect(plain(production?.say ?? '')).toBe('Приняли местное: 214 актов, больше всего — мясо и мёд.');
    expect(production?.kinds.map(({ name, value }) => `${name} ${plain(value)}`)).toEqual([
      'Мясо 632,0 т',
      'Мёд 0,50 кг',
    ]);
  });

  it('compare with the period before', () => {
    expect(plain(production?.compare ?? '')).toBe('−0,8 % за месяц');
  });

  it('say so when before there was nothing, zero or a sliver', () => {
    const against = (before: IndicatorRow[]) => plain(view([row({})], before)[0]?.compare ?? '');
    expect(against([])).toBe('месяцем раньше актов не было');
    expect(against([row({ production: none })])).toBe('месяцем раньше был ноль');
    expect(against([row({ production: m('459600.00', '1') })])).toBe(
      'в 1 000 раз больше, чем месяцем раньше',
    );
  });

  it('tell a true zero from no data', () => {
    expect(outflow).toMatchObject({
      figure: { figure: '0' },
      say: 'Местное за это время не увозили: такого акта нет.',
      status: { kind: 'final' },
    });
    const [empty] = view([]);
    expect(empty).toMatchObject({ figure: { figure: '—' }, status: { kind: 'nodata' } });
  });

  it('give the share as bounds while some origin is unknown', () => {
    expect(structure?.figure).toEqual({ figure: '48–60', unit: '% стоимости' });
    expect(plain(structure?.say ?? '')).toBe(
      'Из того, что ушло на стол, своё — от 48 до 60 %: у части продуктов нет происхождения.',
    );
    const known = view([
      row({ unknown_origin: none, share: { local: '60.0', brought: '40.0', unknown: '0.0' } }),
    ])[3];
    expect(known?.figure.figure).toBe('60');
  });
});

it('a group speaks in kilograms, with roubles in the comparison', () => {
  const [production] = view([row({}), meat], [], { group: 'meat', product: '' });
  expect(production?.figure).toEqual({ figure: '632,0', unit: 'т' });
  expect(plain(production?.compare ?? '')).toMatch(/^на 300,0 млн ₽; месяцем раньше актов не было$/);
});

it('what waits for finality is said in words', () => {
  expect(plain(view([row({})], [], undefined, 37)[0]?.status.text ?? '')).toBe('37 актов ждут');
  expect(plain(view([row({})], [], undefined, 1)[0]?.status.text ?? '')).toBe('1 акт ждёт');
});

describe('the conclusion', () => {
  it('never begins a line with a dash', () => {
    expect(conclusion(answer([row({})]), catalogue.ru).title).toContain('\u00A0— ');
    expect(JSON.stringify(tiles(answer([row({}), meat, honey]), goods, catalogue.ru))).not.toContain(' — ');
  });

  it('is one sentence about the table', () => {
    expect(plain(conclusion(answer([row({})]), catalogue.ru).title)).toBe(
      'Лесной район: на столе от 48 до 60 % своего — столько видно по актам',
    );
    expect(plain(conclusion(answer([row({})]), catalogue.en).title)).toBe(
      'Лесной район: 48 to 60% of the table is local, as far as acts show',
    );
  });

  it('does not turn no data into zero', () => {
    expect(conclusion(answer([]), catalogue.ru)).toEqual({
      title: 'Лесной район: за этот период не записано ни одного акта',
      acts: null,
    });
  });
});
