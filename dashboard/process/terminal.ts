import type { SystemStatus } from '../api/status.ts';

/** What a person at the terminal sees: the address, one moving line of progress, and what went wrong. */
export type Terminal = {
  say(line: string): void;
  progress(status: SystemStatus): void;
};

const width = 32;

/** Where the stream is not a terminal (a log file), progress is printed at every tenth part instead of in place. */
export function createTerminal(out: NodeJS.WriteStream): Terminal {
  let isLineOpen = false;
  let lastPhase = '';
  let lastTenth = -1;

  const close = (): void => {
    if (isLineOpen) out.write('\n');
    isLineOpen = false;
  };

  return {
    say(line) {
      close();
      out.write(`${line}\n`);
    },
    progress(status) {
      const { phase, progress } = status;
      if (phase !== lastPhase) {
        close();
        lastTenth = -1;
        if (phase === 'live')
          out.write(`Live: block ${status.chain.head}, final ${status.indexer.committed}\n`);
      }
      lastPhase = phase;
      if (progress === undefined || progress.total === 0) return;
      const share = Math.min(1, progress.done / progress.total);
      const text = `${label(progress.label)} ${bar(share)} ${String(Math.floor(share * 100)).padStart(3)} %`;
      if (out.isTTY) {
        out.write(`\r${text}`);
        isLineOpen = true;
      } else if (Math.floor(share * 10) !== lastTenth) {
        lastTenth = Math.floor(share * 10);
        out.write(`${text}\n`);
      }
    },
  };
}

function label(key: string): string {
  return key === 'building' ? 'Building the demo region' : 'Reading the chain        ';
}

function bar(share: number): string {
  const full = Math.round(share * width);
  return `${'█'.repeat(full)}${'·'.repeat(width - full)}`;
}
