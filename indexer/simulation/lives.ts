import { createIndexer } from '../indexer.ts';
import type { IndexerStatus } from '../indexer.ts';
import type { Sink } from '../sink/sink.ts';
import type { Plan } from './plan.ts';
import { chainId, watched } from './sim-block.ts';

/** Thrown by a sink in place of a stop of the process. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export type Lives = {
  readonly lives: number;
  readonly crashes: number;
  /** What the last life said last. */
  readonly status: IndexerStatus;
};

export type LivesOptions = {
  readonly plan: Plan;
  readonly url: string;
  /** The sink for one life; it may throw `Crash`. */
  readonly sinkOf: (life: number) => Sink;
  /** True when the tables stand where the chain's life ends. */
  readonly isDone: () => boolean;
  /** Longest time for all lives together, ms. */
  readonly timeoutMs: number;
};

const silent = { info: () => undefined, warn: () => undefined };

/** Runs an indexer, again after every crash, until the tables stand at the end. Throws what an indexer should not have thrown. */
export async function runLives({ plan, url, sinkOf, isDone, timeoutMs }: LivesOptions): Promise<Lives> {
  const end = performance.now() + timeoutMs;
  for (let life = 0, crashes = 0; ; life++) {
    const stop = new AbortController();
    const sink = sinkOf(life);
    // What the tables hold counts once this life has looked at them.
    const looked = { at: false };
    const open: Sink['open'] = async (chain) => {
      const standing = await sink.open(chain);
      looked.at = true;
      return standing;
    };
    const isOver = (): boolean => looked.at && isDone();
    const indexer = createIndexer({
      ...{ shipUrl: url, chainId, watched, sink: { ...sink, open }, signal: stop.signal, log: silent },
      limits: plan.limits(life),
      onStatus: () => {
        if (isOver()) stop.abort();
      },
    });
    const timer = setTimeout(
      () => {
        stop.abort();
      },
      Math.max(0, end - performance.now()),
    );
    try {
      await indexer.run();
      if (isOver()) return { lives: life + 1, crashes, status: indexer.status() };
      throw new Error(`did not come to the end within ${timeoutMs} ms: ${JSON.stringify(indexer.status())}`);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashes++;
    } finally {
      clearTimeout(timer);
    }
  }
}
