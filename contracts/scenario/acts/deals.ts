import { assetText, roubles } from './amounts.ts';
import { BY_ROBOT } from './goods.ts';
import { drafted, type Life, newPaper } from './life.ts';
import { sharePart } from './purses.ts';
import { type Draft, signed, timeText } from './step.ts';

const DAY_MS = 86_400_000;
const RETURN_PPM = 80_000;

export type Wish = {
  readonly member: string;
  readonly point: number;
  readonly product: string;
  readonly quantity: number;
  readonly price: number;
};

/** A member tells what there will be to have, or what is wanted, for a fortnight. */
export function announce(
  life: Life,
  kind: 'offer' | 'need',
  wish: Wish,
  wants: readonly string[] = [],
): Draft {
  const { world, ids, now } = life;
  ids.offer += 1;
  const action = signed('market', kind, wish.member, {
    member: wish.member,
    product: wish.product,
    quantity: assetText(wish.quantity, world.unitOf(wish.product)),
    price: roubles(wish.price),
    from: timeText(now),
    till: timeText(now + 14 * DAY_MS),
    best_before: timeText(now + 21 * DAY_MS),
    point_id: wish.point,
    wants,
    document_hash: newPaper(life),
  });
  return drafted(life, [action], [kind === 'offer' ? 'offered' : 'needed']);
}

/** Takes the last offer or need back. */
export const unannounce = (life: Life, member: string, offer_id: number): Draft =>
  drafted(life, [signed('market', 'withdraw', member, { member, offer_id })]);

/** A member orders goods at a point, to be issued within a fortnight. */
export function order(life: Life, wish: Wish): Draft {
  const { world, ids, now } = life;
  ids.order += 1;
  const action = signed('market', 'order', wish.member, {
    member: wish.member,
    programme: world.programmeAt(wish.point),
    product: wish.product,
    quantity: assetText(wish.quantity, world.unitOf(wish.product)),
    price: roubles(wish.price),
    point_id: wish.point,
    due: timeText(now + 14 * DAY_MS),
    document_hash: newPaper(life),
  });
  return drafted(life, [action], ['ordered']);
}

export const cancelOrder = (life: Life, member: string, order_id: number): Draft =>
  drafted(life, [signed('market', 'cancelorder', member, { member, order_id })], ['order cancelled']);

/** Hours of a member's work, which the section's chair approves at the same desk: a labour contribution. */
export function work(life: Life, member: string, point: number, minutes: number): Draft {
  const { world, ids } = life;
  const { section, coop } = world.point(point);
  const chair = world.chairAt(point);
  const document_hash = newPaper(life);
  ids.act += 1;
  ids.decision += 1;
  const rate = 250_00;
  life.purses.add(coop, member, world.shareOf(Math.round((rate * minutes) / 60), coop, 'labour'));
  return drafted(
    life,
    [
      signed('market', 'work', member, {
        member,
        programme: world.programme(coop, 'labour').id,
        minutes,
        rate: roubles(rate),
        section_id: section,
        document_hash,
      }),
      signed('market', 'approvework', chair, { chair, document_hash, minutes, decision_id: BY_ROBOT }),
    ],
    ['worked'],
  );
}

export type Letting = {
  readonly owner: string;
  readonly renter: string;
  readonly point: number;
  readonly kind: string;
  readonly title: string;
  readonly price: number;
};

/** A thing is registered and given into use for a month; the third act is the renter's, who returns it. */
export function rent(life: Life, letting: Letting): readonly [Draft, Draft, () => Draft] {
  const { world, ids, purses, now } = life;
  const { owner, renter, point, kind, title, price } = letting;
  const { oktmo, coop } = world.point(point);
  ids.thing += 1;
  const thing_id = ids.thing;
  const thing = { owner, kind, title, oktmo, document_hash: newPaper(life) };
  const adding = drafted(life, [signed('market', 'addthing', owner, thing)]);
  ids.rent += 1;
  ids.act += 1;
  ids.decision += 1;
  const rent_id = ids.rent;
  purses.add(coop, renter, -price);
  purses.add(coop, owner, price);
  const terms = {
    owner,
    renter,
    thing_id,
    from: timeText(now),
    till: timeText(now + 30 * DAY_MS),
    price: roubles(price),
    programme: world.programme(coop, 'labour').id,
    decision_id: BY_ROBOT,
    document_hash: newPaper(life),
  };
  const renting = drafted(life, [signed('market', 'rent', [owner, renter], terms)], ['rented']);
  const end = (): Draft =>
    drafted(life, [
      signed('market', 'endrent', renter, { caller: renter, rent_id, document_hash: newPaper(life) }),
    ]);
  return [adding, renting, end];
}

export type Pledge = { readonly member: string; readonly amount: number };

/** Members pool money for a common purpose, which then ends. */
export function* pool(life: Life, coop: number, pledges: readonly Pledge[]): Generator<Draft> {
  const { world, ids, now } = life;
  ids.pool += 1;
  ids.decision += 1;
  const pool_id = ids.pool;
  const founder = pledges[0]?.member ?? '';
  const target = pledges.reduce((sum, { amount }) => sum + amount, 0);
  const opening = signed('market', 'pool', founder, {
    member: founder,
    programme: world.programme(coop, 'growth').id,
    kind: 'invest',
    subject: 0,
    target: roubles(target),
    till: timeText(now + 20 * DAY_MS),
    document_hash: newPaper(life),
    decision_id: BY_ROBOT,
  });
  yield drafted(life, [opening], ['pooled']);
  for (const { member, amount } of pledges)
    yield drafted(life, [
      signed('market', 'joinpool', member, {
        member,
        pool_id,
        amount: roubles(amount),
        document_hash: newPaper(life),
      }),
    ]);
  yield drafted(life, [signed('market', 'closepool', founder, { member: founder, pool_id })]);
}

/** A member invests a part of the share account in the cooperative. */
export function invest(life: Life, coop: number, member: string, amount: number, months: number): Draft {
  const { world, ids, purses, now } = life;
  ids.invest += 1;
  ids.act += 1;
  ids.decision += 1;
  purses.add(coop, member, -amount);
  const action = signed('market', 'invest', member, {
    member,
    programme: world.programme(coop, 'growth').id,
    pool_id: 0,
    amount: roubles(amount),
    due: timeText(now + months * 30 * DAY_MS),
    return_ppm: RETURN_PPM,
    document_hash: newPaper(life),
    decision_id: BY_ROBOT,
  });
  return drafted(life, [action], ['invested']);
}

/** The cashier pays an investment back to the share account, with its return. */
export function payBack(
  life: Life,
  coop: number,
  id: number,
  invested: { member: string; amount: number },
): Draft {
  const { world, ids, purses } = life;
  const cashier = world.reference.cashier(coop);
  const kopecks = invested.amount + sharePart(invested.amount, RETURN_PPM);
  ids.decision += 1;
  ids.act += 1;
  purses.add(coop, invested.member, kopecks);
  const action = signed('market', 'payback', cashier, {
    cashier,
    invest_id: id,
    amount: roubles(kopecks),
    document_hash: newPaper(life),
    decision_id: BY_ROBOT,
  });
  return drafted(life, [action], ['paid back']);
}
