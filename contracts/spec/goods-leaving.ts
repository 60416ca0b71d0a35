import { book } from './goods-model.ts';
import {
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
import { CITY, territory } from './world.ts';

/** Goods that go out, and come back. */
export const LEAVING = {
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
} satisfies Record<string, (moving: Moving) => Move>;
