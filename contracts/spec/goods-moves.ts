import type { LastIds } from './acts.ts';
import { decide } from './decisions.ts';
import { type Half, type Lot, type Model, book, bookReversal, isReversible } from './goods-model.ts';
import type { GoodsWorld } from './goods-world.ts';
import { CITY, territory } from './world.ts';

/** Every step of a walk, the halves of a pair apart, so that they come in wrong orders too. */
export const STEPS = [
  'buy',
  'supply',
  'accept',
  'ship',
  'receive',
  'sellout',
  'claim',
  'issue',
  'giveback',
  'takeback',
  'writeoff',
  'count',
  'process',
  'reverse',
] as const;

/** `pick` and `other` choose among what there is; `grams` is what the step asks for. */
export type Step = {
  readonly kind: (typeof STEPS)[number];
  readonly pick: number;
  readonly other: number;
  readonly grams: number;
};

/** A step as the chain gets it, whether the rules allow it, and how it is booked with the ids that the chain gave. */
export type Move = {
  readonly allowed: boolean;
  readonly send: () => Promise<unknown>;
  readonly book: (last: LastIds) => void;
};

const CHAIR: Record<number, string> = { 1: 'anna', 2: 'boris' };
const MEMBER: Record<number, string> = { 1: 'ivan', 2: 'olga' };
const NO_ID = 4_000_000;

const kilograms = (grams: number): string => `${(grams / 1000).toFixed(3)} KG`;
const choose = <V>(all: Iterable<V>, pick: number): V | undefined => {
  const list = [...all];
  return list[pick % Math.max(list.length, 1)];
};

type Moving = { readonly goods: GoodsWorld; readonly model: Model; readonly step: Step };

/** The move that a step means in this state; a step that finds nothing to act on names what is not there. */
export function moveOf(moving: Moving): Move {
  return MOVES[moving.step.kind](moving);
}

/** The lot that a step takes from, with what every act on it says. */
function taking({ model, step: { pick, grams } }: Moving) {
  const [id = NO_ID, lot] = choose(model.lots, pick) ?? [];
  const at = lot?.at ?? 1;
  const data = { lot_id: id, quantity: kilograms(grams), programme: at };
  return { id, at, data, chair: CHAIR[at], stock: lot?.held.stock ?? 0 };
}

/** One of the halves that wait, or a document that nobody signed. */
function answering({ goods, model, step: { pick } }: Moving, kind: Half['kind']) {
  const half = choose(
    model.halves.filter((one) => one.kind === kind),
    pick,
  );
  const document_hash = half?.document_hash ?? goods.document();
  const data = { document_hash, chair: CHAIR[half?.at ?? 1] };
  const done = () => {
    if (half !== undefined) model.halves.splice(model.halves.indexOf(half), 1);
  };
  return { half, data, done };
}

/** A half that waits from now on. */
function waiting({ model }: Moving, half: Half): () => void {
  return () => model.halves.push(half);
}

const MOVES: Record<Step['kind'], (moving: Moving) => Move> = {
  buy({ goods, model, step: { grams } }) {
    return {
      allowed: grams > 0,
      send: () => goods.acts.buy({ quantity: kilograms(grams), document_hash: goods.document() }),
      book: ({ act, lot }) => {
        book(model, { id: act, kind: 'buy', lot, grams, at: 1 });
      },
    };
  },
  supply(moving) {
    const { goods, step } = moving;
    const at = 1 + (step.pick % 2);
    const document_hash = goods.document();
    const data = { producer: MEMBER[at], point_id: at, programme: at, document_hash };
    const half: Half = { kind: 'supply', document_hash, at, grams: step.grams, lot: NO_ID, issue: NO_ID };
    return {
      allowed: step.grams > 0,
      send: () => goods.acts.supply({ ...data, quantity: kilograms(step.grams) }),
      book: waiting(moving, half),
    };
  },
  accept(moving) {
    const { goods, model, step } = moving;
    const { half, data, done } = answering(moving, 'supply');
    const { grams } = step;
    return {
      allowed: half !== undefined && grams > 0 && grams <= half.grams,
      send: () => goods.acts.accept({ ...data, quantity: kilograms(grams) }),
      book: ({ act, lot }) => {
        done();
        const at = half?.at ?? NO_ID;
        book(model, { id: act, kind: 'accept', lot, grams, at, party: MEMBER[at] });
      },
    };
  },
  ship(moving) {
    const { goods, model, step } = moving;
    const { id, at, data, chair, stock } = taking(moving);
    const to = 3 - at;
    return {
      allowed: step.grams > 0 && step.grams <= stock,
      send: () => goods.acts.ship({ ...data, chair, to_point: to, document_hash: goods.document() }),
      book: ({ act }) => {
        book(model, { id: act, kind: 'ship', lot: id, grams: step.grams, at });
        model.shipments.set(act, { lot: id, to, grams: step.grams });
      },
    };
  },
  receive({ goods, model, step: { pick, grams } }) {
    const [shipment = NO_ID, sent] = choose(model.shipments, pick) ?? [];
    const at = sent?.to ?? 2;
    const missing = (sent?.grams ?? 0) - grams;
    return {
      allowed: sent !== undefined && grams >= 0 && missing >= 0,
      send: () => goods.acts.receive({ chair: CHAIR[at], shipment_id: shipment, quantity: kilograms(grams) }),
      book: ({ act, lot }) => {
        if (sent === undefined) return;
        model.shipments.delete(shipment);
        const parent = shipment;
        const whole = missing > 0 ? act - 1 : act;
        if (grams > 0) book(model, { id: whole, kind: 'receive', lot, grams, at, parent });
        const part = { id: act, lot: sent.lot, grams: missing, at, parent };
        if (missing > 0) book(model, { kind: 'shortfall', ...part, ...(grams > 0 && { whole }) });
      },
    };
  },
  sellout(moving) {
    const { goods, model, step } = moving;
    const { id, at, data, chair, stock } = taking(moving);
    const to = territory(CITY);
    return {
      allowed: step.grams > 0 && step.grams <= stock,
      send: () => goods.acts.sellout({ ...data, chair, to, document_hash: goods.document() }),
      book: ({ act }) => {
        book(model, { id: act, kind: 'sellout', lot: id, grams: step.grams, at });
      },
    };
  },
  claim(moving) {
    const { goods, step } = moving;
    const { id, at, data, stock } = taking(moving);
    const document_hash = goods.document();
    return {
      allowed: step.grams > 0 && step.grams <= stock,
      send: () => goods.acts.claim({ ...data, member: MEMBER[at], document_hash }),
      book: waiting(moving, { kind: 'claim', document_hash, at, grams: step.grams, lot: id, issue: NO_ID }),
    };
  },
  issue(moving) {
    const { goods, model } = moving;
    const { half, data, done } = answering(moving, 'claim');
    const stock = model.lots.get(half?.lot ?? NO_ID)?.held.stock ?? 0;
    return {
      allowed: half !== undefined && half.grams <= stock,
      send: () => goods.acts.issue(data),
      book: ({ act }) => {
        done();
        if (half === undefined) return;
        const { lot, grams, at } = half;
        book(model, { id: act, kind: 'issue', lot, grams, at, party: MEMBER[at] });
      },
    };
  },
  giveback(moving) {
    const { goods, model, step } = moving;
    const issues = [...model.acts.values()].filter(({ kind }) => kind === 'issue');
    const issue = choose(issues, step.pick);
    const document_hash = goods.document();
    const { id = NO_ID, lot = NO_ID, at = 1, party: member = 'ivan' } = issue ?? {};
    const { grams } = step;
    const left = issue === undefined || issue.reversed ? 0 : issue.grams - issue.returned;
    return {
      allowed: grams > 0 && grams <= left,
      send: () => goods.acts.giveback({ member, act_id: id, quantity: kilograms(grams), document_hash }),
      book: waiting(moving, { kind: 'giveback', document_hash, at, grams, lot, issue: id }),
    };
  },
  takeback(moving) {
    const { goods, model, step } = moving;
    const { half, data, done } = answering(moving, 'giveback');
    const issue = model.acts.get(half?.issue ?? NO_ID);
    const left = issue === undefined || issue.reversed ? 0 : issue.grams - issue.returned;
    const fit = step.other % 2 === 0;
    return {
      allowed: half !== undefined && half.grams <= left,
      send: () => goods.acts.takeback({ ...data, fit }),
      book: ({ act }) => {
        done();
        if (half === undefined || issue === undefined) return;
        const { lot, grams, at } = half;
        const kind = fit ? 'returned' : 'spoiled';
        issue.returned += grams;
        book(model, { id: act, kind, lot, grams, at, party: MEMBER[at], parent: issue.id });
      },
    };
  },
  writeoff(moving) {
    const { goods, model, step } = moving;
    const { id, at, data, chair, stock } = taking(moving);
    const coop = at === 1 ? 'forestcoop' : 'rivercoop';
    const document_hash = goods.document();
    const { grams } = step;
    const send = async () => {
      const matter = { subject: id, amount: '1000000.00 RUB', document_hash };
      const decision_id = await decide(goods.world, coop, 'writeoff', matter);
      const { lot_id, quantity } = data;
      await goods.acts.writeoff({ lot_id, quantity, chair, decision_id, document_hash });
    };
    return {
      allowed: grams > 0 && grams <= stock,
      send,
      book: ({ act }) => {
        book(model, { id: act, kind: 'writeoff', lot: id, grams, at });
      },
    };
  },
  count(moving) {
    const { goods, model, step } = moving;
    const { id, at, data, chair, stock } = taking(moving);
    const counted = step.grams;
    const kind = counted < stock ? 'shortage' : 'surplus';
    const document_hash = goods.document();
    return {
      allowed: id !== NO_ID && counted >= 0 && counted !== stock,
      send: () => goods.acts.count({ chair, lot_id: id, counted: data.quantity, document_hash }),
      book: ({ act }) => {
        book(model, { id: act, kind, lot: id, grams: Math.abs(counted - stock), at });
      },
    };
  },
  process(moving) {
    const { goods, model, step } = moving;
    const { id, at, chair } = taking(moving);
    const here = [...model.lots].filter(([, lot]) => lot.at === at);
    const used: readonly [number, Lot][] = [...here.filter(([one]) => one === id), ...pair(here, step.other)];
    const { grams } = step;
    const inputs = used.map(([lot_id]) => ({ lot_id, quantity: kilograms(grams) }));
    const enough = used.every(
      ([one, { held }]) => held.stock >= grams * used.filter(([it]) => it === one).length,
    );
    const data = { chair, point_id: at, programme: at, quantity: kilograms(grams), inputs };
    return {
      allowed: used.length > 0 && grams > 0 && enough,
      send: () => goods.acts.process({ ...data, document_hash: goods.document() }),
      book: ({ act, lot }) => {
        const made = act - used.length;
        book(model, { id: made, kind: 'made', lot, grams, at });
        for (const [index, [one]] of used.entries())
          book(model, { id: made + 1 + index, kind: 'used', lot: one, grams, at, whole: made });
      },
    };
  },
  reverse({ goods, model, step: { pick } }) {
    const act = choose(model.acts.values(), pick);
    const data = { act_id: act?.id ?? NO_ID, chair: CHAIR[act?.at ?? 1], party: act?.party ?? '' };
    return {
      allowed: act !== undefined && isReversible(model, act),
      send: () => goods.acts.reverse({ ...data, document_hash: goods.document() }),
      book: () => {
        if (act !== undefined) bookReversal(model, act);
      },
    };
  },
};

const pair = <V>(all: readonly V[], pick: number): V[] => {
  const one = choose(all, pick);
  return one === undefined ? [] : [one];
};
