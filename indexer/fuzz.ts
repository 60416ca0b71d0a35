import { parseArgs } from 'node:util';
import { emptyTally, runCase } from './testing/fuzz/case.ts';

/**
 * `npm run fuzz -- --cases N [--seed S]`: random ABIs and data from the seed on, one case a number, against @wharfkit/antelope and
 * @eosrio/node-abieos. A failure names its seed: `--cases 1 --seed <it>` repeats it.
 */
const { values } = parseArgs({ options: { cases: { type: 'string' }, seed: { type: 'string' } } });
const [cases, first] = [Number(values.cases ?? 10_000), Number(values.seed ?? Date.now() % 2 ** 31)];
const tally = emptyTally();
for (let seed = first; seed < first + cases; seed++) {
  runCase(seed, tally);
  if (tally.cases % 1000 === 0) process.stdout.write(`${JSON.stringify({ seed, ...tally })}\n`);
}
process.stdout.write(`${JSON.stringify({ first, ...tally })}\n`);
