import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { namedSeeds } from './named-seeds.ts';
import { planOf } from './plan.ts';
import { simulate } from './simulate.ts';

/**
 * `npm run simulate -- --seeds 1000 [--from 1]` runs the indexer through that many seeds, in as many processes as there are cores,
 * and the named ones; `-- --seed 74` runs one. Ends with code 1 when a seed failed.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
  },
});

type Ended = {
  readonly seed: string;
  readonly crashes: number;
  readonly blocks: number;
  readonly failure: string | null;
};

async function runSeed(seed: string): Promise<Ended> {
  const named = namedSeeds.find((item) => item.seed === seed);
  const plan = planOf(seed, named?.isHuge);
  const blocks = plan.life.end.head.blockNum;
  return simulate(plan).then(
    ({ lives }) => ({ seed, crashes: lives - 1, blocks, failure: null }),
    (error: unknown) => ({ seed, crashes: 0, blocks, failure: String(error) }),
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs the seeds that the parent sends, one after another. */
function work(): void {
  process.on('message', (seed: string) => {
    void runSeed(seed).then((ended) => process.send?.(ended));
  });
  process.send?.('ready');
}

/** Shares the seeds among the processes; gives how many failed. */
async function share(seeds: string[]): Promise<number> {
  const [total, begun] = [seeds.length, performance.now()];
  let [done, crashes, blocks, failed] = [0, 0, 0, 0];
  const seconds = (): string => ((performance.now() - begun) / 1000).toFixed(0);

  function note(ended: Ended): void {
    done++;
    crashes += ended.crashes;
    blocks += ended.blocks;
    if (ended.failure !== null) {
      failed++;
      say(`${ended.failure}\n  again: npm run simulate -- --seed '${ended.seed}'\n`);
    }
    if (done % 100 === 0) say(`${done} of ${total} seeds, ${failed} failed, ${seconds()} s`);
  }

  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), total) }, async () => {
      const child = fork(import.meta.filename, { env: { ...process.env, SIMULATION_WORKER: '1' } });
      await new Promise<void>((resolve, reject) => {
        child.on('message', (message: 'ready' | Ended) => {
          if (message !== 'ready') note(message);
          const next = seeds.shift();
          if (next === undefined) child.disconnect();
          else child.send(next);
        });
        child.on('error', reject);
        child.on('exit', (code) => {
          if (code === 0) resolve();
          else reject(new Error(`a process of the simulation ended with code ${code}`));
        });
      });
    }),
  );
  say(`${total} seeds, ${failed} failed: ${crashes} stops, ${blocks} blocks, ${seconds()} s`);
  return failed;
}

if (process.env['SIMULATION_WORKER'] !== undefined) work();
else {
  const numbered = Array.from({ length: Number(values.seeds) }, (_, i) => String(Number(values.from) + i));
  const seeds =
    values.seed === undefined ? [...namedSeeds.map(({ seed }) => seed), ...numbered] : [values.seed];
  process.exitCode = (await share(seeds)) > 0 ? 1 : 0;
}
