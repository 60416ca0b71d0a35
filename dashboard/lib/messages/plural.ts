import { count, type Lang } from '../numbers/format.ts';

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };
type RuForms = readonly [one: string, few: string, many: string];
type EnForms = readonly [one: string, other: string];

/** «3 акта»: the number, grouped, with its noun. */
export function ru(n: number | string, [one, few, many]: RuForms): string {
  const form = rules.ru.select(Number(n));
  return `${count(n, 'ru')}\u00A0${form === 'one' ? one : form === 'few' ? few : many}`;
}

export const en = (n: number | string, [one, other]: EnForms): string =>
  `${count(n, 'en')}\u00A0${rules.en.select(Number(n)) === 'one' ? one : other}`;

export type { Lang };
