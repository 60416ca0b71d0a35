import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../zakroma.config.ts';
import type { RegionConfig } from '../../zakroma.config.ts';

/**
 * Which demo region a folder holds: seed, length and last day (ISO 8601, UTC midnight). Written once, because the same three give
 * the same chain, and an interrupted build must go on with them on another day.
 */
export type RegionFile = { readonly seed: string; readonly days: number; readonly until: string };

/** Reads the folder's region or settles one that ends with the last full UTC day. Throws `ConfigError` when another was asked for. */
export function settleRegion(dataDir: string, asked: RegionConfig, now: Date): RegionFile {
  const path = join(dataDir, 'region.json');
  const found = readRegion(path);
  if (found === undefined) {
    const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())).toISOString();
    const region = { seed: asked.seed, days: asked.days, until };
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, `${JSON.stringify(region, null, 2)}\n`);
    return region;
  }
  if (found.seed !== asked.seed || found.days !== asked.days) {
    throw new ConfigError(
      `${dataDir} holds the region "${found.seed}" of ${found.days} days; asked for "${asked.seed}" of ${asked.days}. ` +
        'Name another folder with --data, or remove this one.',
    );
  }
  return found;
}

function readRegion(path: string): RegionFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const value: unknown = JSON.parse(text);
  if (
    typeof value !== 'object' ||
    value === null ||
    !('seed' in value && 'days' in value && 'until' in value)
  ) {
    throw new ConfigError(`${path}: expected seed, days and until, got ${text.trim()}`);
  }
  return { seed: String(value.seed), days: Number(value.days), until: String(value.until) };
}
