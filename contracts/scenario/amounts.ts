/** Amounts are whole numbers of the smallest part of a unit (grams of a kilogram, kopecks), as on the chain. */

const digits = (unit: string): number => Number(unit.split(',')[0]);
const code = (unit: string): string => unit.split(',')[1] ?? '';

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

/** A quantity as a scale or a count gives it: to 100 g or 100 ml, pieces by ten above thirty; never zero. */
export function weighed(quantity: number, unit: string): number {
  if (digits(unit) === 0)
    return Math.max(1, quantity > 30 ? Math.round(quantity / 10) * 10 : Math.round(quantity));
  return Math.max(1, Math.round(quantity * 10)) * 10 ** (digits(unit) - 1);
}
