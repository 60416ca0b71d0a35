/** A month as a whole number that grows by one: twelve a year, January of the year 0 is 0. */
export type Month = number;

export const DAY_MS = 86_400_000;
export const YEAR_DAYS = 365.25;

export const monthOf = (at: number): Month => {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
export const january = (year: number): Month => year * 12;
export const yearOf = (month: Month): number => Math.floor(month / 12);
/** Place in the year, from 0. */
export const placeOf = (month: Month): number => month % 12;
/** Start of a month, ms since 1970. */
export const startOf = (month: Month): number => Date.UTC(yearOf(month), placeOf(month), 1);
export const daysIn = (month: Month): number => (startOf(month + 1) - startOf(month)) / DAY_MS;
/** 2026-09, for people and files. */
export const monthText = (month: Month): string =>
  `${yearOf(month)}-${String(placeOf(month) + 1).padStart(2, '0')}`;
