import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planRegion, type Region } from '../../contracts/scenario/region.ts';
import { ConfigError } from '../../zakroma.config.ts';
import type { RegionConfig } from '../../zakroma.config.ts';

/**
 * Which demo region a folder holds: seed, length, size and last day (ISO 8601, UTC midnight). Written once, because the same give
 * the same chain, and an interrupted build must go on with them on another day.
 */
export type RegionFile = Omit<RegionConfig, 'liveEveryMs'> & { readonly until: string };

/** The region that a folder's file stands for. */
export const regionOf = ({ seed, days, until, members, coops }: RegionFile): Region =>
  planRegion({ seed, days, until: new Date(until), scale: { members, coops } });

/**
 * Reads the folder's region or settles one that ends with the last full UTC day. Throws `ConfigError` when another was asked for, it
 * cannot be made, or its file is damaged.
 */
export function settleRegion(dataDir: string, asked: RegionConfig, now: Date): RegionFile {
  const path = join(dataDir, 'region.json');
  const found = readRegion(path);
  if (found === undefined) {
    const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())).toISOString();
    const { seed, days, members, coops } = asked;
    const region = { seed, days, members, coops, until };
    const reason = reasonAgainst(region);
    if (reason !== undefined)
      throw new ConfigError(
        `This demo region cannot be made: ${reason}. Choose other --members, --coops or --days.`,
      );
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, `${JSON.stringify(region, null, 2)}\n`);
    return region;
  }
  if (textOf(found) !== textOf(asked)) {
    throw new ConfigError(
      `${dataDir} holds the region ${textOf(found)}; asked for ${textOf(asked)}. ` +
        'Name another folder with --data, or remove this one.',
    );
  }
  return found;
}

const textOf = ({ seed, days, members, coops }: Omit<RegionFile, 'until'>): string =>
  `"${seed}" of ${days} days, ${members} members and ${coops} cooperatives`;

const FIELDS = ['seed', 'days', 'members', 'coops', 'until'] as const;

function readRegion(path: string): RegionFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const region = regionIn(text);
  if (region === undefined)
    throw new ConfigError(
      `${path} is damaged: expected ${FIELDS.join(', ')}, got ${JSON.stringify(text.trim().slice(0, SHOWN))}. ` +
        'Name another folder with --data, or remove this one.',
    );
  return region;
}

/** How much of a damaged file is shown. */
const SHOWN = 120;

function regionIn(text: string): RegionFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const row = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  if (FIELDS.some((field) => row[field] === undefined)) return undefined;
  const region = {
    seed: String(row['seed']),
    days: Number(row['days']),
    members: Number(row['members']),
    coops: Number(row['coops']),
    until: String(row['until']),
  };
  return reasonAgainst(region) === undefined ? region : undefined;
}

/** Why such a region cannot be planned; planning takes no time, playing it does. */
function reasonAgainst(region: RegionFile): string | undefined {
  try {
    regionOf(region);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
