import { ROUND } from './coops.ts';

/** A target consumer programme of the demo region. */
export type Programme = {
  /** The chain's: programmes are numbered from 1 as cooperatives propose them, one cooperative after another. */
  readonly id: number;
  readonly coop: number;
  readonly title: string;
  readonly for: 'goods' | 'labour' | 'growth';
  /** Share part of a contribution, in millionths. */
  readonly share_ppm: number;
};

const all = [
  { title: 'Продукты от своих', for: 'goods', share_ppm: 920_000 },
  { title: 'Труд и техника', for: 'labour', share_ppm: 850_000 },
  { title: 'Общее хозяйство', for: 'growth', share_ppm: 950_000 },
] as const;

/** Every other cooperative has no programme for growth. */
const counts = Array.from({ length: ROUND }, (_, at) => (at % 2 === 0 ? 3 : 2));
const A_ROUND = counts.reduce((sum, count) => sum + count, 0);

/** Programmes of all cooperatives before this one. */
export const programmesBefore = (coop: number): number =>
  Math.floor(coop / ROUND) * A_ROUND + counts.slice(0, coop % ROUND).reduce((sum, count) => sum + count, 0);

export const programmesOf = (coop: number): Programme[] =>
  all
    .slice(0, counts[coop % ROUND])
    .map((programme, at) => ({ id: programmesBefore(coop) + at + 1, coop, ...programme }));
