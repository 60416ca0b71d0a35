import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Everything that the environment and the command line may set, read once. Nothing else in the project reads `process.env`.
 * README.md has the table.
 */
export type ZakromaConfig = {
  /** Folder of the chain's journal, the warehouse and the real node. */
  readonly dataDir: string;
  readonly web: { readonly host: string; readonly port: number };
  readonly chain: ChainConfig;
  readonly warehouse: WarehouseConfig;
  /** `rows`: whether the history of the contracts' table rows is kept. */
  readonly indexer: { readonly rows: boolean };
  readonly region: RegionConfig;
  readonly log: LogLevel;
};

export type ChainConfig =
  | {
      readonly kind: 'devnet';
      readonly httpPort: number;
      readonly shipPort: number;
      readonly finalityLag: number;
    }
  | { readonly kind: 'nodeos'; readonly acts: number }
  | {
      readonly kind: 'external';
      readonly httpUrl: string;
      /** State history, in order of preference. */
      readonly shipUrls: readonly string[];
      readonly chainId: string | undefined;
      readonly startBlock: number;
    };

export type WarehouseConfig =
  { readonly path: string } | { readonly url: string; readonly user: string; readonly password: string };

/** The demo region: its seed, its length in days, its size, and how often a live act is made (0: never). */
export type RegionConfig = {
  readonly seed: string;
  readonly days: number;
  readonly members: number;
  readonly coops: number;
  readonly liveEveryMs: number;
};

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A setting that cannot be used; the message names the flag or variable that was set, what it expects and what came. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type Environment = Readonly<Record<string, string | undefined>>;
type Flags = Readonly<Partial<Record<keyof typeof FLAGS, string>>>;

/** Each flag with what it takes. */
const FLAGS = {
  chain: 'devnet|nodeos|<url>',
  data: '<folder>',
  port: '<number>',
  seed: '<text>',
  years: '<number>',
  days: '<number>',
  members: '<number>',
  coops: '<number>',
} as const;
const YEAR_DAYS = 365;

/** Reads flags and environment; a flag wins. Throws `ConfigError`. */
export function readConfig(env: Environment, argv: readonly string[]): ZakromaConfig {
  const flags = readFlags(argv);
  const set = (flag: keyof Flags, name: string): Setting => typed(flags, flag) ?? variable(env, name);
  const dataDir = resolve(set('data', 'ZAKROMA_DATA').value ?? 'data');
  return {
    dataDir,
    web: {
      host: text(env, 'ZAKROMA_HOST', '127.0.0.1'),
      port: whole(set('port', 'ZAKROMA_PORT'), 4870, 0, 65_535),
    },
    chain: readChain(env, set('chain', 'ZAKROMA_CHAIN')),
    warehouse: readWarehouse(env, resolve(dataDir, 'warehouse')),
    indexer: { rows: oneOf(env, 'ZAKROMA_ROWS', ['on', 'off'], 'on') === 'on' },
    region: {
      seed: set('seed', 'ZAKROMA_SEED').value ?? 'zarechnaya',
      days: yearsIn(flags) ?? whole(set('days', 'ZAKROMA_DAYS'), 730, 1, 3660),
      members: whole(set('members', 'ZAKROMA_MEMBERS'), 1500, 10, 10_000_000),
      coops: whole(set('coops', 'ZAKROMA_COOPS'), 6, 1, 100_000),
      liveEveryMs: integer(env, 'ZAKROMA_LIVE_EVERY_MS', 6000, 0, 86_400_000),
    },
    log: logLevel(env),
  };
}

/** The days of `--years`, a plainer word for as many times 365 of them; undefined where it was not typed. */
function yearsIn({ years, days }: Flags): number | undefined {
  if (years === undefined) return undefined;
  if (days !== undefined) throw new ConfigError('--years and --days: one of them expected, got both');
  return whole({ name: '--years', value: years }, 2, 1, 10) * YEAR_DAYS;
}

/** What was set, under the name by which it was set: the flag where it was typed, else the variable. */
type Setting = { readonly name: string; readonly value: string | undefined };

function typed(flags: Flags, flag: keyof Flags): Setting | undefined {
  const value = flags[flag];
  if (value === '') throw new ConfigError(`--${flag}: expected ${FLAGS[flag]}, got nothing`);
  return value === undefined ? undefined : { name: `--${flag}`, value };
}

function readFlags(argv: readonly string[]): Flags {
  const names = Object.keys(FLAGS);
  const known = Object.entries(FLAGS).map(([name, takes]) => `--${name} ${takes}`);
  try {
    return parseArgs({
      args: [...argv],
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`${reason}\nKnown flags: ${known.join(', ')}`);
  }
}

function readChain(env: Environment, { name, value: chain = 'devnet' }: Setting): ChainConfig {
  if (chain === 'devnet') {
    return {
      kind: 'devnet',
      httpPort: integer(env, 'ZAKROMA_CHAIN_HTTP_PORT', 8888, 0, 65_535),
      shipPort: integer(env, 'ZAKROMA_SHIP_PORT', 8889, 0, 65_535),
      finalityLag: integer(env, 'ZAKROMA_FINALITY_LAG', 3, 1, 1000),
    };
  }
  if (chain === 'nodeos')
    return { kind: 'nodeos', acts: integer(env, 'ZAKROMA_NODEOS_ACTS', 300, 0, 1_000_000) };
  const httpUrl = url(
    { [name]: chain },
    name,
    ['http:', 'https:'],
    'devnet, nodeos or the http address of a node',
  );
  if (env['ZAKROMA_SHIP_URL'] === undefined) {
    throw new ConfigError(
      `ZAKROMA_SHIP_URL: expected the ws:// address of the node's state_history_plugin, because ${name} is ${httpUrl}; it is not set`,
    );
  }
  const chainId = env['ZAKROMA_CHAIN_ID'];
  if (chainId !== undefined && !/^[0-9a-f]{64}$/.test(chainId)) {
    throw new ConfigError(`ZAKROMA_CHAIN_ID: expected 64 hex digits, got "${chainId}"`);
  }
  return {
    kind: 'external',
    httpUrl,
    shipUrls: shipAddresses(env, 'ZAKROMA_SHIP_URL'),
    chainId,
    startBlock: integer(env, 'ZAKROMA_START_BLOCK', 1, 1, 0xffff_ffff),
  };
}

/** One or more addresses of the same chain's state history, separated by commas. */
export function shipAddresses(env: Environment, name: string): readonly string[] {
  const addresses = (env[name] ?? '').split(',').map((address) => address.trim());
  const expected = "the ws:// address of a node's state_history_plugin, or several separated by commas";
  return addresses.map((address) => url({ [name]: address }, name, ['ws:', 'wss:'], expected));
}

/** The warehouse that `data` names: a folder, as `npm start -- --data` takes it, or a ClickHouse server's address. */
export function warehouseAt(env: Environment, data: string | undefined): WarehouseConfig {
  if (data !== undefined && /^https?:/.test(data))
    return readWarehouse({ ...env, CLICKHOUSE_URL: data }, data);
  const dataDir = resolve(data ?? text(env, 'ZAKROMA_DATA', 'data'));
  // A folder that is named wins over the environment's server.
  return readWarehouse(data === undefined ? env : {}, resolve(dataDir, 'warehouse'));
}

/** How much is logged. */
export function logLevel(env: Environment): LogLevel {
  return oneOf(env, 'ZAKROMA_LOG', logLevels, 'warn');
}

function readWarehouse(env: Environment, path: string): WarehouseConfig {
  if (env['CLICKHOUSE_URL'] === undefined) return { path };
  return {
    url: url(env, 'CLICKHOUSE_URL', ['http:', 'https:'], 'the http address of a ClickHouse server'),
    user: text(env, 'CLICKHOUSE_USER', 'default'),
    password: text(env, 'CLICKHOUSE_PASSWORD', ''),
  };
}

/** A variable that is set to nothing is not set. */
function variable(env: Environment, name: string): Setting {
  const value = env[name];
  return { name, value: value === '' ? undefined : value };
}

const text = (env: Environment, name: string, fallback: string): string =>
  variable(env, name).value ?? fallback;

const integer = (env: Environment, name: string, fallback: number, min: number, max: number): number =>
  whole(variable(env, name), fallback, min, max);

function whole(setting: Setting, fallback: number, min: number, max: number): number {
  const { name, value = String(fallback) } = setting;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) {
    throw new ConfigError(`${name}: expected a whole number from ${min} to ${max}, got "${value}"`);
  }
  return number;
}

function oneOf<const Choice extends string>(
  env: Environment,
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const value = text(env, name, fallback);
  const choice = choices.find((each) => each === value);
  if (choice === undefined)
    throw new ConfigError(`${name}: expected one of ${choices.join(', ')}, got "${value}"`);
  return choice;
}

function url(env: Environment, name: string, protocols: readonly string[], expected: string): string {
  const value = env[name] ?? '';
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    throw new ConfigError(`${name}: expected ${expected}, got "${value}"`);
  }
  return value.replace(/\/$/, '');
}
