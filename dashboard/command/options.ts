import { parseArgs } from 'node:util';

/** The command line is not as the help says; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What an option takes and what it is for; `many` may be given more than once. */
export type OptionSpec = { readonly takes: string; readonly help: string; readonly many?: boolean };
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** The values given, by option name without dashes. */
export type Given = Readonly<Record<string, readonly string[] | undefined>>;

/** Reads `--name value` and `--name=value`. Throws UsageError naming what is not known, given twice or lacks its value. */
export function parseOptions(specs: OptionSpecs, argv: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.keys(specs).map((name) => [name, { type: 'string' as const, multiple: true as const }]),
  );
  let values: Given;
  try {
    values = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] as string) : String(error);
    throw new UsageError(
      `${reason}\nKnown options: ${Object.keys(specs)
        .map((name) => `--${name}`)
        .join(', ')}`,
    );
  }
  for (const [name, given] of Object.entries(values)) {
    if ((given?.length ?? 0) > 1 && specs[name]?.many !== true)
      throw new UsageError(`--${name}: given ${given?.length ?? 0} times, expected once`);
  }
  return values;
}

export function one(given: Given, name: string): string | undefined {
  return given[name]?.[0];
}

/** A whole number of the option, or undefined where it is not given. Throws UsageError. */
export function integer(given: Given, name: string, min: number, max: number): number | undefined {
  const value = one(given, name);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max)
    throw new UsageError(`--${name}: expected a whole number from ${min} to ${max}, got "${value}"`);
  return number;
}

/** Account names separated by commas, or undefined where the option is not given. Throws UsageError. */
export function accounts(given: Given, name: string): readonly string[] | undefined {
  const value = one(given, name);
  if (value === undefined) return undefined;
  const names = value.split(',').map((account) => account.trim());
  const wrong = names.find((account) => !/^[a-z1-5.]{0,11}[a-z1-5]$/.test(account));
  if (wrong !== undefined)
    throw new UsageError(
      `--${name}: expected account names of at most 12 characters a–z, 1–5 and dots, got "${wrong}"`,
    );
  return [...new Set(names)];
}

export const maxBlock = 0xffff_fffe;

/** Options that more than one command has. */
export const common = {
  ship: {
    takes: 'ws://…[,ws://…]',
    help: 'state history of a node, or of several of the same chain (or ZAKROMA_SHIP_URL)',
  },
  'chain-id': { takes: '<64 hex digits>', help: 'the chain that must be there (or ZAKROMA_CHAIN_ID)' },
  data: {
    takes: '<folder>|<url>',
    help: 'folder of the embedded warehouse, or address of a ClickHouse server (or ZAKROMA_DATA, CLICKHOUSE_URL)',
  },
} satisfies OptionSpecs;
