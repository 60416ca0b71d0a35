import type { Month } from './calendar.ts';

/** Names a cell in a map. */
export const key = (territory: string, product: string, month: Month): string =>
  `${territory} ${product} ${month}`;
