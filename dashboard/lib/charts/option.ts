import type { BarSeriesOption } from 'echarts/charts';
import type { GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { TileName } from '../filters/indicator.ts';
import type { ChartModel } from './model.ts';

export type ChartOption = ComposeOption<BarSeriesOption | GridComponentOption>;
type Decal = NonNullable<NonNullable<BarSeriesOption['itemStyle']>['decal']>;

/** Colours are the page's own variables, so one picture serves the light and the dark theme and paper. */
const HATCH: Decal = {
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [2, 4],
  rotation: -Math.PI / 4,
  color: 'var(--unknown-line)',
};
const COUNTER_HATCH: Decal = {
  symbol: 'rect',
  dashArrayX: [1, 0],
  dashArrayY: [1, 4],
  rotation: Math.PI / 4,
  color: 'var(--paper)',
};
const DOTS: Decal = {
  symbol: 'circle',
  symbolSize: 0.6,
  dashArrayX: [
    [0, 7],
    [3.5, 3.5],
  ],
  dashArrayY: [3.5, 0],
  color: 'var(--paper)',
};

const LOCAL = { color: 'var(--local-area)' };
const BROUGHT = { color: 'var(--brought-area)', decal: DOTS };
const UNKNOWN = { color: 'var(--paper)', decal: HATCH, borderColor: 'var(--unknown-line)', borderWidth: 0.5 };
const TONES: Record<Exclude<TileName, 'structure'>, object> = {
  production: LOCAL,
  outflow: { color: 'var(--outflow)', decal: COUNTER_HATCH },
  consumption: { color: 'var(--ink-2)' },
};

/** Room for the labels of the value axis, px. */
const LEFT = 46;
const axisText = { color: 'var(--ink-3)', fontSize: 11, fontFamily: 'inherit' };

function bars(model: ChartModel, at: number, itemStyle: object, stack?: string): BarSeriesOption {
  return {
    type: 'bar',
    data: model.points.map(({ values }) => values[at] ?? '-'),
    itemStyle: itemStyle as NonNullable<BarSeriesOption['itemStyle']>,
    barMaxWidth: 44,
    barCategoryGap: '28%',
    emphasis: { disabled: true },
    ...(stack === undefined ? {} : { stack }),
  };
}

/**
 * Zero-based columns; structure is stacked to 100 % with the unknown between local and brought in. Names of points that would
 * touch are left out, unless each is to be named.
 */
export function chartOption(model: ChartModel, isEachNamed = false): ChartOption {
  const isStructure = model.name === 'structure';
  const isZero = model.points.every(({ values }) => !values[0]);
  const number = (value: number) =>
    value.toLocaleString(model.lang === 'ru' ? 'ru-RU' : 'en-GB').replaceAll('\u00A0', '\u202F');
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: LEFT, right: 2, top: 30, bottom: 22 },
    xAxis: {
      type: 'category',
      data: model.points.map(({ label }) => label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: 'var(--ink)' } },
      axisLabel: { ...axisText, ...(isEachNamed ? { interval: 0 } : { hideOverlap: true }) },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...(isStructure ? { max: 100, interval: 25 } : isZero ? { max: 1, interval: 1 } : { splitNumber: 3 }),
      name: model.unit,
      nameGap: 12,
      nameTextStyle: { ...axisText, align: 'left', padding: [0, 0, 0, -LEFT] },
      splitLine: { lineStyle: { color: 'var(--rule)' } },
      axisLabel: { ...axisText, formatter: number },
    },
    series: isStructure
      ? [bars(model, 0, LOCAL, 'parts'), bars(model, 1, UNKNOWN, 'parts'), bars(model, 2, BROUGHT, 'parts')]
      : [bars(model, 0, TONES[model.name as keyof typeof TONES])],
  };
}
