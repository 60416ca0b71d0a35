import { goodOf } from '../../reference/goods.ts';
import { readTable, wordsIn } from '../../reference/table.ts';
import type { Cell } from '../cell.ts';

/** What a statistical office counts as one: products as they come from field, yard and water, before anything is made of them. */
export type Indicator = {
  readonly title: string;
  readonly unit: 'тонн' | 'тыс. штук';
  readonly products: readonly string[];
};

export const indicators: readonly Indicator[] = readTable('indicators.csv', import.meta.url).map((row) => ({
  title: row('title'),
  unit: row('unit') === 'тонн' ? 'тонн' : 'тыс. штук',
  products: wordsIn(row, 'products'),
}));

const byProduct = new Map(
  indicators.flatMap((indicator) => indicator.products.map((name) => [name, indicator])),
);

/** The cells of each indicator; those of no indicator are left out. */
export function cellsByIndicator(cells: readonly Cell[]): ReadonlyMap<Indicator, readonly Cell[]> {
  const sorted = new Map<Indicator, Cell[]>(indicators.map((indicator) => [indicator, []]));
  for (const cell of cells) {
    const indicator = byProduct.get(cell.product);
    if (indicator !== undefined) sorted.get(indicator)?.push(cell);
  }
  return sorted;
}

const GRAMS_A_TONNE = 1_000_000;
const A_THOUSAND = 1000;

/** Tonnes, or thousands of pieces, of a part of each of an indicator's cells. */
export function amountOf({ unit }: Indicator, cells: readonly Cell[], grams: (cell: Cell) => number): number {
  return cells.reduce((sum, cell) => {
    const one = unit === 'тонн' ? GRAMS_A_TONNE : goodOf(cell.product).grams_per_unit * A_THOUSAND;
    return sum + grams(cell) / one;
  }, 0);
}
