import { identifier, literal, qualified } from '../door/statement.ts';
import type { Warehouse } from '../warehouse.ts';
import { tellable } from './json-text.ts';

type Existing = { readonly table: string; readonly name: string; readonly type: string };

const TEXT = 'Nullable(String)';
/** The engine takes statements of 256 KiB; an action of more columns and versions than that has no view. */
const MAX_STATEMENT = 250_000;

/**
 * Shows the tables that hold one action under incompatible ABIs as one, `<first>_all`: `table_version` counts them from 1, a column that a
 * version lacks is null there. Integers take the widest type; what else differs, and an array or tuple that a version lacks, becomes
 * text. Tables that do not exist yet are left out.
 */
export async function ensureVersionsView(
  warehouse: Warehouse,
  database: string,
  versions: readonly string[],
): Promise<void> {
  const existing = await warehouse.query<Existing>(
    `select table, name, type from system.columns
     where database = {database:String} and table in {versions:Array(String)} order by table, position`,
    { database, versions },
  );
  const tables = versions
    .map((name, at) => ({ name, version: at + 1, types: typesOf(existing, name) }))
    .filter(({ types }) => types.size > 0);
  const columns = [...new Set(tables.flatMap(({ types }) => [...types.keys()]))].map((name) => ({
    name,
    type: common(tables.map(({ types }) => types.get(name))),
  }));
  const parts = tables.map(({ name, version, types }) => {
    const chosen = columns.map((column) => shown(column.name, types.get(column.name), column.type));
    return `select toUInt16(${String(version)}) as table_version, ${chosen.join(', ')} from ${qualified(`${database}.${name}`)}`;
  });
  const statement = `create or replace view ${qualified(`${database}.${versions[0] as string}_all`)} as\n${parts.join('\nunion all\n')}`;
  if (parts.length > 1 && statement.length <= MAX_STATEMENT) await warehouse.command(statement);
}

function typesOf(existing: readonly Existing[], table: string): ReadonlyMap<string, string> {
  return new Map(existing.filter((column) => column.table === table).map(({ name, type }) => [name, type]));
}

const isComposite = (type: string): boolean => /^(Array|Tuple|Map)\(/.test(type);

/** The type without its null. */
function whole(type: string): string {
  return type.replace(
    /^(LowCardinality\()?Nullable\((.*)\)$/s,
    (_all, low: string | undefined, inner: string) => (low === undefined ? inner : `${low}${inner}`),
  );
}

/** The type that shows a column of all versions; undefined stands for a version without it. */
export function common(types: readonly (string | undefined)[]): string {
  const present = types.filter((type) => type !== undefined);
  const [first = TEXT, ...others] = [...new Set(present.map(whole))];
  const isNullable = present.length < types.length || present.some((type) => whole(type) !== type);
  if (others.length === 0 && isComposite(first)) return isNullable ? TEXT : first;
  const type = others.length === 0 ? first : widest([first, ...others]);
  if (type === undefined) return TEXT;
  if (!isNullable) return type;
  const inner = /^LowCardinality\((.*)\)$/s.exec(type)?.[1];
  return inner === undefined ? `Nullable(${type})` : `LowCardinality(Nullable(${inner}))`;
}

/** The widest of integers that are all signed or all unsigned; undefined for others. */
function widest(types: readonly string[]): string | undefined {
  const integers = types.map((type) => /^(U?Int)(\d+)$/.exec(type));
  const [sign] = integers.map((found) => found?.[1]);
  if (sign === undefined || !integers.every((found) => found?.[1] === sign)) return undefined;
  return `${sign}${String(Math.max(...integers.map((found) => Number(found?.[2]))))}`;
}

/** JSON text that loses no digit and no byte. */
function jsonOf(column: string, type: string): string {
  const { expression, type: told } = tellable({ expression: column, type });
  return `toJSONString(cast(${expression}, ${literal(told)}))`;
}

function shown(name: string, type: string | undefined, wanted: string): string {
  const column = identifier(name);
  if (type === undefined) return `cast(null as ${wanted}) as ${column}`;
  if (type === wanted) return column;
  const text = isComposite(type) ? jsonOf(column, type) : `toString(${column})`;
  return `cast(${wanted === TEXT && whole(type) !== 'String' ? text : column} as ${wanted}) as ${column}`;
}
