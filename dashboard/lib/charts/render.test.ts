import { describe, expect, it } from 'vitest';
import type { Measure, SeriesAnswer, SpanRow } from '../../api/wire.ts';
import { catalogue } from '../messages/index.ts';
import { rollingYear } from '../filters/period.ts';
import { chartModels } from './model.ts';
import { chartOption } from './option.ts';
import { renderChart } from './render.ts';

const measure = (rub: string): Measure => ({ kg: null, rub, acts: '3' });
const span = (from: string, rub: string, share: SpanRow['share']): SpanRow => ({
  from,
  production: measure(rub),
  outflow: measure('0'),
  consumption: measure(rub),
  local: measure(rub),
  brought: measure('0'),
  unknown_origin: measure('0'),
  share,
});
const series = (rows: SpanRow[]): SeriesAnswer => ({
  asOf: { block: 1, time: null },
  territory: { oktmo: '02000000', title: 'Заречная область', parents: [] },
  period: rollingYear('2026-10-03'),
  filter: { group: '', product: '' },
  grain: 'month',
  rows,
});
const some = series([
  span('2026-08-01', '1234567.50', { local: '48.4', brought: '40.2', unknown: '11.4' }),
  span('2026-10-01', '2400000.00', { local: '50.0', brought: '50.0', unknown: '0.0' }),
]);
const models = chartModels(some, catalogue.ru, '2026-10-03');

describe('models', () => {
  it('keep a month without acts as a gap, never zero', () => {
    const [production] = models;
    expect(production?.points.map(({ values }) => values[0])).toEqual([
      ...Array<null>(9).fill(null),
      1.2345675,
      null,
      2.4,
    ]);
    expect(production?.points[10]).toMatchObject({
      text: 'нет данных',
      cells: ['—', '—', '—'],
      p: '2026-09',
    });
    expect(production?.unit).toBe('млн ₽');
  });

  it('do not draw the future', () => {
    const [early] = chartModels({ ...some, rows: [] }, catalogue.ru, '2026-02-15');
    expect(early?.points).toHaveLength(4);
    expect(early?.summary).toBe('Производство: данных нет');
  });

  it('say what the picture shows', () => {
    expect(models[3]?.summary.replaceAll('\u202F', ' ').replaceAll('\u00A0', ' ')).toBe(
      'Местное на столе: 2 точки с данными, от 48 % до 50 %',
    );
    expect(models[3]?.points[9]?.text).toContain('неизвестно 11,4');
  });
});

describe('options', () => {
  it('start at zero, have one axis of values, and no motion', () => {
    for (const model of models) {
      const option = chartOption(model);
      expect(option).toMatchObject({ animation: false, yAxis: { min: 0 } });
      expect(Array.isArray(option.yAxis)).toBe(false);
    }
  });

  it('put the unknown between local and brought in, each with its own pattern', () => {
    const { series: parts } = chartOption(models[3] ?? never());
    expect(parts).toMatchObject([
      { itemStyle: { color: 'var(--local-area)' } },
      { itemStyle: { color: 'var(--paper)', decal: { color: 'var(--unknown-line)' } } },
      { itemStyle: { color: 'var(--brought-area)', decal: { symbol: 'circle' } } },
    ]);
  });
});

function never(): never {
  throw new Error('no such model');
}

describe('a picture', () => {
  it.each(models.map((model) => [model.name, model] as const))('%s is as accepted', async (name, model) => {
    await expect(renderChart(model, 'wide')).toMatchFileSnapshot(`golden/${name}.golden.svg`);
  });

  it('names all twelve months on a wide column and on paper', () => {
    for (const size of ['wide', 'paper'] as const) {
      const picture = renderChart(models[0] ?? never(), size);
      for (const { label } of models[0]?.points ?? never()) expect(picture).toContain(`>${label}</text>`);
    }
    expect(models[0]?.points).toHaveLength(12);
  });

  it('is the same text every time, takes its colours from the page and carries no code', async () => {
    const [first, again] = [
      renderChart(models[0] ?? never(), 'narrow'),
      renderChart(models[0] ?? never(), 'narrow'),
    ];
    expect(first).toBe(again);
    expect(first).toContain('var(--local-area)');
    expect(first).not.toMatch(/<script|<style|onload/);
  });
});
