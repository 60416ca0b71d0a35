import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChainError } from '../chain/driver.ts';
import { type Acts, actsOf, lastIds, quantitiesOf } from '../spec/acts.ts';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { type Model, type Step, moveOf } from '../spec/lot-model.ts';
import { ASSERTION } from '../spec/refusal.ts';
import { type World, furnish } from '../spec/world.ts';

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('accept', 'ship', 'receive', 'sellout', 'issue'),
    pick: fc.nat(1000),
    grams: fc.integer({ min: -5, max: 4000 }),
  }),
  { minLength: 15, maxLength: 30 },
);

let chain: SpecChain;
let world: World;
let acts: Acts;

beforeAll(async () => {
  chain = await openSpecChain();
  world = chain.world;
  acts = actsOf(world);
  await furnish(world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

/** The identity on what the chain holds, and the chain against the model. */
async function compare(model: Model): Promise<void> {
  for (const [id, lot] of model.lots) {
    const came = await quantitiesOf(world, id);
    const { accepted, ...parts } = came;
    expect(Object.values(parts).reduce((sum, part) => sum + part)).toBe(accepted);
    expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
    expect(came).toEqual(lot.held);
  }
}

/** Whether the chain took it; anything but a contract's own refusal is thrown on. */
async function taken(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (error instanceof ChainError && error.code === ASSERTION) return false;
    throw error;
  }
}

async function walk(path: readonly Step[]): Promise<void> {
  const model: Model = { lots: new Map(), shipments: [] };
  for (const step of path) {
    const { allowed, send, book } = moveOf(acts, model, step);
    expect({ step, taken: await taken(send()) }).toEqual({ step, taken: allowed });
    if (allowed) book(await lastIds(world));
    await compare(model);
  }
}

it('every gram accepted is issued, shipped, sold, lost or in stock, whatever the order of acts', async () => {
  await fc.assert(fc.asyncProperty(steps, walk), { numRuns: chain.fast ? 20 : 5 });
}, 120_000);
