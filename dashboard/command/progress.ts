import type { IndexerStatus } from '../../indexer/indexer.ts';

const number = new Intl.NumberFormat('en');

/** One line on where the indexer stands. */
export function progressLine(status: IndexerStatus): string {
  const { state, committed, lib, head, lag, rate, undecoded, error } = status;
  const share = lib === 0 ? '' : ` (${Math.floor((100 * committed) / Math.max(lib, committed))} %)`;
  return [
    `${state}: committed ${number.format(committed)} of ${number.format(lib)} final${share}, head ${number.format(head)}`,
    lag > 0 ? `${number.format(lag)} behind` : '',
    rate > 0 ? `${number.format(rate)} actions/s` : '',
    undecoded > 0 ? `${number.format(undecoded)} kept raw` : '',
    error ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Writes lines to a stream: progress in place on a terminal, elsewhere at most one in five seconds. */
export type Printer = {
  readonly say: (line: string) => void;
  readonly progress: (line: string) => void;
};

export function createPrinter(out: NodeJS.WriteStream, now: () => number): Printer {
  let isOpen = false;
  let printedAt = Number.NEGATIVE_INFINITY;

  return {
    say(line: string): void {
      out.write(`${isOpen ? '\n' : ''}${line}\n`);
      isOpen = false;
    },
    progress(line: string): void {
      if (out.isTTY) {
        const shown = line.slice(0, Math.max(20, out.columns - 1));
        out.write(`\r\u001b[K${shown}`);
        isOpen = true;
      } else if (now() - printedAt >= 5_000) {
        printedAt = now();
        out.write(`${line}\n`);
      }
    },
  };
}
