import { gramsOfAct, type Load } from '../economy/loads.ts';
import type { Brought, Intake } from '../economy/plan.ts';
import { type Good, goodOf, type Maker } from '../reference/goods.ts';
import type { Member } from '../reference/members.ts';
import { isInRegion } from '../reference/territories.ts';
import { gramsOf, quantityOf } from './amounts.ts';
import { type Day, priceOf } from './day.ts';
import { pickFitting } from './choose.ts';
import { accept, buy, type Delivery } from './goods.ts';
import { country, isCountry, nowhere, territory } from './shelf.ts';
import type { Draft } from './step.ts';
import type { Story } from './stories.ts';
import type { Done, Stream } from './streams.ts';

const REJECTIONS = ['механические повреждения', 'влажность выше нормы', 'повреждена упаковка'] as const;
/** Of what makers bring, the part of members; and of what is brought, that of which nobody knows the origin. */
const MEMBERS_OF_HOUSEHOLDS = 0.05;
const MEMBERS_OF_OTHERS = 0.85;
const UNKNOWN = 0.1;
/** Goods from afar that come to a point which only sends them on. */
const THROUGH = 0.35;

type Bringing = {
  readonly oktmo: string;
  readonly good: Good;
  readonly maker: Maker;
  readonly open: readonly number[];
};

/** What makers of a municipality bring to its points: members each their own, buyers what they gather from yard to yard. */
export function intakeStreams(
  day: Day,
  { territory: oktmo, product, maker, grams }: Intake,
  days: number,
): Stream[] {
  const good = goodOf(product);
  const bringing = { oktmo, good, maker, open: day.places.handling(oktmo, product) };
  const stream = (who: string, share: number, load: Load, act: Stream['act']): Stream => ({
    key: `${who} ${oktmo} ${product} ${maker}`,
    gramsADay: (grams / days) * share,
    usual: gramsOfAct(good, load),
    act,
  });
  const isHousehold = maker === 'household';
  const share = isHousehold ? MEMBERS_OF_HOUSEHOLDS : MEMBERS_OF_OTHERS;
  return [
    stream('of a member', share, maker, (part) => fromMember(day, bringing, part)),
    stream('of others', 1 - share, isHousehold ? 'round' : maker, (part) => fromOthers(day, bringing, part)),
  ];
}

function fromMember(day: Day, bringing: Bringing, grams: number): Done | undefined {
  const { life, isOpen, places } = day;
  const { world, random } = life;
  const { oktmo, good } = bringing;
  const member = makerOf(day, bringing);
  if (member === undefined) return fromOthers(day, bringing, grams);
  const ours = places.handlingOf(member.coop, oktmo, good.product).filter(isOpen);
  if (ours.length === 0) return fromOthers(day, bringing, grams);
  const own = ours.filter((id) => world.point(id).section === member.section);
  const delivery = deliveryTo(day, bringing, grams, random.pick(own.length > 0 ? own : ours));
  return done(bringing, delivery, accept(life, member.account, rejecting(day, delivery)));
}

function fromOthers(day: Day, bringing: Bringing, grams: number): Done | undefined {
  const { life, isOpen } = day;
  const point = pickFitting(life.random, bringing.open, isOpen);
  if (point === undefined) return undefined;
  const delivery = deliveryTo(day, bringing, grams, point);
  return done(bringing, delivery, buy(life, { ...delivery, stories: ['bought from a non-member'] }));
}

const done = ({ good }: Bringing, { quantity }: Delivery, draft: Draft): Done => ({
  drafts: [draft],
  grams: gramsOf(quantity, good),
});

const deliveryTo = (
  { life }: Day,
  { oktmo, good, maker }: Bringing,
  grams: number,
  point: number,
): Delivery => ({
  point,
  product: good.product,
  quantity: quantityOf(grams, good),
  price: priceOf(life, good),
  origin: territory(oktmo),
  evidence: evidenceOf(maker, life.random.next()),
  producerKind: maker,
  stories: ['from a member'],
});

/** A member who makes it there, the greater the likelier. */
function makerOf({ life, people }: Day, { oktmo, good, maker }: Bringing): Member | undefined {
  const known = people.makers(oktmo, good.product, maker);
  if (known.length === 0) return undefined;
  for (let tries = 0; tries < 6; tries++) {
    const index = life.random.pick(known);
    const member = life.world.member(index);
    if (people.isHere(index) && life.random.chance(member.scale / 2)) return member;
  }
  return undefined;
}

function evidenceOf(maker: Maker, chance: number): number {
  if (maker === 'household') return chance < 0.8 ? 1 : 2;
  return chance < 0.6 ? 2 : 3;
}

/** Now and then a part is not taken; the rest is. */
function rejecting({ life }: Day, delivery: Delivery): Delivery {
  const quantity = Math.floor(delivery.quantity * 0.04);
  if (quantity === 0 || !life.random.chance(0.04)) return delivery;
  const stories: Story[] = [...delivery.stories, 'rejected in part'];
  return { ...delivery, rejected: { quantity, reason: life.random.pick(REJECTIONS) }, stories };
}

/** What traders bring from outside the region: to the municipality, or to a point elsewhere that sends there. */
export function broughtStream(
  day: Day,
  { territory: oktmo, product, from, grams }: Brought,
  days: number,
): Stream {
  const { life, places } = day;
  const good = goodOf(product);
  const open = places.handling(oktmo, product);
  const senders = [...new Set(open.flatMap((id) => places.sendersTo(id)))].filter((id) =>
    life.world.point(id).products.includes(product),
  );
  return {
    key: `from ${from} ${oktmo} ${product}`,
    gramsADay: grams / days,
    usual: gramsOfAct(good, 'farm'),
    act(part) {
      const through = senders.length > 0 && life.random.chance(THROUGH);
      const point = pickFitting(life.random, through ? senders : open, day.isOpen);
      if (point === undefined) return undefined;
      const quantity = quantityOf(part, good);
      const price = priceOf(life, good);
      const delivery = { point, product, quantity, price, ...comesFrom(day, from) };
      return { drafts: [buy(life, delivery)], grams: gramsOf(quantity, good) };
    },
  };
}

function comesFrom(
  { life }: Day,
  from: string,
): Pick<Delivery, 'origin' | 'evidence' | 'producerKind' | 'stories'> {
  if (life.random.chance(UNKNOWN))
    return { origin: nowhere, evidence: 0, producerKind: 'unknown', stories: ['unknown origin'] };
  const abroad = isCountry(from);
  const story = abroad ? 'brought from another country' : 'brought from another region';
  return {
    origin: abroad ? country(from) : territory(from),
    evidence: 2,
    producerKind: 'trader',
    stories: isInRegion(from) ? [] : [story],
  };
}
