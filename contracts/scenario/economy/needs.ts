import { type Good, madeFrom } from '../reference/goods.ts';
import type { Scale } from '../reference/reference.ts';
import type { Municipality } from '../reference/territories.ts';
import { type Month, placeOf } from './calendar.ts';
import { key } from './key.ts';
import type { Place } from './month.ts';
import { inShares, type Origins } from './origins.ts';
import { feedShare, madeInAll, type Outputs } from './output.ts';
import { eatenInYear, peopleOf } from './people.ts';
import { eatingShare } from './season.ts';

/** What was used up of a product to make others, by origin; under the key of its cell. */
export type Inputs = Map<string, Origins>;

const CATERING = 0.12;
/** Schools are closed in June, July and August. */
const CATERING_IN_SUMMER = 0.05;

/** What a month asks of a product in a municipality, whose stock is given. What goods are made of must have been lived through before. */
export function monthsOf(
  scale: Scale,
  outputs: Outputs,
  inputs: Inputs,
): (municipality: Municipality, good: Good, month: Month, stock: Origins) => Place {
  return (municipality, good, month, stock) => {
    const output = outputs.month(municipality, good, month);
    const eaten = eatenInYear(peopleOf(municipality, scale), good) * eatingShare(month, good);
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
      madeOf: originsOf(
        municipality,
        good,
        madeInAll(output),
        inputs.get(inputKey(municipality, good, month)),
      ),
      wants: { own, catering, processed, fed },
      brought: Math.floor((own + catering) * good.shop),
      reserve: reserveOf(good, month, own + catering + processed + fed),
      loss: lossOf(good),
    };
  };
}

const inputFor = ({ recipe }: Good, grams: number): number => Math.ceil(grams * (recipe?.ratio ?? 0));

const inputKey = ({ oktmo }: Municipality, { recipe }: Good, month: Month): string =>
  key(oktmo, recipe?.input ?? '', month);

/** What grows here is of here; what is made of other goods keeps their origins. */
function originsOf({ oktmo }: Municipality, good: Good, grams: number, used: Origins | undefined): Origins {
  if (grams === 0) return new Map();
  if (good.recipe === undefined) return new Map([[oktmo, grams]]);
  if (used === undefined)
    throw new Error(`${good.recipe.input} used up before ${good.product} expected, got none at ${oktmo}`);
  return inShares(grams, used);
}

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
