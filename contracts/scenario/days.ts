import { acceptBought, acceptFromMember, type Source } from './accept.ts';
import type { Act, Moment } from './act.ts';
import { receive, ship } from './carry.ts';
import { type Buyer, clearOut, issue, sellout, staleLots } from './give.ts';
import { emptyShelf, type Shelf } from './shelf.ts';
import { seededRandom, type Random } from './random.ts';
import { type Point, pointOf, STEPPE } from './reference.ts';
import type { Region } from './plan.ts';
import { plenty, habitOf, productNames } from './season.ts';

export const DAY_MS = 86_400_000;
const OPENING_MS = 3 * 3_600_000;
const LONGEST_PAUSE_S = 1200;

/** Acts expected on a usual weekday, beside the season's acceptances from members. */
const bought: readonly (readonly [Source, number])[] = [
  ['neighbour', 1.3],
  ['unknown', 0.7],
  ['region', 0.8],
  ['country', 0.35],
];
const sales: readonly (readonly [Buyer, number])[] = [
  ['market', 1.6],
  ['school', 1.2],
  ['outside', 1.9],
  ['abroad', 0.3],
];
const SHIPMENTS = 4;
const ISSUES = 17;
const CLEARED = 2;
/** Of the lots past their time, a day: the more there are, the more go. */
const CLEARED_SHARE = 0.04;

type Day = {
  readonly region: Region;
  readonly index: number;
  readonly random: Random;
  readonly shelf: Shelf;
  /** Against a usual weekday: Sunday is quiet. */
  readonly pace: number;
  readonly isSchoolDay: boolean;
};

/**
 * The acts of a region in order of time, with the ids that the market will give. They depend on the plan alone:
 * every call gives the same ones. Amounts never go below what the lots hold.
 */
export function* regionActs(region: Region): Generator<Act> {
  const random = seededRandom(`acts of ${region.seed}`);
  const shelf = emptyShelf();
  for (let index = 0; index < region.days; index++) {
    const weekday = new Date(region.firstDay + index * DAY_MS).getUTCDay();
    const pace = weekday === 0 ? 0.4 : 1;
    yield* dayActs({ region, index, random, shelf, pace, isSchoolDay: weekday >= 1 && weekday <= 5 });
  }
}

function* dayActs(day: Day): Generator<Act> {
  const { random, shelf, pace, region } = day;
  const clock = dayClock(day);
  const isOpen = openPoints(day);
  const moment = (): Moment => ({ at: clock(), random, shelf, members: region.members, seed: region.seed });
  function* repeat(expected: number, compose: (at: Moment) => Act | undefined): Generator<Act> {
    for (let left = random.times(expected * pace); left > 0; left--) {
      const act = compose(moment());
      if (act !== undefined) yield act;
    }
  }
  const arrivals = function* (share: number): Generator<Act> {
    const waiting = shelf.onTheWay.filter(({ to }) => isOpen(pointOf(to)));
    for (const shipment of waiting) if (random.chance(share)) yield receive(moment(), shipment);
  };

  yield* arrivals(1);
  for (const product of productNames) {
    const expected = habitOf(product).acceptances * plenty(product, region.firstDay + day.index * DAY_MS);
    yield* repeat(expected, (now) => acceptFromMember(withoutFailedMilk(now, day, product), product, isOpen));
  }
  for (const [source, expected] of bought)
    yield* repeat(expected, (now) => acceptBought(now, source, isOpen));
  yield* repeat(SHIPMENTS, (now) => ship(now, isOpen));
  for (const [buyer, expected] of sales)
    if (buyer !== 'school' || day.isSchoolDay) yield* repeat(expected, (now) => sellout(now, buyer, isOpen));
  yield* arrivals(0.6);
  yield* repeat(ISSUES, (now) => issue(now, isOpen));
  yield* repeat(CLEARED + staleLots(shelf, region.firstDay + day.index * DAY_MS) * CLEARED_SHARE, (now) =>
    clearOut(now, isOpen),
  );
}

/** Each reading is a little later: by 10 minutes on average, so that a day of 45 acts takes 8 hours. */
function dayClock({ region, index, random }: Day): () => number {
  let at = region.firstDay + index * DAY_MS + OPENING_MS;
  return () => (at += random.int(20, LONGEST_PAUSE_S) * 1000);
}

/** A section that sends no acts for a quarter of the time: its goods stand still, and the figures have a gap. */
const SILENT_SECTION = 5;
function openPoints({ index, region }: Day): (point: Point) => boolean {
  const share = index / region.days;
  const isSilent = share >= 0.4 && share < 0.65;
  return ({ section }) => !(isSilent && section === SILENT_SECTION);
}

/** In the last third of the time the herds of one district give almost no milk. */
function withoutFailedMilk(moment: Moment, { index, region }: Day, product: string): Moment {
  const failed = product === 'milk' && index >= (region.days * 2) / 3 && moment.random.chance(0.9);
  return failed
    ? { ...moment, members: moment.members.filter(({ residence }) => residence !== STEPPE) }
    : moment;
}
