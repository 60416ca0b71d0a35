import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChainError } from '../../chain/driver.ts';
import { amountOf, lastIds } from '../../spec/acts.ts';
import { type Model, emptyModel } from '../../spec/goods-model.ts';
import { moveOf } from '../../spec/goods-moves.ts';
import { STEPS, type Step } from '../../spec/goods-step.ts';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { ASSERTION } from '../../spec/refusal.ts';

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom(...STEPS),
    pick: fc.nat(1000),
    other: fc.nat(1000),
    grams: fc.integer({ min: -2, max: 4000 }),
  }),
  { minLength: 40, maxLength: 80, size: 'max' },
);

let goods: GoodsWorld;

beforeAll(async () => {
  goods = await openGoodsWorld();
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

/** Quantities of every lot from the walk's first on. */
async function heldBy(model: Model): Promise<Map<number, Record<string, number>>> {
  const lowerBound = String(Math.min(...model.lots.keys()));
  const query = { code: 'market', scope: 'market', table: 'lots', lowerBound, limit: 1000 };
  const rows = await goods.world.driver.rows(query);
  return new Map(
    rows.map(({ lot_id, accepted, issued, shipped, sold, processed, lost, stock }) => {
      const held = { accepted, issued, shipped, sold, processed, lost, stock };
      const amounts = Object.entries(held).map(([part, asset]) => [part, amountOf(asset)] as const);
      return [Number(lot_id), Object.fromEntries(amounts)];
    }),
  );
}

/** The identity on what the chain holds, the chain against the model, and the ledgers. */
async function compare(model: Model): Promise<void> {
  if (model.lots.size === 0) return;
  const held = await heldBy(model);
  expect(held).toEqual(new Map([...model.lots].map(([id, lot]) => [id, lot.held])));
  for (const { accepted, ...parts } of held.values()) {
    expect(Object.values(parts).reduce((sum, part) => sum + part)).toBe(accepted);
    expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
  }
  expect(await goods.ledgerSums()).toEqual([0, 0]);
}

/** Why the chain refused, or `undefined`; anything but a contract's own refusal is thrown on. */
async function refusalOf(sent: Promise<unknown>): Promise<string | undefined> {
  try {
    await sent;
    return undefined;
  } catch (error) {
    if (error instanceof ChainError && error.code === ASSERTION) return error.message;
    throw error;
  }
}

async function walk(path: readonly Step[]): Promise<void> {
  const model = emptyModel();
  for (const step of path) {
    const { allowed, send, book } = moveOf({ goods, model, step });
    const refusal = await refusalOf(send());
    expect({ step, refusal, taken: refusal === undefined }).toMatchObject({ step, taken: allowed });
    if (allowed) book(await lastIds(goods.world));
    await compare(model);
  }
}

it('every gram accepted is issued, shipped, sold, processed, lost or in stock, whatever the order of acts', async () => {
  await fc.assert(fc.asyncProperty(steps, walk), { numRuns: goods.chain.fast ? 60 : 3 });
}, 300_000);
