/**
 * Last ids given by the contracts, foretold: each only grows, by one a thing. An act names what it is about by these ids, so
 * plan and chain must agree on them; `play/counters.ts` compares them where a play goes on.
 */
export type Ids = {
  section: number;
  point: number;
  request: number;
  decision: number;
  programme: number;
  payment: number;
  act: number;
  lot: number;
  complaint: number;
  offer: number;
  order: number;
  thing: number;
  rent: number;
  invest: number;
  pool: number;
};

export const noIds = (): Ids => ({
  section: 0,
  point: 0,
  request: 0,
  decision: 0,
  programme: 0,
  payment: 0,
  act: 0,
  lot: 0,
  complaint: 0,
  offer: 0,
  order: 0,
  thing: 0,
  rent: 0,
  invest: 0,
  pool: 0,
});
