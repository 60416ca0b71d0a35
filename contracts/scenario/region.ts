export { planRegion, type Region, type RegionPlan, sliceOf } from './plan.ts';
export { buildRegion, type BuildOptions, type Progress } from './play/build.ts';
export { playRegion, type PlayOptions } from './play/play.ts';
