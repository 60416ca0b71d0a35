import { goods } from '../reference/goods.ts';
import type { Reference } from '../reference/reference.ts';
import { municipalities } from '../reference/territories.ts';
import { january, type Month, monthOf, monthText, yearOf } from './calendar.ts';
import type { Cell, Flow } from './cell.ts';
import { liveMonth } from './month.ts';
import { monthsOf } from './needs.ts';
import type { Origins } from './origins.ts';
import { outputs } from './output.ts';

/** The whole economy of the region: what cooperatives see is a part of it. */
export type Economy = {
  readonly reference: Reference;
  /** First and last month, both included: from the January of the year before the first act on. */
  readonly first: Month;
  readonly last: Month;
  /** Milk of the steppe fails from this month on. */
  readonly collapse: Month;
  /** Every product in every municipality, and what went from where to where. Throw `RangeError` for a month that is not there. */
  cells(month: Month): readonly Cell[];
  flows(month: Month): readonly Flow[];
  /** Throws `RangeError` for what is not in the region or the time. */
  cell(territory: string, product: string, month: Month): Cell;
};

/** Times of the first and of the last act, ms since 1970. */
export type Span = { readonly from: number; readonly until: number };

/** Makes every month of every product in every municipality; about a second. */
export function economyOf(reference: Reference, { from, until }: Span): Economy {
  const first = january(yearOf(monthOf(from)) - 1);
  const last = monthOf(until - 1);
  const collapse = monthOf(from + ((until - from) * 2) / 3);
  const placeAt = monthsOf(reference, outputs(reference, collapse));
  const months = new Map(
    Array.from({ length: last - first + 1 }, (_, at): [Month, Lived] => [
      first + at,
      { cells: [], flows: [] },
    ]),
  );
  for (const good of goods) {
    const stocks = new Map<string, Origins>(municipalities.map(({ oktmo }) => [oktmo, new Map()]));
    for (let month = first - RUN_UP; month <= last; month++) {
      const done = liveMonth(
        good,
        month,
        municipalities.map((place) =>
          placeAt(place, good, month, stocks.get(place.oktmo) ?? new Map<string, number>()),
        ),
      );
      if (month < first) continue;
      monthAt(months, month).cells.push(...done.cells);
      monthAt(months, month).flows.push(...done.flows);
    }
  }
  return {
    reference,
    first,
    last,
    collapse,
    cells: (month) => monthAt(months, month).cells,
    flows: (month) => monthAt(months, month).flows,
    cell(territory, product, month) {
      const good = goods.findIndex((each) => each.product === product);
      const place = municipalities.findIndex(({ oktmo }) => oktmo === territory);
      const isKnown = good >= 0 && place >= 0;
      const cell = isKnown ? monthAt(months, month).cells[good * municipalities.length + place] : undefined;
      if (cell === undefined)
        throw new RangeError(`a cell of the region's economy expected, got ${territory} ${product} ${month}`);
      return cell;
    },
  };
}

/** A year before the first month, for stocks to be as they are in life. */
const RUN_UP = 12;

/** Cells by product and then by municipality, in the order of the reference's lists. */
type Lived = { readonly cells: Cell[]; readonly flows: Flow[] };

function monthAt(months: ReadonlyMap<Month, Lived>, month: Month): Lived {
  const lived = months.get(month);
  if (lived === undefined) throw new RangeError(`a month of the economy expected, got ${monthText(month)}`);
  return lived;
}
