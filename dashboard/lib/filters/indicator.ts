/** Sets of movements a reader can open; each has kilograms, roubles and a number of acts in `mart.indicators`. */
export const INDICATORS = [
  'production',
  'outflow',
  'consumption',
  'local',
  'brought',
  'unknown_origin',
  'inflow',
  'outflow_all',
] as const;
export type Indicator = (typeof INDICATORS)[number];

/** Those that are drawn over time. */
export const SERIES = ['production', 'outflow', 'consumption', 'local', 'brought', 'unknown_origin'] as const;

/** The four of the overview; the structure of consumption opens into the records of consumption. */
export const TILES = ['production', 'outflow', 'consumption', 'structure'] as const;
export type TileName = (typeof TILES)[number];

export const recordsOf = (tile: TileName): Indicator => (tile === 'structure' ? 'consumption' : tile);
