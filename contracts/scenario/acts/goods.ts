import { assetText, roubles, valueOf } from './amounts.ts';
import { drafted, type Life, newPaper } from './life.ts';
import type { Lot, Place } from './shelf.ts';
import { type Draft, signed } from './step.ts';
import type { Story } from './stories.ts';

/** Goods brought to a point. Quantities in the product's smallest parts, prices in kopecks a whole unit. */
export type Delivery = {
  readonly point: number;
  readonly product: string;
  readonly quantity: number;
  readonly price: number;
  readonly origin: Place;
  /** 0 unknown, 1 declared, 2 document, 3 inspected. */
  readonly evidence: number;
  readonly producerKind: string;
  readonly rejected?: { readonly quantity: number; readonly reason: string };
  readonly stories: readonly Story[];
};

const market = (name: string, signers: readonly string[], data: Readonly<Record<string, unknown>>) =>
  signed('market', name, signers, data);

/** 0: the council's robot decides. */
export const BY_ROBOT = 0;

/** A member hands goods over at a point: both halves of the act of acceptance, which both sign at the counter. */
export function accept(life: Life, producer: string, delivery: Delivery): Draft {
  const hash = newPaper(life);
  return drafted(
    life,
    [supplyAction(life, producer, delivery, hash), acceptAction(life, producer, delivery, hash)],
    delivery.stories,
  );
}

/** The two halves apart: the producer leaves the paper, the chair takes the goods over later. */
export function supply(
  life: Life,
  producer: string,
  delivery: Delivery,
): { first: Draft; second: () => Draft } {
  const hash = newPaper(life);
  const first = drafted(life, [supplyAction(life, producer, delivery, hash)]);
  return {
    first,
    second: () => drafted(life, [acceptAction(life, producer, delivery, hash)], delivery.stories),
  };
}

function supplyAction({ world }: Life, producer: string, delivery: Delivery, document_hash: string) {
  const unit = world.unitOf(delivery.product);
  const brought = delivery.quantity + (delivery.rejected?.quantity ?? 0);
  return market('supply', [producer], {
    producer,
    producer_kind: delivery.producerKind,
    point_id: delivery.point,
    product: delivery.product,
    quantity: assetText(brought, unit),
    price: roubles(delivery.price),
    origin: delivery.origin,
    evidence: delivery.evidence,
    programme: world.programmeAt(delivery.point),
    document_hash,
  });
}

function acceptAction(life: Life, producer: string, delivery: Delivery, document_hash: string) {
  const { world, purses } = life;
  const unit = world.unitOf(delivery.product);
  const chair = world.chairAt(delivery.point);
  const { coop } = world.point(delivery.point);
  const value = valueOf(delivery.price, delivery.quantity, unit);
  purses.add(coop, producer, world.shareOf(value, coop));
  stock(life, delivery);
  life.ids.decision += 1;
  return market('accept', [chair], {
    chair,
    document_hash,
    quantity: assetText(delivery.quantity, unit),
    price: roubles(delivery.price),
    evidence: delivery.evidence,
    grade: life.random.pick([1, 1, 1, 2]),
    ...rejection(delivery, unit),
    decision_id: BY_ROBOT,
  });
}

const rejection = ({ rejected }: Delivery, unit: string) => ({
  rejected: assetText(rejected?.quantity ?? 0, unit),
  reject_reason: rejected?.reason ?? '',
});

/** The lot that the market will make of a delivery. */
function stock({ ids, shelf, world, now }: Life, { point, product, origin, quantity }: Delivery): void {
  ids.act += 1;
  ids.lot += 1;
  const { coop } = world.point(point);
  shelf.put({ id: ids.lot, coop, point, product, origin, since: now, accepted: quantity, stock: quantity });
}

/** Goods bought from one who is not a member: the chair alone signs. */
export function buy(life: Life, delivery: Delivery): Draft {
  const { world } = life;
  const unit = world.unitOf(delivery.product);
  const chair = world.chairAt(delivery.point);
  const action = market('buy', [chair], {
    chair,
    producer_kind: delivery.producerKind,
    point_id: delivery.point,
    product: delivery.product,
    quantity: assetText(delivery.quantity, unit),
    price: roubles(delivery.price),
    origin: delivery.origin,
    evidence: delivery.evidence,
    grade: life.random.pick([1, 1, 2]),
    ...rejection(delivery, unit),
    programme: world.programmeAt(delivery.point),
    decision_id: BY_ROBOT,
    document_hash: newPaper(life),
  });
  stock(life, delivery);
  life.ids.decision += 1;
  return drafted(life, [action], delivery.stories);
}

export type Sale = {
  readonly lot: Lot;
  readonly quantity: number;
  readonly price: number;
  readonly to: Place;
  readonly recipientKind: 'ownuse' | 'catering' | 'trade' | 'processing';
  readonly stories: readonly Story[];
};

/** Goods leave the network to a buyer outside it. */
export function sellout(life: Life, { lot, quantity, price, to, recipientKind, stories }: Sale): Draft {
  const { world, shelf, ids } = life;
  const chair = world.chairAt(lot.point);
  shelf.take(lot, quantity);
  ids.act += 1;
  ids.decision += 1;
  const action = market('sellout', [chair], {
    chair,
    lot_id: lot.id,
    quantity: assetText(quantity, world.unitOf(lot.product)),
    price: roubles(price),
    recipient_kind: recipientKind,
    to,
    programme: world.programmeAt(lot.point),
    decision_id: BY_ROBOT,
    document_hash: newPaper(life),
  });
  return drafted(life, [action], stories);
}

export type Portion = {
  readonly lot: Lot;
  readonly member: string;
  readonly quantity: number;
  readonly price: number;
  /** The order that this fills; 0 none. */
  readonly order?: number;
  readonly stories: readonly Story[];
};

/** A member takes goods for own use: claim and issue, which both sign at the counter. The share account pays. */
export function issue(life: Life, portion: Portion): Draft {
  const { world, shelf, ids, purses } = life;
  const { lot, member, quantity, price, order = 0, stories } = portion;
  const unit = world.unitOf(lot.product);
  const chair = world.chairAt(lot.point);
  const document_hash = newPaper(life);
  purses.add(lot.coop, member, -valueOf(price, quantity, unit));
  shelf.take(lot, quantity);
  ids.act += 1;
  ids.decision += 1;
  const claim = market('claim', [member], {
    member,
    lot_id: lot.id,
    quantity: assetText(quantity, unit),
    price: roubles(price),
    programme: world.programmeAt(lot.point),
    order_id: order,
    document_hash,
  });
  return drafted(
    life,
    [claim, market('issue', [chair], { chair, document_hash, decision_id: BY_ROBOT })],
    stories,
  );
}
