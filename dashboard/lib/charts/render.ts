import { init, setPlatformAPI } from './engine.ts';
import type { ChartModel } from './model.ts';
import { chartOption } from './option.ts';

/**
 * A picture is laid out for a wide column, for a phone and for half the width of a sheet of paper: scaled down from the wide
 * one, its text would be unreadable.
 */
export const SIZES = {
  wide: { width: 560, height: 220 },
  narrow: { width: 320, height: 230 },
  paper: { width: 420, height: 256 },
} as const;
export type Size = keyof typeof SIZES;
export type Stills = Readonly<Record<Size, string>>;
/** Months of a year have room for their names on paper, side by side. */
const PAPER_NAMES = 12;

/**
 * Widths of Golos Text in ems, rounded up: without a browser ECharts takes a Cyrillic letter for 1 em and drops labels that fit.
 * The height of a line it takes from the width of an ideograph.
 */
const EM = { letter: 0.62, digit: 0.6, ideograph: 1, other: 0.35 } as const;

function ems(sign: string): number {
  if (/\p{Script=Han}/u.test(sign)) return EM.ideograph;
  if (/\p{L}/u.test(sign)) return EM.letter;
  return /\d/.test(sign) ? EM.digit : EM.other;
}

/** Width in px of text in a font like «11px Golos Text». */
export function measureText(text: string, font = '12px'): { width: number } {
  const size = Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 12);
  return { width: size * Array.from(text, ems).reduce((sum, em) => sum + em, 0) };
}
setPlatformAPI({ measureText });

/** A picture in every size. */
export const renderStills = (model: ChartModel): Stills => ({
  wide: renderChart(model, 'wide'),
  narrow: renderChart(model, 'narrow'),
  paper: renderChart(model, 'paper'),
});

/** SVG text of a picture, for the first HTML. The same model gives the same text: ids are named after the chart. */
export function renderChart(model: ChartModel, size: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...SIZES[size] });
  try {
    chart.setOption(chartOption(model, size === 'paper' && model.points.length <= PAPER_NAMES));
    return chart
      .renderToSVGString()
      .replace(/<style\s*>[\s\S]*?<\/style>/g, '')
      .replace(/ class="zr\d+-cls-\d+"/g, '')
      .replace(/zr\d+-/g, `${model.name}-${size}-`)
      .replace('<svg ', '<svg aria-hidden="true" focusable="false" ');
  } finally {
    chart.dispose();
  }
}
