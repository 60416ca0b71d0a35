import { DAY_MS } from '../plan.ts';
import type { Life } from './life.ts';

/** Place of the section, within its cooperative's and in the last of the first two cooperatives, that falls silent. */
const SECTION = 6;
/** When it does, as a share of the days played; for a month where they are many. */
const BEGINS = 0.4;
const LASTS_DAYS = 31;

/** A section gives no acts for a month: its goods stand still, and the figures have a gap. */
export function silentSection(life: Life): (section: number) => boolean {
  const { world } = life;
  const { firstDay, days } = world.region;
  const section = Math.min(SECTION, world.reference.sections);
  const from = firstDay + Math.floor(days * BEGINS) * DAY_MS;
  const to = from + Math.min(LASTS_DAYS, Math.ceil(days / 4)) * DAY_MS;
  return (asked) => asked === section && life.now >= from && life.now < to;
}
