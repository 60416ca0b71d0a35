import { lawfulActs } from '../api/testing/lawful.ts';
import type { ShortAct } from '../api/testing/region.ts';

const [LES, STEP, CITY] = ['02614000', '02628000', '02701000'] as const;
const PRICE = { potato: 20, milk: 45, beef: 420 } as const;
type Product = keyof typeof PRICE;

const day = (month: number, of: number) =>
  `2026-${String(month).padStart(2, '0')}-${String(1 + (of % 27)).padStart(2, '0')}`;

/** Three months of acts without chance: acceptances, issues with every origin, sales outside, from a counter alone. */
function everyday(): ShortAct[] {
  const products: Product[] = ['potato', 'milk', 'beef'];
  const acts: ShortAct[] = [];
  for (const month of [8, 9, 10])
    for (let n = 0; n < 14; n += 1) {
      const product = products[n % 3] ?? 'potato';
      const kg = (product === 'beef' ? 40 : 400) + n * 17 + month * 9;
      const origin = n % 5 === 4 ? STEP : n % 7 === 6 ? '' : LES;
      const [price, part] = [PRICE[product], Math.round(kg / 3)];
      acts.push(['accept', day(month, n), product, kg, price, origin, origin, LES]);
      acts.push(['issue', day(month, n + 3), product, part, price + 2, origin, LES, LES, 'ownuse']);
      if (n % 4 === 0)
        acts.push(['sellout', day(month, n + 6), product, part, price + 3, origin, LES, CITY, 'trade']);
    }
  return acts;
}

const days = everyday();

/** The number of the first of the acts of {@link lawfulActs}, which end the season. */
export const LAWFUL = days.length + 1;
export const season = (): readonly ShortAct[] => [...days, ...lawfulActs(LAWFUL)];
