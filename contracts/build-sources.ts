import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const IMPORT = /from '(\.{1,2}\/[^']+)'/g;

/** The AssemblyScript files that one leads to by relative imports, itself first to last in the order of their paths. */
async function closure(entry: string): Promise<string[]> {
  const seen = new Set<string>();
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = await readFile(file, 'utf8');
    for (const [, path = ''] of text.matchAll(IMPORT)) queue.push(`${join(dirname(file), path)}.ts`);
  }
  return [...seen].sort();
}

/** sha256 (hex) of all that a contract is compiled from: its sources with what they import, and the compiler (its description as text). */
export async function sourcesDigest(root: string, entry: string, compiler: string): Promise<string> {
  const hash = createHash('sha256').update(compiler);
  for (const file of await closure(join(root, entry)))
    hash.update(`\0${relative(root, file)}\0`).update(await readFile(file));
  return hash.digest('hex');
}
