import { Asset, Symbol, U128 } from 'proton-tsc';
import { refuse } from './checks';

/** Antelope's bound of an asset's amount. */
export const MAX_AMOUNT: i64 = (1 << 62) - 1;

/** The highest price of a whole unit: a thousand million roubles. */
const MAX_PRICE: i64 = 100_000_000_000;

/** The money of acts: roubles with kopecks. */
export function roubles(): Symbol {
  return new Symbol('RUB', 2);
}

/** "1.500 KG"; proton-tsc's own text breaks on small negative amounts. */
export function amountText(asset: Asset): string {
  if (asset.amount >= 0) return asset.toString();
  return '-' + new Asset(-asset.amount, asset.symbol).toString();
}

export function requireSymbol(field: string, asset: Asset, symbol: Symbol): void {
  if (asset.symbol != symbol)
    refuse(`${field}: ${symbol.toString()} expected, came ${asset.symbol.toString()}`);
}

/** An amount above zero in the given symbol. */
export function requirePositive(field: string, asset: Asset, symbol: Symbol): void {
  requireSymbol(field, asset, symbol);
  if (asset.amount <= 0) refuse(`${field}: more than zero expected, came ${amountText(asset)}`);
}

/** Roubles for a whole unit. */
export function requirePrice(field: string, price: Asset): void {
  requirePositive(field, price, roubles());
  requireAtMost(field, price, new Asset(MAX_PRICE, price.symbol));
}

/** An amount of zero or more in the given symbol. */
export function requireNotNegative(field: string, asset: Asset, symbol: Symbol): void {
  requireSymbol(field, asset, symbol);
  if (asset.amount < 0) refuse(`${field}: zero or more expected, came ${amountText(asset)}`);
}

/** An amount of at most `available`. */
export function requireAtMost(field: string, asset: Asset, available: Asset): void {
  if (asset.amount > available.amount) {
    refuse(`${field}: at most ${amountText(available)} expected, came ${amountText(asset)}`);
  }
}

/**
 * rate × quantity in whole units, rounded half up; the product is held in 128 bits.
 * `rate` is per whole unit, in its own smallest parts (kopecks, grams). Both are zero or more.
 */
export function times(field: string, rate: u64, quantity: Asset): u64 {
  let parts: u64 = 1;
  for (let i: u8 = 0; i < quantity.symbol.precision(); i++) parts *= 10;
  const product = U128.fromU64(rate) * U128.fromU64(<u64>quantity.amount);
  const rounded = (product + U128.fromU64(parts / 2)) / U128.fromU64(parts);
  if (rounded.hi != 0 || rounded.lo > <u64>MAX_AMOUNT) {
    refuse(`${field}: at most ${MAX_AMOUNT} expected, came ${rate} x ${amountText(quantity)}`);
  }
  return rounded.lo;
}

/** What falls to `part` of `whole` out of `total`, rounded down. */
export function shareOf(total: u64, part: i64, whole: i64): u64 {
  return ((U128.fromU64(total) * U128.fromU64(<u64>part)) / U128.fromU64(<u64>whole)).lo;
}
