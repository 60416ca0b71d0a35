import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { createInterface } from 'node:readline';

/**
 * `npm run bench [text…]`: runs every `*.bench.ts` whose path holds one of the texts, one after another, each in its own process,
 * and prints their figures as a table for BENCHMARKS.md. A bench prints one JSON line a figure: {"name","value","unit"}.
 */
type Figure = { readonly name: string; readonly value: number; readonly unit: string };

const wanted = process.argv.slice(2);
const files = globSync('{contracts,indexer,warehouse,dashboard,assistant}/**/*.bench.ts')
  .filter((file) => wanted.length === 0 || wanted.some((text) => file.includes(text)))
  .toSorted();
if (files.length === 0) {
  console.error(`bench: no *.bench.ts matches ${wanted.join(' ')}`);
  process.exit(1);
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
);
let failed = 0;
for (const file of files) {
  console.log(`\n## ${file}\n\n| figure | value |\n|---|---|`);
  const code = await run(file);
  if (code !== 0) {
    failed += 1;
    console.error(`bench: ${file} ended with code ${code}`);
  }
}
process.exit(failed === 0 ? 0 : 1);

function run(file: string): Promise<number> {
  const child = spawn(process.execPath, ['--expose-gc', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const figure = parse(line);
    if (figure === undefined) console.error(line);
    else console.log(`| ${figure.name} | ${format(figure.value)} ${figure.unit} |`);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

function parse(line: string): Figure | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isFigure =
      typeof value === 'object' && value !== null && 'name' in value && 'value' in value && 'unit' in value;
    return isFigure ? (value as Figure) : undefined;
  } catch {
    return undefined;
  }
}

function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);
}
