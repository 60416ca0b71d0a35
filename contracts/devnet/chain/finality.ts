import { undo } from '../state/undo.ts';
import type { Change } from '../state/undo.ts';

/** A block of the chain. */
export type Place = { readonly num: number; readonly id: Buffer; readonly slot: number };

/** Which block is the last irreversible one, and how those above it are taken back. */
export class Finality {
  readonly #lag: number;
  /** Blocks above the last irreversible one with what they changed, oldest first. */
  readonly #reversible: { readonly at: Place; readonly changes: Change[] }[] = [];
  #last: Place;
  #paused = false;

  /** @param lag blocks between head and the last irreversible one */
  constructor(lag: number, last: Place) {
    this.#lag = lag;
    this.#last = last;
  }
  get last(): Place {
    return this.#last;
  }
  /** Begins at a block whose past is not known: a chain that was read from a snapshot. */
  restart(last: Place): void {
    this.#last = last;
    this.#reversible.length = 0;
  }
  /** Takes in the new head with the changes that it made. */
  add(at: Place, changes: Change[]): void {
    this.#reversible.push({ at, changes });
    this.#advance();
  }
  pause(): void {
    this.#paused = true;
  }
  resume(): void {
    this.#paused = false;
    this.#advance();
  }
  /** Takes back the blocks above `num`. */
  rewind(num: number): void {
    while ((this.#reversible.at(-1)?.at.num ?? 0) > num) undo(this.#reversible.pop()?.changes ?? []);
  }
  /** Runs `work` with the state as it was after the last irreversible block. */
  past(work: () => void): void {
    const again = this.#reversible.map(({ changes }) => changes);
    for (let at = again.length - 1; at >= 0; at--) again[at] = undo(again[at] ?? []);
    try {
      work();
    } finally {
      for (const changes of again) undo(changes);
    }
  }
  #advance(): void {
    const head = this.#reversible.at(-1)?.at.num ?? this.#last.num;
    if (this.#paused) return;
    for (let oldest = this.#reversible[0]; oldest !== undefined; oldest = this.#reversible[0]) {
      if (oldest.at.num > head - this.#lag) return;
      this.#last = oldest.at;
      this.#reversible.shift();
    }
  }
}
