import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Params, Warehouse } from '../warehouse.ts';

/** A check that returned rows. `subject` says for what (`{ territory: '02614000' }`), when the check runs for many. */
export type CheckFailure = {
  readonly check: string;
  readonly says: string;
  readonly subject: Params;
  readonly rows: readonly Record<string, unknown>[];
};

/** Rows of a failing check that are kept. */
const SHOWN = 20;

/**
 * Runs sql/checks: every query must return no row. `-- for: select …` runs a check once for each row of that select,
 * its columns bound as text. `only: 'on repeat'` takes the checks with that mark.
 */
export async function runChecks(
  warehouse: Warehouse,
  options: { readonly dir: string; readonly only?: 'on repeat' },
): Promise<CheckFailure[]> {
  const folder = join(options.dir, 'checks');
  const failures: CheckFailure[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()) {
    const text = await readFile(join(folder, file), 'utf8');
    if (options.only !== undefined && !new RegExp(`^-- ${options.only}$`, 'm').test(text)) continue;
    failures.push(...(await runCheck(warehouse, file.replace(/\.sql$/, ''), text)));
  }
  return failures;
}

async function runCheck(warehouse: Warehouse, check: string, text: string): Promise<CheckFailure[]> {
  const says = /^-- (.+)$/m.exec(text)?.[1] ?? check;
  const subjects = /^-- for: (.+)$/m.exec(text)?.[1];
  const failures: CheckFailure[] = [];
  for (const subject of subjects === undefined ? [{}] : await warehouse.query<Params>(subjects)) {
    const rows = await warehouse.query<Record<string, unknown>>(text, subject);
    if (rows.length > 0) failures.push({ check, says, subject, rows: rows.slice(0, SHOWN) });
  }
  return failures;
}
