import { goodOf } from '../reference/goods.ts';
import type { Reference } from '../reference/reference.ts';
import { isInRegion } from '../reference/territories.ts';
import { type Month, monthOf } from './calendar.ts';
import type { Observed } from './truth.ts';

type Data = Readonly<Record<string, unknown>>;

/** A signed transaction as an observer reads it. */
export type Told = {
  /** ms since 1970. */
  readonly at: number;
  readonly actions: readonly { readonly account: string; readonly name: string; readonly data: Data }[];
  /** The market's last act once the chain has taken it. */
  readonly after: { readonly act: number };
};

/** Of a lot; origin is a code, or unknown: nothing, or more than one. */
type Lot = { readonly product: string; readonly origin: string };
const UNKNOWN = '';

/**
 * Reads acts as the market does, apart from any bookkeeping of who made them, and tells what an observer sees of the economy: what was
 * taken in, and what was eaten where. What is given back or reversed is told again with less than nothing. A transaction holds at
 * most one act of goods with its first half.
 */
export function* observedIn(steps: Iterable<Told>, reference: Reference): Generator<Observed> {
  const reader = createReader(eatersOf(reference));
  for (const { at, actions, after } of steps) {
    for (const { account, name, data } of actions) {
      if (account === 'market') yield* reader(name, data, monthOf(at), after.act);
    }
  }
}

/** Reads one action after another. */
function createReader(eaters: ReadonlyMap<string, string>) {
  const lots: Lot[] = [];
  const papers = new Map<unknown, Data>();
  const shipments = new Map<string, Lot>();
  const acts = new Map<string, Observed>();
  const told = function* (row: Observed | undefined, act: number): Generator<Observed> {
    if (row === undefined) return;
    acts.set(String(act), row);
    yield row;
  };
  return function* (name: string, data: Data, month: Month, act: number): Generator<Observed> {
    const paper = papers.get(data['document_hash']) ?? {};
    if (FIRST_HALVES.includes(name)) papers.set(data['document_hash'], data);
    if (name === 'accept') yield* told(taken(lots, { ...paper, ...data }, month), act);
    if (name === 'buy') yield* told(taken(lots, data, month), act);
    if (name === 'ship') shipments.set(String(act), lotOf(lots, data['lot_id']));
    if (name === 'receive') arrive(lots, shipments, data);
    if (name === 'process') lots.push(madeOf(lots, data));
    if (name === 'sellout') yield* told(sold(lotOf(lots, data['lot_id']), data, month), act);
    if (name === 'issue') yield* told(issued(lots, paper, eaters, month), act);
    if (name === 'takeback') yield* undone(acts.get(String(paper['act_id'])), month, paper['quantity']);
    if (name === 'reverse') yield* undone(acts.get(String(data['act_id'])), month);
  };
}

const FIRST_HALVES = ['supply', 'claim', 'giveback'];

/** What was told, taken back: all of it, or a quantity. */
function* undone(row: Observed | undefined, month: Month, quantity?: unknown): Generator<Observed> {
  if (row === undefined) return;
  const grams = quantity === undefined ? row.grams : gramsOf(row.product, quantity);
  yield { ...row, month, grams: -grams };
}

/** Homes of the members who eat what they are given, or feed others with it. */
function eatersOf(reference: Reference): ReadonlyMap<string, string> {
  const homes = new Map<string, string>();
  for (let index = 0; index < reference.members; index++) {
    const { account, residence, uses } = reference.member(index);
    if (uses === 'own' || uses === 'catering') homes.set(account, residence);
  }
  return homes;
}

function lotOf(lots: readonly Lot[], id: unknown): Lot {
  const lot = lots[Number(id) - 1];
  if (lot === undefined) throw new RangeError(`a lot from 1 to ${lots.length} expected, got ${String(id)}`);
  return lot;
}

function placeOf(place: unknown): string {
  const { oktmo, country } = place as { readonly oktmo: string; readonly country: string };
  return oktmo === '' ? country : oktmo;
}

const amountOf = (quantity: unknown): number => Number.parseFloat(String(quantity));
const gramsOf = (product: string, quantity: unknown): number =>
  Math.round(amountOf(quantity) * goodOf(product).grams_per_unit);

function taken(lots: Lot[], data: Data, month: Month): Observed | undefined {
  const product = String(data['product']);
  const origin = placeOf(data['origin']);
  lots.push({ product, origin });
  if (!isInRegion(origin)) return undefined;
  return { territory: origin, product, month, what: 'made', grams: gramsOf(product, data['quantity']) };
}

function arrive(lots: Lot[], shipments: Map<string, Lot>, data: Data): void {
  const id = String(data['shipment_id']);
  const lot = shipments.get(id);
  if (lot === undefined) throw new RangeError(`a shipment on the way expected, got ${id}`);
  shipments.delete(id);
  if (amountOf(data['quantity']) > 0) lots.push(lot);
}

function madeOf(lots: readonly Lot[], data: Data): Lot {
  const inputs = data['inputs'] as readonly { readonly lot_id: unknown }[];
  const origins = new Set(inputs.map(({ lot_id }) => lotOf(lots, lot_id).origin));
  const [origin = UNKNOWN] = origins;
  return { product: String(data['product']), origin: origins.size === 1 ? origin : UNKNOWN };
}

function sold(lot: Lot, data: Data, month: Month): Observed | undefined {
  const home = placeOf(data['to']);
  const isEating = ['ownuse', 'catering'].includes(String(data['recipient_kind']));
  return isEating && isInRegion(home) ? eaten(lot, home, data, month) : undefined;
}

function issued(
  lots: readonly Lot[],
  claim: Data,
  eaters: ReadonlyMap<string, string>,
  month: Month,
): Observed | undefined {
  const home = eaters.get(String(claim['member']));
  return home === undefined ? undefined : eaten(lotOf(lots, claim['lot_id']), home, claim, month);
}

function eaten({ product, origin }: Lot, territory: string, data: Data, month: Month): Observed {
  const known = origin === territory ? 'local' : 'brought';
  const what = origin === UNKNOWN ? 'unknown' : known;
  return { territory, product, month, what, grams: gramsOf(product, data['quantity']) };
}
