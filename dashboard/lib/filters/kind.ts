/** Kinds of acts on goods, in the order of a lot's life. */
export const KINDS = [
  'accept',
  'ship',
  'receive',
  'issue',
  'sellout',
  'return',
  'process',
  'count',
  'loss',
  'reverse',
] as const;
/** Kinds whose acts go both ways (used and made, short and over, taken back of anything): their sums would mean nothing. */
export const BOTH_WAYS: readonly string[] = ['process', 'count', 'reverse'] satisfies readonly Kind[];
export type Kind = (typeof KINDS)[number];
