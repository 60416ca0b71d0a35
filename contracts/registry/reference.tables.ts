import { EMPTY_NAME, Name, Symbol, TableStore, TimePointSec } from 'proton-tsc';
import { refuse, requireText } from '../shared/checks';
import { oktmoKey, requireTerritory } from '../shared/territory';
import { Product, Territory } from './registry.tables';

/** Levels from a municipality up to the country: enough for any, and it bounds the walk. */
const MAX_DEPTH: i32 = 8;

/** A territory whose own fields are right: code, title, and dates in order (a `valid_to` of zero has no end). */
export function newTerritory(
  oktmo: string,
  parent: string,
  title: string,
  from: TimePointSec,
  to: TimePointSec,
  successor: string,
): Territory {
  const key = oktmoKey('oktmo', oktmo);
  requireText('title', title);
  checkDates(from, to);
  return new Territory(key, oktmo, parent, title, from, to, successor);
}

/** Parent and successor, where given, are registered; nobody is an ancestor of itself. */
export function checkFamily(territories: TableStore<Territory>, territory: Territory): void {
  if (territory.successor.length > 0) {
    requireTerritory(territories, 'successor', territory.successor);
    if (territory.successor == territory.oktmo)
      refuse(`successor: another territory expected, came ${territory.oktmo} itself`);
  }
  let above = territory.parent;
  for (let depth = 0; above.length > 0; depth++) {
    if (above == territory.oktmo)
      refuse(`parent: no ancestor of itself expected, ${territory.oktmo} is above ${territory.parent}`);
    if (depth == MAX_DEPTH)
      refuse(`parent: at most ${MAX_DEPTH} levels above expected, ${territory.oktmo} has more`);
    above = requireTerritory(territories, 'parent', above).parent;
  }
}

function isUnit(unit: Symbol): bool {
  return unit == new Symbol('KG', 3) || unit == new Symbol('LTR', 3) || unit == new Symbol('PCS', 0);
}

function isOkpd2(code: string): bool {
  for (let i = 0; i < code.length; i++) {
    const c = code.charCodeAt(i);
    if (c != 46 && (c < 48 || c > 57)) return false;
  }
  return code.length >= 2 && code.length <= 12;
}

export function checkProduct(product: Product): void {
  if (product.product.N == 0) refuse('product: a code expected, came nothing');
  requireText('title', product.title);
  if (!isOkpd2(product.okpd2)) refuse(`okpd2: 2 to 12 digits and dots expected, came ${product.okpd2}`);
  if (product.basket_group.N == 0) refuse('basket_group: a group expected, came nothing');
  if (!isUnit(product.unit)) refuse(`unit: 3,KG or 3,LTR or 0,PCS expected, came ${product.unit}`);
  checkDates(product.valid_from, product.valid_to);
  if (isService(product)) checkService(product);
  else checkMass(product);
}

export function isService(product: Product): bool {
  return product.basket_group == Name.fromString('service');
}

function checkService(product: Product): void {
  if (product.unit != new Symbol('PCS', 0)) refuse(`unit: 0,PCS of a service expected, came ${product.unit}`);
  if (product.grams_per_unit != 0)
    refuse(`grams_per_unit: zero of a service expected, came ${product.grams_per_unit}`);
  if (product.primary_ppm != 0)
    refuse(`primary_ppm: zero of a service expected, came ${product.primary_ppm}`);
}

function checkMass(product: Product): void {
  if (product.grams_per_unit == 0) refuse('grams_per_unit: more than zero expected, came 0');
  if (product.unit == new Symbol('KG', 3) && product.grams_per_unit != 1000) {
    refuse(`grams_per_unit: 1000 grams a kilogram expected, came ${product.grams_per_unit}`);
  }
  if (product.primary_ppm == 0) refuse('primary_ppm: more than zero expected, came 0');
}

/** The product that takes this one's place, where named, is another that is registered. */
export function checkSuccessor(products: TableStore<Product>, product: Product): void {
  if (product.successor == EMPTY_NAME) return;
  if (product.successor == product.product)
    refuse(`successor: another product expected, came ${product.product} itself`);
  if (!products.exists(product.successor.N))
    refuse(`successor: a registered product expected, came ${product.successor}`);
}

/** [from, to), in order; a `to` of zero has no end. */
function checkDates(from: TimePointSec, to: TimePointSec): void {
  if (to.utcSeconds != 0 && to.utcSeconds <= from.utcSeconds)
    refuse(`valid_to: after ${from.utcSeconds} or zero expected, came ${to.utcSeconds}`);
}

/** Lots and acts of a product stand on its unit and mass: another package is another product. */
export function checkSameUnit(known: Product, came: Product): void {
  if (known.unit != came.unit)
    refuse(`unit: ${known.unit} of the known ${known.product} expected, came ${came.unit}`);
  if (known.grams_per_unit != came.grams_per_unit) {
    refuse(
      `grams_per_unit: ${known.grams_per_unit} of the known ${known.product} expected, came ${came.grams_per_unit}`,
    );
  }
}
