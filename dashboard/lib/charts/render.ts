import { init } from './engine.ts';
import type { ChartModel } from './model.ts';
import { chartOption } from './option.ts';

/** A picture is laid out twice: for a wide column and for a phone, where scaling down would make text unreadable. */
export const SIZES = { wide: { width: 560, height: 220 }, narrow: { width: 320, height: 230 } } as const;
export type Size = keyof typeof SIZES;

/** SVG text of a picture, for the first HTML. The same model gives the same text: ids are named after the chart. */
export function renderChart(model: ChartModel, size: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...SIZES[size] });
  try {
    chart.setOption(chartOption(model));
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
