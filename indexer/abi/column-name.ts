/** A column's name is cut there; contracts do not come near it. */
const maxLength = 127;

/**
 * A field's name as a column's: ABIs may hold any text there, columns only letters, digits and `_`.
 * A name already `taken` gets trailing underscores. Adds the result to `taken`.
 */
export function columnName(field: string, taken: Set<string>): string {
  let name = field
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?=\d|$)/, '_')
    .slice(0, maxLength);
  while (taken.has(name)) name += '_';
  taken.add(name);
  return name;
}
