import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastIds } from '../../spec/acts.ts';
import { type GoodsWorld, openGoodsWorld } from '../../spec/goods-world.ts';
import { expectRefusal } from '../../spec/refusal.ts';
import { NOWHERE, country, productOf } from '../../spec/world.ts';

type Place = typeof NOWHERE;
type Share = { readonly origin: Place; readonly evidence: number; readonly ppm: number };
type Input = { readonly lot_id: number; readonly grams: number };

const COUNTRIES = ['AM', 'AZ', 'BY', 'CN', 'GE', 'KG', 'KZ', 'MD', 'MN', 'RS', 'TJ', 'UZ'];
/** The first is no country: unknown. */
const origins = [NOWHERE, ...COUNTRIES.map(country)];

let goods: GoodsWorld;
/** Lots to mix: one of each origin with evidence 0 to 3, then what was made of them. */
const lots: number[] = [];

beforeAll(async () => {
  goods = await openGoodsWorld();
  for (const [at, origin] of origins.entries()) {
    const over = { origin, evidence: at === 0 ? 0 : at % 4, quantity: '1000000.000 KG', price: '0.01 RUB' };
    lots.push((await goods.buy(over)).lot);
  }
}, 120_000);

afterAll(async () => {
  await goods.chain.close();
});

/** Origins of a lot as shares, whether it has one or several. */
async function sharesOf(lot: number): Promise<Share[]> {
  const row = await goods.lotRow(lot);
  const { origin, evidence, origins: several } = row as Omit<Share, 'ppm'> & { origins: Share[] };
  return several.length > 0 ? several : [{ origin, evidence, ppm: 1_000_000 }];
}

const keyOf = ({ oktmo, country: code }: Place): string => oktmo + code;

/** Exact masses by origin of a mixture, in grams times millionths; beyond eight the lightest known are unknown. */
async function massesOf(inputs: readonly Input[]): Promise<Map<string, bigint>> {
  const masses = new Map<string, bigint>();
  const add = (key: string, mass: bigint) => masses.set(key, (masses.get(key) ?? 0n) + mass);
  for (const { lot_id, grams } of inputs)
    for (const { origin, ppm } of await sharesOf(lot_id)) add(keyOf(origin), BigInt(grams) * BigInt(ppm));
  while (masses.size > 8) {
    const known = [...masses].filter(([key]) => key !== '');
    const [key, mass] = known.reduce((light, one) => (one[1] < light[1] ? one : light));
    masses.delete(key);
    add('', mass);
  }
  return masses;
}

/** The weakest evidence of each origin among the inputs. */
async function weakest(inputs: readonly Input[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { lot_id } of inputs)
    for (const { origin, evidence } of await sharesOf(lot_id)) {
      const key = keyOf(origin);
      found.set(key, Math.min(found.get(key) ?? evidence, evidence));
    }
  return found;
}

async function mix(inputs: readonly Input[]): Promise<void> {
  const masses = await massesOf(inputs);
  const evidence = await weakest(inputs);
  await goods.acts.process({
    inputs: inputs.map(({ lot_id, grams }) => ({ lot_id, quantity: `${(grams / 1000).toFixed(3)} KG` })),
    quantity: '100000.000 KG',
    price: '0.01 RUB',
    document_hash: goods.document(),
  });
  const { lot } = await lastIds(goods.world);
  lots.push(lot);
  const shares = await sharesOf(lot);
  expect(shares.reduce((sum, { ppm }) => sum + ppm, 0)).toBe(1_000_000);
  expect(shares.length).toBeLessThanOrEqual(8);
  const total = [...masses.values()].reduce((sum, mass) => sum + mass);
  const ppmOf = new Map(shares.map(({ origin, ppm }) => [keyOf(origin), ppm]));
  for (const [key, mass] of masses) {
    const exact = Number((mass * 1_000_000_000n) / total) / 1000;
    expect(Math.abs((ppmOf.get(key) ?? 0) - exact)).toBeLessThan(1.001);
  }
  for (const share of shares) expect(masses.has(keyOf(share.origin))).toBe(true);
  for (const share of shares)
    if (keyOf(share.origin) !== '') expect(share.evidence).toBe(evidence.get(keyOf(share.origin)));
}

it('shares of origin sum to a million and carry the mass of each origin, through any mixing of mixtures', async () => {
  const input = fc.record({ pick: fc.nat(10_000), grams: fc.integer({ min: 1, max: 100_000 }) });
  const inputs = fc.array(input, { minLength: 1, maxLength: 16, size: 'max' });
  const property = fc.asyncProperty(inputs, (picks) =>
    mix(picks.map(({ pick, grams }) => ({ lot_id: lots[pick % lots.length] ?? 1, grams }))),
  );
  await fc.assert(property, { numRuns: goods.chain.fast ? 150 : 10 });
}, 120_000);

it('refuses to mix origins whose mass is nothing', async () => {
  const foam = productOf('foam', { unit: '3,LTR', grams_per_unit: 400 });
  await goods.world.act('registry', 'setproduct', ['ano'], foam);
  const bought = { product: 'foam', quantity: '1.000 LTR', rejected: '0.000 LTR' };
  const inputs: { lot_id: number; quantity: string }[] = [];
  for (const origin of [country('AM'), country('AZ')])
    inputs.push({ lot_id: (await goods.buy({ ...bought, origin })).lot, quantity: '0.001 LTR' });
  const mixing = { inputs, quantity: '1.000 KG', price: '0.01 RUB' };
  await expectRefusal(
    goods.acts.process({ ...mixing, document_hash: goods.document() }),
    'inputs: a gram or more of several origins expected, came 0',
  );
});
