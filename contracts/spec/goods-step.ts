import type { LastIds } from './acts.ts';
import type { Half, Model } from './goods-model.ts';
import type { GoodsWorld } from './goods-world.ts';

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

export const CHAIR: Record<number, string> = { 1: 'anna', 2: 'boris' };
export const MEMBER: Record<number, string> = { 1: 'ivan', 2: 'olga' };
export const NO_ID = 4_000_000;

export const kilograms = (grams: number): string => `${(grams / 1000).toFixed(3)} KG`;
export const choose = <V>(all: Iterable<V>, pick: number): V | undefined => {
  const list = [...all];
  return list[pick % Math.max(list.length, 1)];
};

export type Moving = { readonly goods: GoodsWorld; readonly model: Model; readonly step: Step };

/** The lot that a step takes from, with what every act on it says. */
export function taking({ model, step: { pick, grams } }: Moving) {
  const [id = NO_ID, lot] = choose(model.lots, pick) ?? [];
  const at = lot?.at ?? 1;
  const data = { lot_id: id, quantity: kilograms(grams), programme: at };
  return { id, at, data, chair: CHAIR[at], stock: lot?.held.stock ?? 0 };
}

/** One of the halves that wait, or a document that nobody signed. */
export function answering({ goods, model, step: { pick } }: Moving, kind: Half['kind']) {
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
export function waiting({ model }: Moving, half: Half): () => void {
  return () => model.halves.push(half);
}
