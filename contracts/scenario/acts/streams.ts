import type { Random } from '../random.ts';
import type { Draft } from './step.ts';

/** What was done of what a stream asked for. */
export type Done = { readonly drafts: readonly Draft[]; readonly grams: number };

/** Goods that run all month, in acts of a usual size. */
export type Stream = {
  /** Tells it from others, month after month. */
  readonly key: string;
  readonly gramsADay: number;
  /** Grams of a usual act. */
  readonly usual: number;
  /** Does an act of about so many grams; nothing where it cannot be done. */
  readonly act: (grams: number) => Done | undefined;
};

type Heap = { grams: number; next: number };
type Running = { readonly stream: Stream; readonly heap: Heap };

/** What could not be done is not waited for longer than so many days. */
const WAIT_DAYS = 20;

/**
 * Grams gather day after day until they make an act. What an act leaves over stays on its stream's heap, also from month to month, so
 * that acts never do more than the plan asks for.
 */
export function createStreams(random: Random) {
  const heaps = new Map<string, Heap>();
  const sizeOf = (usual: number): number => usual * (0.6 + 0.8 * random.next());
  return {
    /** The streams of a month, each with its heap. */
    begin: (streams: readonly Stream[]): readonly Running[] =>
      streams.map((stream) => {
        let heap = heaps.get(stream.key);
        if (heap === undefined)
          heaps.set(stream.key, (heap = { grams: 0, next: sizeOf(stream.usual) * random.next() }));
        return { stream, heap };
      }),
    *flow(running: readonly Running[]): Generator<Draft> {
      for (const { stream, heap } of running) {
        heap.grams += stream.gramsADay;
        while (heap.grams >= heap.next) {
          const done = stream.act(heap.next);
          if (done === undefined) {
            heap.grams = Math.min(heap.grams, Math.max(heap.next, WAIT_DAYS * stream.gramsADay));
            break;
          }
          heap.grams -= done.grams;
          heap.next = sizeOf(stream.usual);
          yield* done.drafts;
        }
      }
    },
  };
}
export type Streams = ReturnType<typeof createStreams>;
export type { Running };
