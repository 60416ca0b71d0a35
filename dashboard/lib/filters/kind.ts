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
export type Kind = (typeof KINDS)[number];
