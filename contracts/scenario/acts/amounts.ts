import type { Product } from '../reference/goods.ts';

/** Amounts are whole numbers of the smallest part of a unit (grams of a kilogram, kopecks), as on the chain. */

/** Digits after the point: "3,KG" has 3. */
const digits = (unit: string): number => unit.charCodeAt(0) - 48;
const code = (unit: string): string => unit.slice(2);

/** 1500 of "3,KG" is "1.500 KG". */
export function assetText(amount: number, unit: string): string {
  const precision = digits(unit);
  const text = String(amount).padStart(precision + 1, '0');
  const whole = precision === 0 ? text : `${text.slice(0, -precision)}.${text.slice(-precision)}`;
  return `${whole} ${code(unit)}`;
}

/** "1.500 KG" is 1500. */
export function assetAmount(text: string): number {
  return Number(text.split(' ')[0]?.replace('.', ''));
}

export const roubles = (kopecks: number): string => assetText(kopecks, '2,RUB');

/** Kopecks of a quantity at a price a whole unit, rounded half up as the market does. */
export function valueOf(price: number, quantity: number, unit: string): number {
  const parts = 10 ** digits(unit);
  const product = price * quantity;
  if (!Number.isSafeInteger(product))
    throw new RangeError(`a value below 2^53 expected, got ${price} x ${quantity}`);
  return Math.floor((product + parts / 2) / parts);
}

type Measured = Pick<Product, 'unit' | 'grams_per_unit'>;

/** Grams as a scale or a count gives them: to 100 g or 100 ml, above thirty by ten, never zero. */
export function quantityOf(grams: number, { unit, grams_per_unit }: Measured): number {
  const whole = grams / grams_per_unit;
  if (digits(unit) === 0) return Math.max(1, whole > 30 ? Math.floor(whole / 10) * 10 : Math.floor(whole));
  const step = whole > 100 ? 1 : 0.1;
  return Math.max(1, Math.floor(whole / step)) * Math.round(step * 10 ** digits(unit));
}

export const gramsOf = (quantity: number, { unit, grams_per_unit }: Measured): number =>
  (quantity * grams_per_unit) / 10 ** digits(unit);
