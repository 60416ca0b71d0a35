/** The one door to ECharts: only what the pictures use, drawn as SVG. */
import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, setPlatformAPI, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, SVGRenderer]);

export { init, setPlatformAPI, type EChartsType };
