import { type Good, goods, type Maker, makers } from '../reference/goods.ts';
import { gramsOfAct } from '../economy/loads.ts';
import { municipalities } from '../reference/territories.ts';
import { someLot } from './choose.ts';
import type { Day } from './day.ts';
import { deliveryStreams, outgoStream } from './delivery.ts';
import { broughtStream, intakeStreams } from './intake.ts';
import { arrive, restocking } from './restock.ts';
import type { Draft } from './step.ts';
import type { Stream } from './streams.ts';

const DAYS = 30;

/** An act out of the mix that a usual day has, as one or more transactions; none where the chosen kind has nothing to work with. */
export function liveDraft(day: Day): readonly Draft[] {
  const { random } = day.life;
  const dice = random.next();
  const arrived = dice < 0.1 ? arrive(day).next() : undefined;
  if (arrived?.done === false) return [arrived.value];
  if (dice < 0.5) return fromShelf(day, dice);
  const { oktmo } = random.pick(municipalities);
  const handled = goods.filter(({ product }) => day.places.handling(oktmo, product).length > 0);
  if (handled.length === 0) return [];
  const good = random.pick(handled);
  const stream = dice < 0.92 ? intake(day, oktmo, good) : brought(day, oktmo, good);
  return done(stream, random.next());
}

/** Somebody takes of what stands at a point. */
function fromShelf(day: Day, dice: number): readonly Draft[] {
  const { random, world } = day.life;
  const lot = someLot(day);
  if (lot === undefined) return [];
  const { oktmo: territory } = world.point(lot.point);
  const common = { territory, product: lot.product, grams: world.good(lot.product).grams_per_unit * 5000 };
  if (dice < 0.16) return asList(restocking(day, { ...common, use: 'own' }, DAYS)());
  if (dice < 0.2)
    return done(outgoStream(day, { ...common, to: random.pick(['01000000', '50000000']) }, DAYS), 0.3);
  const use = dice < 0.26 ? 'catering' : 'own';
  const [issue, counter] = deliveryStreams(day, { ...common, use }, DAYS);
  return done(dice < 0.42 ? issue : (counter ?? issue), random.next());
}

const asList = (draft: Draft | undefined): readonly Draft[] => (draft === undefined ? [] : [draft]);

function intake(day: Day, territory: string, good: Good): Stream | undefined {
  const made = makers.filter((maker) => good.madeBy[maker] > 0);
  if (made.length === 0) return brought(day, territory, good);
  const maker: Maker = day.life.random.pick(made);
  const load = { territory, product: good.product, maker, grams: gramsOfAct(good, maker) };
  return intakeStreams(day, load, DAYS)[day.life.random.chance(0.7) ? 0 : 1];
}

const brought = (day: Day, territory: string, { product }: Good): Stream =>
  broughtStream(
    day,
    { territory, product, from: day.life.random.pick(['01000000', '50000000', 'KZ']), grams: 1 },
    DAYS,
  );

const done = (stream: Stream | undefined, chance: number): readonly Draft[] =>
  stream?.act(stream.usual * (0.4 + chance))?.drafts ?? [];
