export { planRegion, type Region } from './plan.ts';
export { playRegion, type PlayOptions, type Progress } from './play.ts';
