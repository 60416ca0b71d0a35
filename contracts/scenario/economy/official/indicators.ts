import { goodOf } from '../../reference/goods.ts';
import { readTable, wordsIn } from '../../reference/table.ts';
import type { Cell } from '../cell.ts';

/** What a statistical office counts as one: products as they come from field, yard and water, before anything is made of them. */
export type Indicator = {
  readonly title: string;
  readonly unit: string;
  readonly products: readonly string[];
};

export const indicators: readonly Indicator[] = readTable('indicators.csv', import.meta.url).map((row) => ({
  title: row('title'),
  unit: row('unit'),
  products: wordsIn(row, 'products'),
}));

const GRAMS_A_TONNE = 1_000_000;
const A_THOUSAND = 1000;

/** Tonnes, or thousands of pieces, of a part of each cell of one indicator. */
export function amountOf(
  { unit, products }: Indicator,
  cells: readonly Cell[],
  grams: (cell: Cell) => number,
): number {
  return cells
    .filter(({ product }) => products.includes(product))
    .reduce((sum, cell) => {
      const one = unit === 'тонн' ? GRAMS_A_TONNE : goodOf(cell.product).grams_per_unit * A_THOUSAND;
      return sum + grams(cell) / one;
    }, 0);
}
