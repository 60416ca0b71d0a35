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

/** The compiler writes beside its sources, so it works on a copy of them. */
async function compileAll(): Promise<Artefacts> {
  const folder = await mkdtemp(join(tmpdir(), 'zakroma-contracts-'));
  try {
    await symlink(modules, join(folder, 'node_modules'));
    for (const part of ['shared', ...CONTRACTS]) {
      const to = join(folder, 'contracts', part);
      await mkdir(to, { recursive: true });
      await cp(join(here, part), to, { recursive: true });
    }
    const artefacts = new Map<string, Uint8Array>();
    for (const name of CONTRACTS) await compile(name, folder, artefacts);
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
  const files = (await readdir(join(here, name))).filter((file) => file.endsWith('.tables.ts'));
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

const artefacts = await compileAll();
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
