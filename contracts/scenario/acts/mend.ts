import { assetText, roubles, valueOf } from './amounts.ts';
import { decide } from './council.ts';
import { BY_ROBOT } from './goods.ts';
import { drafted, type Life, newPaper } from './life.ts';
import { type Lot, nowhere } from './shelf.ts';
import { type Draft, signed } from './step.ts';

/** What goes wrong with goods and is put right by an act of its own. */

/** An issue or an acceptance as a later act needs it. */
export type Past = {
  readonly act: number;
  readonly lot: Lot;
  readonly member: string;
  readonly quantity: number;
  readonly price: number;
};

/** A member brings back a part of what was issued; fit, it goes on the shelf again, else it is lost. */
export function returned(life: Life, past: Past, quantity: number, fit: boolean): Draft {
  const { world, shelf, ids, purses } = life;
  const { lot, member, act, price } = past;
  const unit = world.unitOf(lot.product);
  const chair = world.chairAt(lot.point);
  const document_hash = newPaper(life);
  ids.act += 1;
  ids.decision += 1;
  purses.add(lot.coop, member, valueOf(price, quantity, unit));
  if (fit) shelf.giveBack(lot, quantity);
  const reason = fit ? 'взято больше, чем нужно' : 'испортилось раньше срока';
  return drafted(
    life,
    [
      signed('market', 'giveback', member, {
        member,
        act_id: act,
        quantity: assetText(quantity, unit),
        reason,
        document_hash,
      }),
      signed('market', 'takeback', chair, { chair, document_hash, fit, decision_id: BY_ROBOT }),
    ],
    ['returned'],
  );
}

/** A member complains of what was issued; the chair answers a while later. */
export function* complaint(life: Life, past: Past, upheld: boolean): Generator<Draft> {
  const { world, ids } = life;
  const { lot, member, act } = past;
  const chair = world.chairAt(lot.point);
  ids.complaint += 1;
  const complaint_id = ids.complaint;
  yield drafted(life, [
    signed('market', 'complain', member, {
      member,
      act_id: act,
      quantity: assetText(past.quantity, world.unitOf(lot.product)),
      reason: 'посторонний запах',
      document_hash: newPaper(life),
    }),
  ]);
  const reason = upheld ? 'подтвердилось при осмотре' : 'при осмотре запаха нет';
  yield drafted(
    life,
    [
      signed('market', 'resolve', chair, {
        chair,
        complaint_id,
        upheld,
        reason,
        document_hash: newPaper(life),
      }),
    ],
    ['complained'],
  );
}

/** The council votes a lot's rest off, and the chair writes it off under that decision. */
export function* writeOff(
  life: Life,
  lot: Lot,
  quantity: number,
  price: number,
  reason: string,
): Generator<Draft> {
  const { world, shelf, ids } = life;
  const unit = world.unitOf(lot.product);
  const document_hash = newPaper(life);
  // Goods may cost a lot's own price at most; twice the present price covers it.
  const amount = roubles(2 * valueOf(price, quantity, unit) + 100);
  const matter = {
    coop: lot.coop,
    kind: 'writeoff',
    subject: 0,
    amount,
    hash: document_hash,
    callsBack: false,
  };
  const decision_id = yield* decide(life, matter);
  const chair = world.chairAt(lot.point);
  shelf.take(lot, quantity);
  ids.act += 1;
  yield drafted(
    life,
    [
      signed('market', 'writeoff', chair, {
        chair,
        lot_id: lot.id,
        quantity: assetText(quantity, unit),
        reason,
        decision_id,
        document_hash,
      }),
    ],
    ['written off by the council'],
  );
}

export type Input = { readonly lot: Lot; readonly quantity: number };

/** Lots become another product at the point where they stand. */
export function make(
  life: Life,
  inputs: readonly Input[],
  output: {
    readonly point: number;
    readonly product: string;
    readonly quantity: number;
    readonly price: number;
  },
): Draft {
  const { world, shelf, ids, now } = life;
  const { point, product, quantity, price } = output;
  const chair = world.chairAt(point);
  const { coop } = world.point(point);
  const isMixed = new Set(inputs.map(({ lot }) => JSON.stringify(lot.origin))).size > 1;
  const origin = isMixed ? nowhere : (inputs[0]?.lot.origin ?? nowhere);
  for (const { lot, quantity: used } of inputs) shelf.take(lot, used);
  ids.act += 1 + inputs.length;
  ids.lot += 1;
  ids.decision += 1;
  shelf.put({ id: ids.lot, coop, point, product, origin, since: now, accepted: quantity, stock: quantity });
  const action = signed('market', 'process', chair, {
    chair,
    point_id: point,
    inputs: inputs.map(({ lot, quantity: used }) => ({
      lot_id: lot.id,
      quantity: assetText(used, world.unitOf(lot.product)),
    })),
    product,
    quantity: assetText(quantity, world.unitOf(product)),
    price: roubles(price),
    grade: 1,
    programme: world.programmeAt(point),
    decision_id: BY_ROBOT,
    document_hash: newPaper(life),
  });
  return drafted(life, [action], isMixed ? ['made of mixed origins'] : []);
}

/** Stock-taking finds `difference` more, or less where it is negative. */
export function count(life: Life, lot: Lot, difference: number): Draft {
  const { world, shelf, ids } = life;
  const unit = world.unitOf(lot.product);
  const chair = world.chairAt(lot.point);
  const counted = lot.stock + difference;
  if (difference > 0) shelf.giveBack(lot, difference);
  else shelf.take(lot, -difference);
  ids.act += 1;
  ids.decision += 1;
  const action = signed('market', 'count', chair, {
    chair,
    lot_id: lot.id,
    counted: assetText(counted, unit),
    reason: difference > 0 ? 'излишек при пересчёте' : 'усушка при хранении',
    document_hash: newPaper(life),
    decision_id: BY_ROBOT,
  });
  return drafted(life, [action], ['counted']);
}

/** An acceptance that was written down wrongly is undone by its opposite, which both sign; its lot is whole. */
export function reverseAcceptance(life: Life, { act, lot, member, quantity, price }: Past): Draft {
  const { world, shelf, ids, purses } = life;
  const unit = world.unitOf(lot.product);
  const chair = world.chairAt(lot.point);
  purses.add(lot.coop, member, -world.shareOf(valueOf(price, quantity, unit), lot.coop));
  shelf.take(lot, lot.stock);
  ids.act += 1;
  ids.decision += 1;
  const action = signed('market', 'reverse', [chair, member], {
    chair,
    party: member,
    act_id: act,
    reason: 'ошибка в количестве: записан лишний ноль',
    decision_id: BY_ROBOT,
    document_hash: newPaper(life),
  });
  return drafted(life, [action], ['reversed']);
}
