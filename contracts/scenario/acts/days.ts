import { daysIn, type Month, monthOf } from '../economy/calendar.ts';
import { economyOf } from '../economy/economy.ts';
import { type Plan, planOf } from '../economy/plan.ts';
import { DAY_MS } from '../plan.ts';
import { createComers } from './come-and-go.ts';
import type { Day } from './day.ts';
import { deliveryStreams, outgoStream } from './delivery.ts';
import { broughtStream, intakeStreams } from './intake.ts';
import type { Life } from './life.ts';
import { createPeople } from './people.ts';
import { createPlaces } from './places.ts';
import { arrive, restocking } from './restock.ts';
import { createScripts } from './scripts.ts';
import { silentSection } from './silence.ts';
import { lookThrough } from './stale.ts';
import type { Draft } from './step.ts';
import { createStreams, type Running, type Streams } from './streams.ts';

export function dayOf(life: Life, people = createPeople(life.world)): Day {
  const { world } = life;
  const isSilent = silentSection(life);
  return {
    life,
    people,
    places: createPlaces(world),
    isOpen: (point) => !isSilent(world.point(point).section),
  };
}

/**
 * The days of a region, one after another. The acts of the day that `life.now` begins: goods come in, travel, go out; people
 * come and go; and what happens but rarely.
 */
export function createDays(life: Life): (index: number) => Generator<Draft> {
  const { region, reference } = life.world;
  const until = region.firstDay + region.days * DAY_MS;
  const day = dayOf(life);
  const plan = planOf(economyOf(reference, { from: region.firstDay, until }));
  const comers = createComers(day, life);
  const scripts = createScripts(day);
  const streams = createStreams(life.random);
  let month: Month | undefined;
  let goods: GoodsOfMonth = { incoming: [], restocks: [], outgoing: [] };
  return function* (index) {
    if (monthOf(life.now) !== month) {
      month = monthOf(life.now);
      goods = goodsOf(day, plan, month, streams);
    }
    yield* arrive(day);
    yield* streams.flow(goods.incoming);
    for (const restock of goods.restocks) {
      const draft = restock();
      if (draft !== undefined) yield draft;
    }
    yield* comers.today(index);
    yield* streams.flow(goods.outgoing);
    yield* lookThrough(day, index);
    yield* scripts.run(index);
  };
}

type GoodsOfMonth = {
  readonly incoming: readonly Running[];
  readonly restocks: readonly (() => Draft | undefined)[];
  readonly outgoing: readonly Running[];
};

function goodsOf(day: Day, plan: Plan, month: Month, streams: Streams): GoodsOfMonth {
  const { intakes, brought, deliveries, outgoes } = plan.month(month);
  const days = daysIn(month);
  return {
    incoming: streams.begin([
      ...intakes.flatMap((intake) => intakeStreams(day, intake, days)),
      ...brought.map((load) => broughtStream(day, load, days)),
    ]),
    restocks: deliveries.map((delivery) => restocking(day, delivery, days)),
    outgoing: streams.begin([
      ...deliveries.flatMap((delivery) => deliveryStreams(day, delivery, days)),
      ...outgoes.map((outgo) => outgoStream(day, outgo, days)),
    ]),
  };
}
