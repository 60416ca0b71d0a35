import type { Lang } from '../numbers/format.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';

/** Every text of the pages; the Russian catalogue is the measure, the English one has the same keys. */
export type Messages = typeof ru;

export const catalogue: Readonly<Record<Lang, Messages>> = { ru, en };
export const isLang = (text: unknown): text is Lang => text === 'ru' || text === 'en';
export type { Lang };
