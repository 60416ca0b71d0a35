import { referenceBlock, REFERENCE_STEP } from '../../chain/sign.ts';

/**
 * What the two threads of a build share: how far the chain is, which of its blocks later transactions refer to, and a stop. It bounds
 * how far the packing thread runs ahead, and lets it wait without polling.
 */
export type Window = ReturnType<typeof createWindow>;

/** Blocks that may be packed and not yet made. */
const AHEAD = 64;
const ID_BYTES = 32;
const MADE = 0;
const STOPPED = 1;
const WORDS = 2;

/** Whether later blocks refer to this one. */
const isReference = (num: number): boolean => num === 1 || num % REFERENCE_STEP === 0;

/** @param shared the other thread's `shared`; left out by the thread that comes first */
export function createWindow(shared = new SharedArrayBuffer(WORDS * 4 + 2 * ID_BYTES)) {
  const words = new Int32Array(shared, 0, WORDS);
  /** The last two blocks to refer to take turns: an older one is never asked for again. */
  const idOf = (num: number): Uint8Array =>
    new Uint8Array(shared, WORDS * 4 + (Math.floor(num / REFERENCE_STEP) % 2) * ID_BYTES, ID_BYTES);
  return {
    shared,
    /** The chain has made this block, or had it made before the build went on. */
    made(num: number, blockId: string): void {
      if (isReference(num)) idOf(num).set(Buffer.from(blockId, 'hex'));
      Atomics.store(words, MADE, num);
      Atomics.notify(words, MADE);
    },
    stop(): void {
      Atomics.store(words, STOPPED, 1);
      // One who is about to wait sees another number and does not fall asleep.
      Atomics.sub(words, MADE, 1);
      Atomics.notify(words, MADE);
    },
    /** Sleeps until block `num` may be packed. Gives the id that it refers to, or nothing once the build is stopped. */
    admit(num: number): string | undefined {
      for (;;) {
        const made = Atomics.load(words, MADE);
        if (Atomics.load(words, STOPPED) === 1) return undefined;
        if (num <= made + AHEAD) return Buffer.from(idOf(referenceBlock(num))).toString('hex');
        Atomics.wait(words, MADE, made);
      }
    },
  };
}

/** The blocks that a build which goes on after `head` must know of, oldest first; `head` is the last. */
export function knownTo(head: number): readonly number[] {
  const last = Math.floor(head / REFERENCE_STEP) * REFERENCE_STEP;
  return [...new Set([Math.max(1, last - REFERENCE_STEP), Math.max(1, last), head])];
}
