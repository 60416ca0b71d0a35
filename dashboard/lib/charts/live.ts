import { init } from './engine.ts';
import type { ChartModel } from './model.ts';
import { chartOption } from './option.ts';

/** A drawn picture in the page: follows its box, its data, and tells which point is under the pointer or clicked. */
export function drawChart(
  box: HTMLElement,
  model: ChartModel,
  on: { point(at: number | null): void; open(at: number): void },
) {
  const chart = init(box, null, { renderer: 'svg' });
  chart.setOption(chartOption(model));
  const zr = chart.getZr();
  const pointAt = (x: number, y: number): number | null => {
    if (!chart.containPixel('grid', [x, y])) return null;
    const at = chart.convertFromPixel('grid', [x, y])[0];
    return typeof at === 'number' && Number.isFinite(at) ? Math.round(at) : null;
  };
  zr.on('mousemove', ({ offsetX, offsetY }) => on.point(pointAt(offsetX, offsetY)));
  zr.on('globalout', () => on.point(null));
  zr.on('click', ({ offsetX, offsetY }) => {
    const at = pointAt(offsetX, offsetY);
    if (at !== null) on.open(at);
  });
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(box);
  return {
    update: (next: ChartModel) => chart.setOption(chartOption(next), { notMerge: true }),
    /** Left edge and width of a point's column, for the dotted guide. */
    place: (at: number) => chart.convertToPixel({ xAxisIndex: 0 }, at),
    dispose: () => {
      observer.disconnect();
      chart.dispose();
    },
  };
}
