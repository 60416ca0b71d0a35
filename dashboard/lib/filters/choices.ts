import type { Messages } from '../messages/index.ts';
import { monthName, periodName } from '../words/dates.ts';
import { monthsOf, parsePeriod, rollingYear } from './period.ts';

export type Choice = { readonly key: string; readonly title: string };

/** Periods offered on a day: the rolling year, its months from the newest, quarters and years that they touch. */
export function periodChoices(day: string, m: Messages) {
  const months = monthsOf(rollingYear(day)).toReversed();
  const keys = (part: (month: string) => string) => [...new Set(months.map(part))];
  const quarters = keys(
    (month) => `${month.slice(0, 4)}-Q${Math.floor((Number(month.slice(5, 7)) - 1) / 3) + 1}`,
  );
  const named = (key: string): Choice => ({ key, title: periodName(parsePeriod(key), m) });
  return {
    rolling: { key: '', title: m.strip.rolling },
    months: months.map((month) => ({ key: month.slice(0, 7), title: monthName(month, m) })),
    quarters: quarters.map(named),
    years: keys((month) => month.slice(0, 4)).map(named),
  };
}
