/** How a file's reader writes numbers: Russian spreadsheets want `;`, a decimal comma and a byte order mark. */
export type CsvDialect = { readonly separator: ';' | ','; readonly point: ',' | '.'; readonly mark: string };
export const DIALECTS: Readonly<Record<'ru' | 'en', CsvDialect>> = {
  ru: { separator: ';', point: ',', mark: '\uFEFF' },
  en: { separator: ',', point: '.', mark: '' },
};

/** Text, or an exact decimal; `null` is an empty cell, for unknown is not zero. */
export type Cell = string | { readonly number: string | null };

/** One line with its end. Text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvLine(cells: readonly Cell[], { separator, point }: CsvDialect): string {
  const texts = cells.map((cell) => {
    if (typeof cell !== 'string') return (cell.number ?? '').replace('.', point);
    const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /["\r\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${texts.join(separator)}\r\n`;
}
