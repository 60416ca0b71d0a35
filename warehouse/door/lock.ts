import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WarehouseError } from '../error.ts';

/** Holds a folder for this process; chDB corrupts nothing but hangs or fails obscurely when two processes meet in one folder. */
export type FolderLock = { release(): Promise<void> };

type Owner = { readonly pid: number; readonly started: string };

/** Takes the folder's lock file, over a dead owner too. Throws WarehouseError naming the live owner. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, 'lock');
  const self: Owner = { pid: process.pid, started: await startOf(process.pid) };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await create(file, self)) return { release: () => rm(file, { force: true }) };
    const owner = await readOwner(file);
    if (owner === 'gone') continue;
    if (owner !== 'unreadable' && (await isAlive(owner))) {
      throw new WarehouseError(
        `The warehouse folder ${folder} is in use by process ${String(owner.pid)}. ` +
          'One process may hold it: stop that process, or point this one at another folder.',
        'FOLDER_IN_USE',
      );
    }
    await discard(file, owner);
  }
  throw new WarehouseError(
    `The lock file ${file} keeps changing hands; check which processes start on this folder.`,
    'FOLDER_IN_USE',
  );
}

/** Written aside and linked, so that nobody ever reads half a lock file. */
async function create(file: string, owner: Owner): Promise<boolean> {
  const draft = `${file}.${String(owner.pid)}`;
  await writeFile(draft, JSON.stringify(owner));
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves the stale file away; a fresh lock that slipped in meanwhile is put back. */
async function discard(file: string, stale: Owner | 'unreadable'): Promise<void> {
  const aside = `${file}.stale.${String(process.pid)}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readOwner(aside);
  if (JSON.stringify(moved) === JSON.stringify(stale)) await unlink(aside);
  else await rename(aside, file);
}

async function readOwner(file: string): Promise<Owner | 'gone' | 'unreadable'> {
  try {
    const { pid, started } = JSON.parse(await readFile(file, 'utf8')) as Partial<Owner>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : 'unreadable';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

/** The same pid with another start time is another process (a restarted container begins at the same pids). */
async function isAlive(owner: Owner): Promise<boolean> {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  return owner.started === (await startOf(owner.pid));
}

/** Start time in clock ticks since boot where the system tells it (Linux), else ''. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
