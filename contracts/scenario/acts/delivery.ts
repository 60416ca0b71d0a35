import { gramsOfAct, type Load } from '../economy/loads.ts';
import type { Delivery, Outgo } from '../economy/plan.ts';
import { type Good, goodOf } from '../reference/goods.ts';
import type { Member } from '../reference/members.ts';
import { gramsOf, quantityOf, valueOf } from './amounts.ts';
import { pickFitting } from './choose.ts';
import { type Day, priceOf } from './day.ts';
import { issue, sellout } from './goods.ts';
import { payIn } from './money.ts';
import { country, isCountry, type Lot, territory } from './shelf.ts';
import type { Draft } from './step.ts';
import type { Story } from './stories.ts';
import type { Done, Stream } from './streams.ts';

/** Of what residents get at home, the part that goes to members; the rest is sold over the counter. */
const TO_MEMBERS = 0.006;
/** A counter's sales of so many usual spans are one act. */
const COUNTED_TOGETHER = 2;
const MARKUP = { issue: 1.1, counter: 1.3, catering: 1.15, wholesale: 1.2 } as const;
/** What a member pays in when the share account is short, at least; kopecks. */
const LEAST_PAYMENT = 2_000_00;
/** How often a member collects where the way leads, not at home. */
const AWAY = 0.06;
/** Of a lot that would be left with less than this share of an act, the act takes all. */
const REST = 0.3;

type Giving = { readonly oktmo: string; readonly good: Good; readonly points: readonly number[] };

/** What residents of a municipality get: members for their share, others over the counter, kitchens for their pupils. */
export function deliveryStreams(
  day: Day,
  { territory: oktmo, product, use, grams }: Delivery,
  days: number,
): Stream[] {
  const good = goodOf(product);
  const giving = { oktmo, good, points: day.places.handling(oktmo, product) };
  const stream = (way: Load, share: number, act: Stream['act'], times = 1): Stream => ({
    key: `${way} ${oktmo} ${product}`,
    gramsADay: (grams / days) * share,
    usual: gramsOfAct(good, way) * times,
    act,
  });
  if (use === 'catering') return [stream('catering', 1, (part) => sold(day, giving, part, 'catering'))];
  return [
    stream('issue', TO_MEMBERS, (part) => issued(day, giving, part)),
    stream('counter', 1 - TO_MEMBERS, (part) => sold(day, giving, part, 'counter'), COUNTED_TOGETHER),
  ];
}

const partOf = ({ stock }: Lot, wanted: number): number => (stock <= wanted * (1 + REST) ? stock : wanted);

function sold(
  day: Day,
  { oktmo, good, points }: Giving,
  grams: number,
  way: 'counter' | 'catering',
): Done | undefined {
  const lot = lotAt(day, points, good.product);
  if (lot === undefined) return undefined;
  const quantity = partOf(lot, quantityOf(grams, good));
  const story: Story = way === 'catering' ? 'delivered to a school' : 'sold in the district';
  const draft = sellout(day.life, {
    lot,
    quantity,
    price: priceOf(day.life, good, MARKUP[way]),
    to: territory(oktmo),
    recipientKind: way === 'catering' ? 'catering' : 'ownuse',
    stories: [story],
  });
  return { drafts: [draft], grams: gramsOf(quantity, good) };
}

/** The oldest lot at one of the points that are open. */
function lotAt({ life, isOpen }: Day, points: readonly number[], product: string): Lot | undefined {
  const isStocked = (id: number): boolean => life.shelf.oldest(id, product) !== undefined && isOpen(id);
  const point = pickFitting(life.random, points, isStocked);
  return point === undefined ? undefined : life.shelf.oldest(point, product);
}

function issued(day: Day, { oktmo, good, points }: Giving, grams: number): Done | undefined {
  const { life } = day;
  const where = life.random.chance(AWAY) ? anywhere(day, good.product) : points;
  const lot = lotAt(day, where, good.product);
  const member = lot === undefined ? undefined : eaterOf(day, oktmo, lot.coop);
  if (lot === undefined || member === undefined) return undefined;
  const quantity = Math.min(lot.stock, quantityOf(grams, good));
  const price = priceOf(life, good, MARKUP.issue);
  const drafts = paidFor(day, lot.coop, member.account, valueOf(price, quantity, good.unit));
  const away = life.world.point(lot.point).oktmo !== oktmo;
  const stories: Story[] = away ? ['issued', 'collected away from home'] : ['issued'];
  drafts.push(issue(life, { lot, member: member.account, quantity, price, stories }));
  return { drafts, grams: gramsOf(quantity, good) };
}

function anywhere({ life: { world, random }, places }: Day, product: string): readonly number[] {
  return places.handling(world.point(random.int(1, world.reference.points)).oktmo, product);
}

/** A member of the cooperative who lives there. */
function eaterOf({ life, people }: Day, oktmo: string, coop: number): Member | undefined {
  const living = people.residents(oktmo, coop);
  if (living.length === 0) return undefined;
  const index = life.random.pick(living);
  return people.isHere(index) ? life.world.member(index) : undefined;
}

/** Pays money in first where the share account is short, for some weeks ahead. */
export function paidFor({ life }: Pick<Day, 'life'>, coop: number, member: string, value: number): Draft[] {
  const short = value - life.purses.balance(coop, member);
  if (short <= 0) return [];
  const { share_ppm } = life.world.programme(coop, 'goods');
  const needed = Math.ceil((short * 1_000_000) / share_ppm);
  const kopecks = Math.ceil(Math.max(LEAST_PAYMENT, 2 * needed) / 500_00) * 500_00;
  return [payIn(life, coop, member, kopecks)];
}

/** What leaves the region, from a municipality to a buyer outside. */
export function outgoStream(day: Day, { territory: oktmo, product, to, grams }: Outgo, days: number): Stream {
  const { life } = day;
  const good = goodOf(product);
  const points = day.places.handling(oktmo, product);
  return {
    key: `out ${oktmo} ${product} ${to}`,
    gramsADay: grams / days,
    usual: gramsOfAct(good, 'wholesale'),
    act(part) {
      const lot = lotAt(day, points, product);
      if (lot === undefined) return undefined;
      const quantity = partOf(lot, quantityOf(part, good));
      const draft = sellout(life, {
        lot,
        quantity,
        price: priceOf(life, good, MARKUP.wholesale),
        to: isCountry(to) ? country(to) : territory(to),
        recipientKind: 'trade',
        stories: [isCountry(to) ? 'sold abroad' : 'sold out of the region'],
      });
      return { drafts: [draft], grams: gramsOf(quantity, good) };
    },
  };
}
