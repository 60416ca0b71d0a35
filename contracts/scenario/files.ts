import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { economyOf } from './economy/economy.ts';
import { officialFiles } from './economy/official/files.ts';
import { referenceOf } from './reference/reference.ts';

/**
 * `node contracts/scenario/files.ts <folder> [--seed text] [--until 2026-11-21]`: writes the demo region's official tables and
 * boundaries as files, as an office would have published them by that day (today by default).
 */
function main(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seed: { type: 'string', default: 'zarechnaya' }, until: { type: 'string' } },
  });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0)
    throw new Error(`one folder expected, got ${positionals.length}`);
  const until = values.until === undefined ? new Date() : new Date(values.until);
  if (Number.isNaN(until.getTime())) throw new Error(`--until: a date expected, got ${values.until ?? ''}`);
  const from = Date.UTC(until.getUTCFullYear() - 2, until.getUTCMonth(), until.getUTCDate());
  const economy = economyOf(referenceOf(values.seed), { from, until: until.getTime() });
  mkdirSync(folder, { recursive: true });
  for (const { file, bytes } of officialFiles(economy)) {
    writeFileSync(join(folder, file), bytes);
    process.stdout.write(`${join(folder, file)}, ${bytes.length} bytes\n`);
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
