import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '../../zakroma.config.ts';

/** Makes the folder of data where it is missing and sees that it can be written to. Throws `ConfigError`. */
export function openFolder(path: string): void {
  try {
    make(path);
    const probe = join(path, `.write-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const reason = REASONS[String(error.code)] ?? error.message;
    throw new ConfigError(
      `${path}: expected a folder that can be written to, but ${reason}. Name another one with --data.`,
    );
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTDIR: 'there is a file in its place or above it',
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'there is no space left',
  ENAMETOOLONG: 'the name is too long',
};

/** Level by level: Node's recursive `mkdir` never returns under a folder that takes no others, such as /proc. */
function make(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' });
  make(dirname(path));
  mkdirSync(path);
}
