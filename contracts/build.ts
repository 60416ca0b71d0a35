import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type CompilerAbi, normaliseAbi } from './build-abi.ts';
import { sourcesDigest } from './build-sources.ts';
import { CONTRACTS, type ContractName } from './built.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const out = join(here, 'build');
const modules = join(here, '..', 'node_modules');

/** proton-asc runs through ts-node, which under TypeScript 6 wants these said. */
const compilerEnvironment = {
  ...process.env,
  PATH: [join(modules, '.bin'), process.env['PATH'] ?? ''].join(delimiter),
  NODE_OPTIONS: `--require ${JSON.stringify(join(here, 'build-compiler.cjs'))}`,
  TS_NODE_TRANSPILE_ONLY: 'true',
  TS_NODE_COMPILER_OPTIONS: JSON.stringify({ ignoreDeprecations: '6.0', rootDir: '/' }),
};

/** File name to content, as committed under contracts/build/. */
type Artefacts = ReadonlyMap<string, Uint8Array>;

/** What a contract may import: the contracts' folders and what they share. */
const FOLDERS = ['shared', ...CONTRACTS];

/** What changes the compiler's work: its result depends on them as on the compiler. */
const OWN_STEPS = ['build-abi.ts', 'build-compiler.cjs'];

const filesOf = (name: ContractName): string[] => [`${name}.wasm`, `${name}.abi`];
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * All artefacts, in the contracts' order; those of contracts that are not to be compiled stay as they are.
 * The compiler writes beside its sources, so it works on a copy of them.
 */
async function build(names: readonly ContractName[]): Promise<Artefacts> {
  const folder = await mkdtemp(join(tmpdir(), 'zakroma-contracts-'));
  try {
    await symlink(modules, join(folder, 'node_modules'));
    for (const part of FOLDERS)
      await cp(join(here, part), join(folder, 'contracts', part), { recursive: true });
    const parts = CONTRACTS.map((name) => (names.includes(name) ? compile(name, folder) : committed(name)));
    const artefacts = new Map((await Promise.all(parts)).flatMap((part) => [...part]));
    artefacts.set('SHA256SUMS', Buffer.from(checksums(artefacts)));
    artefacts.set('SOURCES', Buffer.from(await sources(names)));
    return artefacts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function committed(name: ContractName): Promise<Artefacts> {
  const read = async (file: string) => [file, new Uint8Array(await readFile(join(out, file)))] as const;
  return new Map(await Promise.all(filesOf(name).map(read)));
}

/** A line a contract: the digest of what it was compiled from, and its name. Of contracts not in `names` the line stays. */
async function sources(names: readonly ContractName[]): Promise<string> {
  const tools = [join(modules, 'proton-asc', 'package.json'), ...OWN_STEPS.map((file) => join(here, file))];
  const compiler = (await Promise.all(tools.map((file) => readFile(file, 'utf8')))).join('');
  const kept = await readFile(join(out, 'SOURCES'), 'utf8').catch(() => '');
  const line = async (name: ContractName): Promise<string> =>
    names.includes(name)
      ? `${await sourcesDigest(here, join(name, `${name}.contract.ts`), compiler)}  ${name}\n`
      : (kept.match(new RegExp(`^.*  ${name}\n`, 'm'))?.[0] ?? '');
  return (await Promise.all(CONTRACTS.map(line))).join('');
}

/** Contracts whose committed artefacts are damaged or not of the present sources. */
async function outdated(): Promise<readonly ContractName[]> {
  const linesOf = (text: string): Set<string> => new Set(text.split('\n').filter((line) => line !== ''));
  const read = async (file: string) => linesOf(await readFile(join(out, file), 'utf8').catch(() => ''));
  const [now, built, sums] = [
    linesOf(await sources(CONTRACTS)),
    await read('SOURCES'),
    await read('SHA256SUMS'),
  ];
  const isFresh = async (name: ContractName): Promise<boolean> => {
    const artefacts = await committed(name).catch(() => undefined);
    if (artefacts === undefined) return false;
    const files = [...linesOf(checksums(artefacts))].every((line) => sums.has(line));
    return files && [...now].some((line) => line.endsWith(`  ${name}`) && built.has(line));
  };
  const fresh = await Promise.all(CONTRACTS.map(isFresh));
  return CONTRACTS.filter((_, at) => fresh[at] !== true);
}

async function compile(name: ContractName, folder: string): Promise<Artefacts> {
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
  return new Map<string, Uint8Array>([
    [`${name}.wasm`, wasm],
    [`${name}.abi`, Buffer.from(`${JSON.stringify(abi, null, 2)}\n`)],
  ]);
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
  const lines = [...artefacts].map(([file, content]) => `${sha256(content)}  ${file}\n`);
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

/** The contracts named on the command line; with none named, those that are out of date; for a check, all. */
async function asked(): Promise<readonly ContractName[]> {
  if (process.argv.includes('--check')) return CONTRACTS;
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !CONTRACTS.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`one of ${CONTRACTS.join(', ')} expected, got ${unknown}`);
  return names.length === 0 ? outdated() : CONTRACTS.filter((name) => names.includes(name));
}

const names = await asked();
const artefacts = await build(names);
if (process.argv.includes('--check')) {
  const wrong = await differing(artefacts);
  if (wrong.length > 0) {
    process.stderr.write(
      `contracts/build differs from its sources in ${wrong.join(', ')}: run node contracts/build.ts\n`,
    );
    process.exitCode = 1;
  } else {
    process.stdout.write('contracts/build is what its sources make\n');
  }
} else {
  await mkdir(out, { recursive: true });
  for (const [file, content] of artefacts) await writeFile(join(out, file), content);
  process.stdout.write(
    `contracts/build: ${names.length === 0 ? 'nothing to do' : `${names.join(', ')} built`}\n`,
  );
}
