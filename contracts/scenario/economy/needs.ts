import { type Good, madeFrom } from '../reference/goods.ts';
import type { Scale } from '../reference/reference.ts';
import type { Municipality } from '../reference/territories.ts';
import { type Month, placeOf, yearOf } from './calendar.ts';
import type { Origins } from './origins.ts';
import { feedShare, madeInAll, type Outputs } from './output.ts';
import { eatenInYear, peopleOf } from './people.ts';
import type { Place } from './place.ts';
import { eatingShare } from './season.ts';

const CATERING = 0.12;
/** Schools are closed in June, July and August. */
const CATERING_IN_SUMMER = 0.05;

/** What a month asks of a product in a municipality, whose stock is given. */
export function monthsOf(
  scale: Scale,
  outputs: Outputs,
): (municipality: Municipality, good: Good, month: Month, stock: Origins) => Place {
  return (municipality, good, month, stock) => {
    const output = outputs.month(municipality, good, month);
    const eaten =
      eatenInYear(peopleOf(municipality, scale, yearOf(month)), good) *
      eatingShare(month, good) *
      appetite(outputs.harvest(good, yearOf(month)));
    const isSummer = placeOf(month) >= 5 && placeOf(month) <= 7;
    const catering = Math.floor(eaten * (isSummer ? CATERING_IN_SUMMER : CATERING));
    const own = Math.floor(eaten) - catering;
    const processed = madeFrom(good.product).reduce(
      (sum, made) => sum + inputFor(made, madeInAll(outputs.month(municipality, made, month))),
      0,
    );
    const fed = Math.floor((outputs.year(municipality, good) * feedShare(good)) / 12);
    return {
      municipality,
      stock,
      output,
      wants: { own, catering, processed, fed },
      brought: Math.floor((own + catering) * good.shop),
      reserve: reserveOf(good, month, own + catering + processed + fed),
      loss: lossOf(good),
    };
  };
}

/** More is eaten in a year of plenty: up to 3 % more or less. */
const appetite = (harvest: number): number => 0.97 + 0.06 * harvest;

const inputFor = ({ recipe }: Good, grams: number): number => Math.ceil(grams * (recipe?.ratio ?? 0));

const isCrop = ({ season, keeps }: Good): boolean => season.floor < 0.1 && keeps >= 60;

/** Crops are kept till the next harvest or as long as they keep, the rest a quarter of a month at most. */
function reserveOf(good: Good, month: Month, monthly: number): number {
  if (!isCrop(good)) return Math.floor(monthly * Math.min(0.25, good.keeps / 60));
  const harvest = Math.floor(good.season.peak / 30.5);
  const ahead = (harvest - placeOf(month) + 11) % 12;
  return Math.floor(monthly * Math.min(ahead, good.keeps / 30));
}

/** Share of what is there that spoils in a month. */
function lossOf(good: Good): number {
  if (isCrop(good)) return 0.012;
  return good.keeps < 10 ? 0.018 : 0.006;
}
