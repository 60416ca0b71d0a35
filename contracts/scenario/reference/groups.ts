/** Groups of the consumer basket, in the order in which they are shown. */
export const groups = [
  'bread',
  'potato',
  'vegetables',
  'fruit',
  'sugar',
  'meat',
  'fish',
  'milk',
  'eggs',
  'oils',
  'other',
] as const;
export type Group = (typeof groups)[number];

export function groupNamed(name: string): Group {
  const found = groups.find((group) => group === name);
  if (found === undefined) throw new RangeError(`one of ${groups.join(', ')} expected, got ${name}`);
  return found;
}
