import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type CompilerAbi, normaliseAbi } from './build-abi.ts';
import { CONTRACTS, type ContractName } from './built.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = join(here, 'build');
const modules = join(here, '..', 'node_modules');

/** proton-asc runs through ts-node, which under TypeScript 6 wants these said. */
const compilerEnvironment = {
  ...process.env,
  PATH: [join(modules, '.bin'), process.env['PATH'] ?? ''].join(delimiter),
  TS_NODE_TRANSPILE_ONLY: 'true',
  TS_NODE_COMPILER_OPTIONS: JSON.stringify({ ignoreDeprecations: '6.0', rootDir: '/' }),
};

/** File name to content, as committed under contracts/build/. */
type Artefacts = ReadonlyMap<string, Uint8Array>;

/** What a contract may import: the contracts' folders and what they share. */
const SOURCES = ['shared', 'registry', 'council', 'funds', 'market'];

/** The compiler writes beside its sources, so it works on a copy of them. A contract that is not asked for stays as it is built. */
async function compileAll(names: readonly ContractName[]): Promise<Artefacts> {
  const folder = await mkdtemp(join(tmpdir(), 'zakroma-contracts-'));
  try {
    await symlink(modules, join(folder, 'node_modules'));
    for (const part of SOURCES) {
      const to = join(folder, 'contracts', part);
      await mkdir(to, { recursive: true });
      await cp(join(here, part), to, { recursive: true });
    }
    const artefacts = new Map<string, Uint8Array>();
    for (const name of CONTRACTS) {
      if (names.includes(name)) await compile(name, folder, artefacts);
      else
        for (const file of [`${name}.wasm`, `${name}.abi`])
          artefacts.set(file, await readFile(join(out, file)));
    }
    artefacts.set('SHA256SUMS', Buffer.from(checksums(artefacts)));
    return artefacts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compile(
  name: ContractName,
  folder: string,
  artefacts: Map<string, Uint8Array>,
): Promise<void> {
  const source = join('contracts', name, `${name}.contract.ts`);
  const { stdout, stderr } = await promisify(execFile)('proton-asc', [source], {
    cwd: folder,
    env: compilerEnvironment,
    maxBuffer: 1 << 26,
  });
  const target = join(folder, 'contracts', name, 'target', `${name}.contract`);
  const wasm = await readFile(`${target}.wasm`).catch(() => {
    throw new Error(`${name}: the compiler made no wasm; it said:\n${stdout}${stderr}`);
  });
  const tables = await tableSources(name);
  const abi = normaliseAbi(JSON.parse(await readFile(`${target}.abi`, 'utf8')) as CompilerAbi, tables);
  artefacts.set(`${name}.wasm`, new Uint8Array(wasm));
  artefacts.set(`${name}.abi`, Buffer.from(`${JSON.stringify(abi, null, 2)}\n`));
}

/** A contract declares its own tables in its folder's `*.tables.ts`. */
async function tableSources(name: ContractName): Promise<string> {
  const all = await readdir(join(here, name), { recursive: true });
  const files = all.filter((file) => file.endsWith('.tables.ts')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(here, name, file), 'utf8')));
  return texts.join('\n');
}

/** In the form that `sha256sum -c` reads. */
function checksums(artefacts: Artefacts): string {
  const lines = [...artefacts].map(
    ([file, content]) => `${createHash('sha256').update(content).digest('hex')}  ${file}\n`,
  );
  return lines.join('');
}

/** Names of the committed files that a rebuild does not reproduce byte for byte. */
async function differing(artefacts: Artefacts): Promise<string[]> {
  const names: string[] = [];
  for (const [file, content] of artefacts) {
    const committed = await readFile(join(out, file)).catch(() => null);
    if (committed === null || !committed.equals(content)) names.push(file);
  }
  return names;
}

/** The contracts named on the command line, or all. */
function asked(): readonly ContractName[] {
  const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const unknown = names.find((name) => !CONTRACTS.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`one of ${CONTRACTS.join(', ')} expected, got ${unknown}`);
  return names.length === 0 ? CONTRACTS : CONTRACTS.filter((name) => names.includes(name));
}

const artefacts = await compileAll(asked());
if (process.argv.includes('--check')) {
  const names = await differing(artefacts);
  if (names.length > 0) {
    process.stderr.write(
      `contracts/build differs from its sources in ${names.join(', ')}: run node contracts/build.ts\n`,
    );
    process.exitCode = 1;
  } else {
    process.stdout.write('contracts/build is what its sources make\n');
  }
} else {
  await mkdir(out, { recursive: true });
  for (const [file, content] of artefacts) await writeFile(join(out, file), content);
  process.stdout.write(`${artefacts.size} files written to contracts/build\n`);
}
