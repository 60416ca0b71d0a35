import { createMemorySink } from '../sink/memory-sink.ts';
import type { SinkAct } from '../sink/memory-sink.ts';
import type { Sink } from '../sink/sink.ts';
import { readRows } from '../testing/row-binary.ts';
import { differenceOf } from './compare.ts';
import type { Found } from './compare.ts';
import { startEndpoint } from './endpoint.ts';
import { runLives } from './lives.ts';
import type { Lives } from './lives.ts';
import { describePlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { randomOf } from './random.ts';

/** Thrown by the sink in place of a stop of the process. */
class Crash extends Error {
  override readonly name = 'Crash';
}

type Memory = ReturnType<typeof createMemorySink>;

/** Longest time of one run, ms; a usual one takes a tenth of a second. */
const timeoutMs = 60_000;

/** A sink that takes its time, in turns of the event loop. */
function slowly(sink: Sink, seed: string, turns: number): Sink {
  const random = randomOf(seed, 'sink');
  async function wait(): Promise<void> {
    for (let left = random.below(turns + 1); left > 0; left--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return {
    ...sink,
    commit: (batch) => wait().then(() => sink.commit(batch)),
    appendTail: (blockNum, rows) => wait().then(() => sink.appendTail(blockNum, rows)),
    dropTailFrom: (fromBlock) => wait().then(() => sink.dropTailFrom(fromBlock)),
    promoteTail: (throughBlock) => wait().then(() => sink.promoteTail(throughBlock)),
  };
}

/** Counts what the sink does in each life, and crashes where the plan says. */
function createCrashes(plan: Plan) {
  let [life, times] = [0, 0];
  return {
    begin: (next: number): void => {
      life = next;
      times = 0;
    },
    onStep: (when: 'before' | 'after', act: SinkAct): void => {
      const crash = plan.crashes[life];
      if (crash === undefined || crash.when !== when || act.split(':')[0] !== crash.act) return;
      if (++times === crash.times) throw new Crash(`${when} ${act}`);
    },
  };
}

function foundIn(memory: Memory): Found {
  const tables = [...memory.specs.values()].map(({ name, columns }) => {
    const rows = (memory.tables.get(name) ?? []).flatMap((set) => readRows(set.columns, set, 'latin1'));
    return [name, { columns, rows }] as const;
  });
  const tails = [...memory.tail].map(([blockNum, sets]) => {
    const rows = sets.flatMap((set) =>
      readRows(set.columns, set, 'latin1').map((row) => [set.table, row] as const),
    );
    return [blockNum, rows] as const;
  });
  return { tables: new Map(tables), tails: new Map(tails) };
}

/** Committed ranges join without a gap, from the first block to the last final one. */
function gapIn({ committed }: Memory, { manners, life }: Plan): string | null {
  let next: number = manners.firstBlock;
  for (const { first, last } of committed) {
    if (first !== next) return `batch ${first}–${last}: expected to begin with block ${next}`;
    next = last + 1;
  }
  return next === life.end.lib + 1 ? null : `committed to ${next - 1}, expected ${life.end.lib}`;
}

/** What the indexer counted in one undisturbed life is what the chain holds. */
function miscount({ lives, status }: Lives, { model, life }: Plan): string | null {
  if (lives > 1) return null;
  const found = [status.actions, status.undecoded, status.rows, status.undecodedRows, status.committed];
  const { actions, undecoded, rows, undecodedRows } = model.counts;
  const wanted = [actions, undecoded, rows, undecodedRows, life.end.lib];
  return String(found) === String(wanted)
    ? null
    : `status tells actions, undecoded, rows, undecoded rows, committed ${String(found)}, expected ${String(wanted)}`;
}

/** Runs the indexer through a plan into memory. Throws an Error that tells how its tables differ from the model. */
export async function simulate(plan: Plan): Promise<Lives> {
  const crashes = createCrashes(plan);
  const memory = createMemorySink({ onStep: crashes.onStep });
  const endpoint = await startEndpoint(plan.seed, plan.life, plan.manners);
  try {
    const lives = await runLives({
      ...{ url: endpoint.url, isOver: endpoint.isOver, end: plan.life.end, limits: plan.limits, timeoutMs },
      isStop: (error) => error instanceof Crash,
      sinkOf(life) {
        crashes.begin(life);
        return slowly(memory.sink, `${plan.seed} ${life}`, plan.sinkTurns);
      },
    });
    const wrong = gapIn(memory, plan) ?? differenceOf(plan.model, foundIn(memory)) ?? miscount(lives, plan);
    if (wrong !== null) throw new Error(wrong);
    return lives;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${plan.seed}: ${reason}\n${describePlan(plan)}`, { cause: error });
  } finally {
    await endpoint.close();
  }
}
