import { services } from '../reference/goods.ts';
import { quantityOf, valueOf } from './amounts.ts';
import { someCoop, someLot, somePerson } from './choose.ts';
import { type Day, priceOf } from './day.ts';
import { announce, cancelOrder, invest, order, payBack, pool, rent, unannounce, work } from './deals.ts';
import { paidFor } from './delivery.ts';
import { issue } from './goods.ts';
import { payIn } from './money.ts';
import { after, type Pause, type Script } from './script.ts';
import type { Lot } from './shelf.ts';
import type { Draft } from './step.ts';

/** What members agree on with each other and with their cooperative. */
export const dealScripts: readonly Script[] = [
  { rate: 0.5, play: (day) => announced(day, 'offer', false) },
  { rate: 0.3, play: (day) => announced(day, 'need', false) },
  { rate: 0.2, play: (day) => announced(day, 'offer', true) },
  { rate: 0.3, play: service },
  { rate: 0.9, play: ordered },
  { rate: 0.2, play: orderedInVain },
  { rate: 1.5, play: worked },
  { rate: 0.05, play: rented },
  { rate: 0.04, play: invested },
  { rate: 0.03, play: pooled },
];

type Found = {
  readonly lot: Lot;
  readonly member: string;
  readonly index: number;
  readonly price: number;
  readonly quantity: number;
};

/** A member of the cooperative, and some of what its points have. */
function* found(day: Day): Generator<Found> {
  const lot = someLot(day);
  const member = lot === undefined ? undefined : somePerson(day, lot.coop);
  if (lot === undefined || member === undefined) return;
  const good = day.life.world.good(lot.product);
  const quantity = quantityOf(good.grams_per_unit * day.life.random.int(2, 8), good);
  yield { lot, member: member.account, index: member.index, quantity, price: priceOf(day.life, good, 1.1) };
}

function* announced(day: Day, kind: 'offer' | 'need', isTakenBack: boolean): Generator<Draft | Pause> {
  for (const { lot, member, index, quantity, price } of found(day)) {
    const wants = day.life.random.chance(0.4) ? ['potato', 'eggs'] : [];
    yield announce(
      day.life,
      kind,
      { member, point: lot.point, product: lot.product, quantity, price },
      wants,
    );
    const offer = day.life.ids.offer;
    if (!isTakenBack) return;
    yield after(4);
    if (day.people.isHere(index)) yield unannounce(day.life, member, offer);
  }
}

function* service(day: Day): Generator<Draft | Pause> {
  for (const { lot, member } of found(day)) {
    const { product } = day.life.random.pick(services);
    yield announce(day.life, 'offer', { member, point: lot.point, product, quantity: 4, price: 900_00 });
  }
}

function* ordered(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  for (const { lot, member, index, quantity, price } of found(day)) {
    const { point, product } = lot;
    yield order(life, { member, point, product, quantity, price });
    const placed = life.ids.order;
    yield after(life.random.int(1, 5));
    if (!day.people.isHere(index)) return;
    const there = day.isOpen(point)
      ? life.shelf.lots(point, product).find(({ stock }) => stock >= quantity)
      : undefined;
    if (there === undefined) {
      yield cancelOrder(life, member, placed);
      return;
    }
    yield* paidFor(day, there.coop, member, valueOf(price, quantity, life.world.unitOf(product)));
    yield issue(life, {
      lot: there,
      member,
      quantity,
      price,
      order: placed,
      stories: ['issued', 'order filled'],
    });
  }
}

function* orderedInVain(day: Day): Generator<Draft | Pause> {
  for (const { lot, member, index, quantity, price } of found(day)) {
    yield order(day.life, { member, point: lot.point, product: lot.product, quantity, price });
    const placed = day.life.ids.order;
    yield after(3);
    if (day.people.isHere(index)) yield cancelOrder(day.life, member, placed);
  }
}

function* worked(day: Day): Generator<Draft | Pause> {
  const { life, isOpen } = day;
  const coop = someCoop(day);
  const member = somePerson(day, coop);
  const point = life.random.pick(life.world.reference.pointsOf(coop)).id;
  if (member !== undefined && isOpen(point))
    yield work(life, member.account, point, life.random.int(4, 32) * 15);
}

const THINGS = [
  ['machine', 'Мотоблок'],
  ['vehicle', 'Прицеп'],
  ['storage', 'Погреб'],
] as const;

function* rented(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const coop = someCoop(day);
  const owner = somePerson(day, coop)?.account;
  const renter = somePerson(day, coop);
  if (owner === undefined || renter === undefined || owner === renter.account) return;
  const [kind, title] = life.random.pick(THINGS);
  const price = life.random.int(8, 40) * 100_00;
  yield* paidFor(day, coop, renter.account, price);
  const point = life.random.pick(life.world.reference.pointsOf(coop)).id;
  const [adding, letting, ending] = rent(life, { owner, renter: renter.account, point, kind, title, price });
  yield* [adding, letting];
  yield after(Math.min(20, Math.floor(life.world.region.days / 5)));
  if (day.people.isHere(renter.index)) yield ending();
}

function* invested(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const coop = someCoop(day);
  const member = somePerson(day, coop)?.account;
  if (member === undefined) return;
  const amount = life.random.int(20, 120) * 1_000_00;
  yield payIn(life, coop, member, amount * 2);
  yield invest(life, coop, member, amount, 6);
  const id = life.ids.invest;
  yield after(Math.min(150, Math.floor(life.world.region.days / 6)));
  yield payBack(life, coop, id, { member, amount });
}

function* pooled(day: Day): Generator<Draft | Pause> {
  const { life } = day;
  const coop = someCoop(day);
  const members = new Set([1, 2, 3].map(() => somePerson(day, coop)?.account));
  members.delete(undefined);
  if (members.size < 2) return;
  yield* pool(
    life,
    coop,
    [...members].map((member) => ({ member: member ?? '', amount: 15_000_00 })),
  );
}
