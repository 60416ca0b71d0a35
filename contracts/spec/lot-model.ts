import type { Acts, Quantities } from './acts.ts';
import { CITY, territory } from './world.ts';

/** One step of a walk: `pick` chooses among the lots or shipments that there are, `grams` is what the step asks for. */
export type Step = { readonly kind: keyof Acts; readonly pick: number; readonly grams: number };

type Lot = { readonly at: number; readonly held: Quantities };
type Shipment = { readonly id: number; readonly lot: number; readonly to: number; readonly grams: number };

/** What the chain should hold: lots by id with the point where they stand, and shipments on the way. */
export type Model = { readonly lots: Map<number, Lot>; readonly shipments: Shipment[] };

/** A step as the chain gets it, whether the rules allow it, and how it is booked with the ids that the chain gave. */
export type Move = {
  readonly allowed: boolean;
  readonly send: () => Promise<unknown>;
  readonly book: (last: { act: number; lot: number }) => void;
};

const CHAIR: Record<number, string> = { 1: 'anna', 2: 'boris' };
const MEMBER: Record<number, string> = { 1: 'ivan', 2: 'olga' };

const kilograms = (grams: number): string => `${(grams / 1000).toFixed(3)} KG`;
const lotOf = (grams: number, at: number): Lot => ({
  at,
  held: { accepted: grams, issued: 0, shipped: 0, sold: 0, lost: 0, stock: grams },
});

/** The move that a step means in this state; a step that finds nothing to act on accepts a lot or ships one. */
export function moveOf(acts: Acts, model: Model, { kind, pick, grams }: Step): Move {
  const shipment = model.shipments[pick % Math.max(model.shipments.length, 1)];
  const [id, lot] = [...model.lots][pick % Math.max(model.lots.size, 1)] ?? [];
  if (kind === 'accept' || id === undefined || lot === undefined) return acceptance(acts, model, grams);
  if (kind === 'receive' && shipment !== undefined) return receipt(acts, model, shipment, grams);
  const allowed = grams > 0 && grams <= lot.held.stock;
  const data = { chair: CHAIR[lot.at], lot_id: id, quantity: kilograms(grams) };
  const take = (way: 'issued' | 'shipped' | 'sold') => {
    lot.held[way] += grams;
    lot.held.stock -= grams;
  };
  if (kind === 'sellout') {
    const send = () => acts.sellout({ ...data, to: territory(CITY) });
    return {
      allowed,
      send,
      book: () => {
        take('sold');
      },
    };
  }
  if (kind === 'issue') {
    const send = () => acts.issue({ ...data, member: MEMBER[lot.at] });
    return {
      allowed,
      send,
      book: () => {
        take('issued');
      },
    };
  }
  const to = 3 - lot.at;
  const book: Move['book'] = ({ act }) => {
    take('shipped');
    model.shipments.push({ id: act, lot: id, to, grams });
  };
  return { allowed, send: () => acts.ship({ ...data, to_point: to }), book };
}

function acceptance(acts: Acts, model: Model, grams: number): Move {
  return {
    allowed: grams > 0,
    send: () => acts.accept({ quantity: kilograms(grams) }),
    book: ({ lot }) => {
      model.lots.set(lot, lotOf(grams, 1));
    },
  };
}

function receipt(acts: Acts, model: Model, shipment: Shipment, grams: number): Move {
  const data = { chair: CHAIR[shipment.to], shipment_id: shipment.id, quantity: kilograms(grams) };
  return {
    allowed: grams > 0 && grams <= shipment.grams,
    send: () => acts.receive(data),
    book: ({ lot }) => {
      const parent = model.lots.get(shipment.lot);
      if (parent === undefined) throw new Error(`lot ${shipment.lot} of a shipment expected in the model`);
      parent.held.shipped -= shipment.grams - grams;
      parent.held.lost += shipment.grams - grams;
      model.lots.set(lot, lotOf(grams, shipment.to));
      model.shipments.splice(model.shipments.indexOf(shipment), 1);
    },
  };
}
