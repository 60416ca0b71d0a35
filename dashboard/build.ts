import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm run build`: builds the pages into `build/`, unless they were built from the very same sources before.
 * The stamp beside them is a hash over all that the build reads.
 */
const root = join(import.meta.dirname, '..');
const stampFile = join(root, 'build/stamp');
const sources = [
  'dashboard/{routes,lib,static}/**/*',
  'dashboard/*.{ts,html}',
  'dashboard/api/**/*.ts',
  'svelte.config.js',
  'vite.config.ts',
  'package-lock.json',
];

const stamp = stampOf();
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  run('svelte-kit', ['sync']);
  run('vite', ['build', '--logLevel', 'error']);
  writeFileSync(stampFile, stamp);
}

function stampOf(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).toSorted()) {
    hash.update(path.slice(root.length)).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Builds for use also where tests ask for it; shows what the command said only where it failed. */
function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(
    'env',
    ['NODE_ENV=production', join(root, 'node_modules/.bin', command), ...args],
    { cwd: root },
  );
  if (status === 0) return;
  process.stderr.write(stdout);
  process.stderr.write(stderr);
  process.exit(status ?? 1);
}
