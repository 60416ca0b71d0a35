import { type Half, book } from './goods-model.ts';
import {
  CHAIR,
  MEMBER,
  type Move,
  type Moving,
  NO_ID,
  answering,
  choose,
  kilograms,
  taking,
  waiting,
} from './goods-step.ts';

/** Goods that come in, from outside or from another point. */
export const COMING = {
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
} satisfies Record<string, (moving: Moving) => Move>;
