import type { Quantities } from './acts.ts';

/** From which part of a lot to which a quantity goes by each kind of act; `accepted` is the sum of the parts. */
const WAYS = {
  accept: ['accepted', 'stock'],
  buy: ['accepted', 'stock'],
  ship: ['stock', 'shipped'],
  receive: ['accepted', 'stock'],
  shortfall: ['shipped', 'lost'],
  writeoff: ['stock', 'lost'],
  sellout: ['stock', 'sold'],
  issue: ['stock', 'issued'],
  returned: ['issued', 'stock'],
  spoiled: ['issued', 'lost'],
  made: ['accepted', 'stock'],
  used: ['stock', 'processed'],
  shortage: ['stock', 'lost'],
  surplus: ['accepted', 'stock'],
} as const satisfies Record<string, readonly [keyof Quantities, keyof Quantities]>;

export type Kind = keyof typeof WAYS;

/** An act that the chain has taken. */
export type Done = {
  readonly id: number;
  readonly kind: Kind;
  readonly lot: number;
  readonly grams: number;
  /** The point whose chair signed. */
  readonly at: number;
  readonly party?: string | undefined;
  /** The shipping or the issue that it follows. */
  readonly parent?: number;
  /** The act that it was logged as a part of. */
  readonly whole?: number;
  reversed: boolean;
  returned: number;
};

/** The first half of a pair, waiting for the second. */
export type Half = {
  readonly kind: 'supply' | 'claim' | 'giveback';
  readonly document_hash: string;
  readonly at: number;
  readonly grams: number;
  readonly lot: number;
  readonly issue: number;
};

export type Lot = { readonly at: number; readonly held: Quantities };
type Shipment = { readonly lot: number; readonly to: number; readonly grams: number };

/** What the chain should hold. */
export type Model = {
  readonly lots: Map<number, Lot>;
  readonly shipments: Map<number, Shipment>;
  readonly acts: Map<number, Done>;
  readonly halves: Half[];
};

export const emptyModel = (): Model => ({
  lots: new Map(),
  shipments: new Map(),
  acts: new Map(),
  halves: [],
});

/** What there must be for an act that was taken. */
function known<V>(map: ReadonlyMap<number, V>, id: number): V {
  const found = map.get(id);
  if (found === undefined) throw new Error(`${String(id)} expected in the model`);
  return found;
}

const empty = { accepted: 0, issued: 0, shipped: 0, sold: 0, processed: 0, lost: 0, stock: 0 };

function shift({ held }: Lot, from: keyof Quantities, to: keyof Quantities, grams: number): void {
  held[from] += from === 'accepted' ? grams : -grams;
  held[to] += to === 'accepted' ? -grams : grams;
}

/** Books an act; of a kind that brings goods, its lot is new. */
export function book(model: Model, act: Omit<Done, 'reversed' | 'returned'>): void {
  if (!model.lots.has(act.lot)) model.lots.set(act.lot, { at: act.at, held: { ...empty } });
  const [from, to] = WAYS[act.kind];
  shift(known(model.lots, act.lot), from, to, act.grams);
  model.acts.set(act.id, { ...act, reversed: false, returned: 0 });
}

const partsOf = (model: Model, act: Done): Done[] =>
  [...model.acts.values()].filter(({ whole }) => whole === act.id);

/** Whether an act may be taken back now: in force, whole, and what it would take back is where it put it. */
export function isReversible(model: Model, act: Done): boolean {
  if (act.reversed || act.whole !== undefined || act.returned > 0) return false;
  if (act.kind === 'ship' && !model.shipments.has(act.id)) return false;
  return [act, ...partsOf(model, act)].every(({ kind, lot, grams }) => {
    const part = WAYS[kind][1];
    return known(model.lots, lot).held[part] >= grams;
  });
}

/** Books the reversal of an act with its parts. */
export function bookReversal(model: Model, act: Done): void {
  const all = [act, ...partsOf(model, act)];
  for (const one of all) {
    const [from, to] = WAYS[one.kind];
    shift(known(model.lots, one.lot), to, from, one.grams);
    one.reversed = true;
  }
  if (act.kind === 'ship') model.shipments.delete(act.id);
  if (act.parent === undefined) return;
  const parent = known(model.acts, act.parent);
  if (act.kind === 'returned' || act.kind === 'spoiled') parent.returned -= act.grams;
  else model.shipments.set(parent.id, { lot: parent.lot, to: act.at, grams: parent.grams });
}
