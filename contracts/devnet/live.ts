import { SLOT_MS } from './chain/block.ts';

/** Calls `tick` at every half second of the clock while it runs. */
export class LiveTimer {
  readonly #clock: () => number;
  readonly #tick: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: () => number, tick: () => void) {
    this.#clock = clock;
    this.#tick = tick;
  }
  get running(): boolean {
    return this.#timer !== undefined;
  }
  start(): void {
    if (!this.running) this.#wait();
  }
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
  #wait(): void {
    this.#timer = setTimeout(
      () => {
        this.#wait();
        this.#tick();
      },
      SLOT_MS - (this.#clock() % SLOT_MS),
    );
  }
}
