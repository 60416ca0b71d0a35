import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WarehouseError } from '../error.ts';

/**
 * One statement of sql/. A feed is a materialized view that writes to a table; a snapshot is a table made whole from
 * other models, again after every batch that touches what it stands on; a function is an expression with a name.
 */
export type Model = {
  /** `fact.flow`, or a function's bare name. */
  readonly name: string;
  readonly kind: 'table' | 'view' | 'feed' | 'snapshot' | 'function';
  readonly file: string;
  readonly statement: string;
  /** Text of the CSV beside a table's file, or given by the caller: its rows. */
  readonly csv: string | null;
  readonly hash: string;
  /** Feeds only: the table they write to, the table whose inserts they follow, and their select. */
  readonly feed: { readonly target: string; readonly source: string; readonly select: string } | null;
  /** Snapshots only: the `chain` tables after whose rows they are made again. */
  readonly madeAfter: readonly string[];
};

const FOLDERS = ['reference', 'facts', 'marts'];

/**
 * Reads the models of a `sql/` folder, in no order. `given` are rows as CSV text, by table, in place of a file's. Throws WarehouseError
 * naming the file that breaks the form, or the table that is given rows and is none of the models.
 */
export async function readModels(
  dir: string,
  given: Readonly<Record<string, string>> = {},
): Promise<Model[]> {
  const models: Model[] = [];
  for (const folder of FOLDERS) {
    const files = (await readdir(join(dir, folder))).filter((file) => file.endsWith('.sql')).sort();
    for (const file of files) models.push(...(await readModel(join(dir, folder, file), given)));
  }
  const names = new Set<string>();
  for (const model of models) {
    if (names.has(model.name)) throw broken(model.file, `the model ${model.name} is defined twice`);
    names.add(model.name);
  }
  const unknown = Object.keys(given).find((name) => !names.has(name));
  if (unknown !== undefined) throw broken(dir, `rows are given for ${unknown}, and no model is called so`);
  return models;
}

async function readModel(file: string, given: Readonly<Record<string, string>>): Promise<Model[]> {
  const text = await readFile(file, 'utf8');
  for (const key of ['grain', 'owner']) {
    if (!new RegExp(`^-- ${key}: \\S`, 'm').test(text)) throw broken(file, `its header lacks "-- ${key}: …"`);
  }
  const csv = await readFile(file.replace(/\.sql$/, '.csv'), 'utf8').catch(() => null);
  const madeAfter = /^-- again after: (.+)$/m.exec(text)?.[1]?.split(/,\s*/) ?? [];
  const models = expand(file, text).map((statement) => parse(file, statement, { csv, given }, madeAfter));
  if (models.some((model) => (model.kind === 'snapshot') !== madeAfter.length > 0))
    throw broken(file, 'a snapshot, and nothing else, names its sources with "-- again after: chain.…"');
  return models;
}

/** `-- each kind: a, b` makes one statement for each word, in place of `{{kind}}`. */
function expand(file: string, text: string): string[] {
  const each = /^-- each (\w+): (.+)$/m.exec(text);
  const statement = text.replace(/^--.*\n/gm, '').trim();
  if (!each) return [statement];
  const [, key = '', words = ''] = each;
  if (!statement.includes(`{{${key}}}`))
    throw broken(file, `it says "each ${key}" and never uses {{${key}}}`);
  return words.split(',').map((word) => statement.replaceAll(`{{${key}}}`, word.trim()));
}

const FORMS: readonly (readonly [Model['kind'], RegExp])[] = [
  ['table', /^create table (\w+\.\w+)\s/],
  ['snapshot', /^create or replace table (\w+\.\w+)\s/],
  ['view', /^create or replace view (\w+\.\w+)\s/],
  ['feed', /^create materialized view (\w+\.\w+) to (\w+\.\w+) as\s+(select\b.*?\bfrom\s+(\w+\.\w+).*)$/s],
  ['function', /^create or replace function (\w+) as\s/],
];

type Rows = { readonly csv: string | null; readonly given: Readonly<Record<string, string>> };

function parse(file: string, statement: string, rows: Rows, madeAfter: readonly string[]): Model {
  for (const [kind, form] of FORMS) {
    const found = form.exec(statement);
    if (!found) continue;
    const [, name = '', target = '', select = '', source = ''] = found;
    const csv = rows.given[name] ?? rows.csv;
    const hash = createHash('sha256')
      .update(`${statement}\n${csv ?? ''}${madeAfter.join()}`)
      .digest('hex');
    return {
      name,
      kind,
      file,
      statement,
      csv,
      hash,
      feed: kind === 'feed' ? { target, source, select } : null,
      madeAfter,
    };
  }
  throw broken(
    file,
    'it begins with none of "create table", "create or replace table", "create or replace view", "create materialized view … to … as select", "create or replace function"',
  );
}

function broken(file: string, what: string): WarehouseError {
  return new WarehouseError(`${file}: ${what}.`, 'BROKEN_MODEL');
}
