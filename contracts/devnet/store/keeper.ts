import { packState, unpackState } from '../state/pack.ts';
import type { State } from '../state/state.ts';
import type { BlockLog } from './log.ts';
import { newestSnapshot, writeSnapshot } from './snapshot.ts';

/** Transactions after which a snapshot is worth its time: some seconds of executing them again. */
const LEAST_WORK = 20_000;
/** Of a large state it is worth it later: a row takes about a microsecond to write, a transaction hundreds to execute. */
const ROWS_A_TRANSACTION = 20;

export type KeeperOptions = {
  /** Absent = nothing is kept. */
  readonly dir: string | undefined;
  readonly chainId: Uint8Array;
  readonly blocks: Pick<BlockLog, 'id'>;
  readonly log: { warn(message: string): void } | undefined;
};

/** Keeps snapshots of the state beside the block log and knows when the next one is due. */
export class Keeper {
  readonly #options: KeeperOptions;
  #work = 0;
  #due = LEAST_WORK;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }
  /** Counts a block that a restart would have to execute again. */
  count(transactions: number): void {
    this.#work += 1 + transactions;
  }
  get isDue(): boolean {
    return this.#work >= this.#due;
  }
  /** Writes the state as it was after block `num`, unless that is on disk or nothing is kept. */
  write(state: State, num: number): void {
    const { dir, chainId, blocks } = this.#options;
    const id = blocks.id(num);
    if (dir === undefined || id === undefined || this.#work === 0) return;
    const { bytes, rows } = packState(state);
    writeSnapshot(dir, { chainId, num, id }, bytes);
    this.#work = 0;
    this.#due = Math.max(LEAST_WORK, rows / ROWS_A_TRANSACTION);
  }
  /** Fills an empty state from the newest good snapshot; returns its block's number, or undefined where there is none. */
  read(state: State): number | undefined {
    const { dir, chainId, blocks, log } = this.#options;
    if (dir === undefined) return undefined;
    const found = newestSnapshot(
      dir,
      chainId,
      (num) => blocks.id(num),
      (path, reason) => log?.warn(`ignored the snapshot ${path}: ${reason}`),
    );
    if (found === undefined) return undefined;
    unpackState(state, found.state);
    return found.num;
  }
}
