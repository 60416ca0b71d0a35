import type { Lang } from '../numbers/format.ts';
import { en } from './en.ts';
import { ru, type Messages } from './ru.ts';

export const catalogue: Readonly<Record<Lang, Messages>> = { ru, en };
export const isLang = (text: unknown): text is Lang => text === 'ru' || text === 'en';
export type { Lang, Messages };
