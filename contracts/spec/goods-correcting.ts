import { decide } from './decisions.ts';
import { type Lot, book, bookReversal, isReversible } from './goods-model.ts';
import { CHAIR, type Move, type Moving, NO_ID, choose, kilograms, taking } from './goods-step.ts';

/** What the section does with its stock, and acts taken back. */
export const CORRECTING = {
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
    const used: readonly [number, Lot][] = [
      ...here.filter(([one]) => one === id),
      ...[choose(here, step.other)].filter((one) => one !== undefined),
    ];
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
} satisfies Record<string, (moving: Moving) => Move>;
