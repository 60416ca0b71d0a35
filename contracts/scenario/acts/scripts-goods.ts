import { type Good, madeFrom } from '../reference/goods.ts';
import { gramsOf, quantityOf, valueOf } from './amounts.ts';
import { someLot, somePerson } from './choose.ts';
import { type Day, priceOf } from './day.ts';
import { receive } from './carry.ts';
import { paidFor } from './delivery.ts';
import { accept, type Delivery, issue, supply } from './goods.ts';
import { complaint, count, make, type Past, returned, reverseAcceptance, writeOff } from './mend.ts';
import { after, type Pause, type Script } from './script.ts';
import type { Lot } from './shelf.ts';
import type { Draft } from './step.ts';

/** What goes wrong with goods, or another way than usual. */
export const goodsScripts: readonly Script[] = [
  { rate: 0.5, play: (day) => issueThen(day, (past) => backAgain(day, past)) },
  {
    rate: 0.15,
    play: (day) => issueThen(day, (past) => complaint(day.life, past, day.life.random.chance(0.6))),
  },
  { rate: 0.25, play: spoiled },
  { rate: 1.2, play: processed },
  { rate: 0.12, play: wrongAct },
  { rate: 0.6, play: apart },
  { rate: 0.02, play: lostOnTheWay },
  { rate: 0.7, play: recounted },
];

/** A member takes a little of a lot, and something comes of it the next day. */
function* issueThen(day: Day, then: (past: Past) => Iterable<Draft>): Generator<Draft | Pause> {
  const { life } = day;
  const lot = someLot(day);
  const member = lot === undefined ? undefined : somePerson(day, lot.coop);
  if (lot === undefined || member === undefined) return;
  const good = life.world.good(lot.product);
  const quantity = Math.min(lot.stock, quantityOf(good.grams_per_unit * 4, good));
  const price = priceOf(life, good, 1.1);
  yield* paidFor(day, lot.coop, member.account, valueOf(price, quantity, good.unit));
  yield issue(life, { lot, member: member.account, quantity, price, stories: ['issued'] });
  const past = { act: life.ids.act, lot, member: member.account, quantity, price };
  yield after(1);
  if (day.isOpen(lot.point) && day.people.isHere(member.index)) yield* then(past);
}

function* backAgain({ life }: Day, past: Past): Generator<Draft> {
  yield returned(life, past, past.quantity, life.random.chance(0.4));
}

/** A lot goes bad; the council votes on it. */
function* spoiled(day: Day): Generator<Draft | Pause> {
  const lot = someLot(day, ({ since, product }) => isOld(day, since, product));
  if (lot === undefined) return;
  const quantity = Math.max(1, Math.floor(lot.stock * 0.6));
  yield* writeOff(day.life, lot, quantity, priceOf(day.life, lot.product, 2), 'порча при хранении');
}

const isOld = ({ life }: Day, since: number, product: string): boolean =>
  life.now - since > life.world.good(product).keeps * 0.5 * 86_400_000;

const LEAST_INPUT_GRAMS = 20_000;

/** Works, and kitchens and depots that have some, make of what stands there what they can, of mixed origins if possible: bread of flour, cheese of milk. */
function* processed(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const { world, random } = life;
  const batches = batchesOf(day);
  const batch =
    batches.find(({ lots }) => new Set(lots.map(({ origin }) => origin.oktmo)).size > 1) ?? batches[0];
  if (batch === undefined) return;
  const { point, input, outputs, lots } = batch;
  const good = random.pick(outputs);
  const inputs = lots.map((lot) => ({ lot, quantity: Math.ceil(lot.stock * 0.7) }));
  const grams = inputs.reduce((sum, { quantity }) => sum + gramsOf(quantity, world.good(input)), 0);
  const quantity = quantityOf(grams / (good.recipe?.ratio ?? 1), good);
  yield make(life, inputs, { point, product: good.product, quantity, price: priceOf(life, good) });
}

type Batch = {
  readonly point: number;
  readonly input: string;
  readonly outputs: readonly Good[];
  readonly lots: readonly Lot[];
};

function batchesOf(day: Day): Batch[] {
  const { life, places, isOpen } = day;
  const { world, shelf } = life;
  const works = shelf.points().filter((id) => isOpen(id) && !places.hasRole(id, 'counter'));
  return works
    .flatMap((point) =>
      shelf.productsAt(point).map((input): Batch => {
        const { products } = world.point(point);
        const outputs = madeFrom(input).filter(({ product }) => products.includes(product));
        return { point, input, outputs, lots: someOfEach(shelf.lots(point, input)) };
      }),
    )
    .filter(
      ({ outputs, lots, input }) => outputs.length > 0 && gramsIn(day, lots, input) >= LEAST_INPUT_GRAMS,
    );
}

/** The oldest lot of every origin before second ones: five at most. */
function someOfEach(lots: readonly Lot[]): readonly Lot[] {
  const firsts = new Map(lots.toReversed().map((lot) => [lot.origin.oktmo, lot]));
  const chosen = new Set([...firsts.values(), ...lots]);
  return [...chosen].slice(0, 5);
}

const gramsIn = ({ life }: Day, lots: readonly Lot[], product: string): number =>
  lots.reduce((sum, { stock }) => sum + gramsOf(stock, life.world.good(product)), 0);

/** What a person of a section brings to one of its points. */
function* household(day: Day): Generator<{ member: string; index: number; delivery: Delivery }> {
  const { life, isOpen } = day;
  const { world, random } = life;
  const lot = someLot(
    day,
    ({ origin, product }) => world.good(product).madeBy.household > 0 && origin.oktmo !== '',
  );
  const member = lot === undefined ? undefined : somePerson(day, lot.coop, lot.origin.oktmo);
  if (lot === undefined || member === undefined || !isOpen(lot.point)) return;
  const good = world.good(lot.product);
  const delivery: Delivery = {
    point: lot.point,
    product: lot.product,
    quantity: quantityOf(good.grams_per_unit * random.int(4, 9), good),
    price: priceOf(life, good),
    origin: lot.origin,
    evidence: 1,
    producerKind: 'household',
    stories: ['from a member'],
  };
  yield { member: member.account, index: member.index, delivery };
}

/** A nought too many is written down; both sign the opposite, and then the right act. */
function* wrongAct(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  for (const { member, delivery } of household(day)) {
    const quantity = delivery.quantity * 10;
    yield accept(life, member, { ...delivery, quantity });
    const lot = life.shelf.newest(delivery.point, delivery.product);
    const past = { act: life.ids.act, lot, member, quantity, price: delivery.price };
    yield reverseAcceptance(life, past);
    yield accept(life, member, delivery);
  }
}

/** The paper is left one day, and the goods are taken over the next. */
function* apart(day: Day): Generator<Draft | Pause> {
  for (const { member, index, delivery } of household(day)) {
    const { first, second } = supply(day.life, member, {
      ...delivery,
      stories: ['supplied and accepted apart'],
    });
    yield first;
    yield after(1);
    if (day.isOpen(delivery.point) && day.people.isHere(index)) yield second();
  }
}

/** Nothing of a shipment arrives. */
function* lostOnTheWay(day: Day): Generator<Draft | Pause> {
  const { life, isOpen } = day;
  const shipment = [...life.onTheWay].find(({ to }) => isOpen(to));
  if (shipment !== undefined) yield receive(life, shipment, shipment.quantity);
}

/** What stands there is weighed anew: mostly a little less, at times more. */
function* recounted(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const lot = someLot(day, ({ stock }) => stock > 100);
  if (lot === undefined) return;
  const found = Math.floor(lot.stock * 0.01);
  yield count(life, lot, life.random.chance(0.2) ? found : -found);
}
