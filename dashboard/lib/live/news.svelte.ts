import { invalidate } from '$app/navigation';
import type { LiveEvent, SystemStatus } from '../../api/status.ts';

type Final = Extract<LiveEvent, { type: 'final' }>;

/** Keys that page loads depend on; news make them load again. */
export const FIGURES = 'zakroma:figures';

/** What an open page knows of the system: status, connection, and acts that came since it was drawn. */
export function createNews() {
  let status = $state<SystemStatus | null>(null);
  let connected = $state(true);
  let listening = $state(false);
  let fresh = $state(0);
  let block = $state(0);
  let now = $state(Date.now());

  /** Opens the stream; returns what closes it. The browser reconnects by itself. */
  function listen(): () => void {
    const source = new EventSource('/api/events');
    const clock = setInterval(() => (now = Date.now()), 1000);
    let phase: string | null = status?.phase ?? null;
    source.addEventListener('open', () => {
      if (!connected) void invalidate(FIGURES);
      connected = true;
      listening = true;
    });
    source.addEventListener('error', () => (connected = false));
    source.addEventListener('status', ({ data }) => {
      status = JSON.parse(data as string) as SystemStatus;
      if (phase !== null && phase !== status.phase) void invalidate(FIGURES);
      phase = status.phase;
    });
    source.addEventListener('pending', () => void invalidate(FIGURES));
    source.addEventListener('final', ({ data }) => {
      const event = JSON.parse(data as string) as Final;
      block = event.block;
      fresh += event.acts;
      if (event.acts > 0) void invalidate(FIGURES);
    });
    return () => {
      source.close();
      clearInterval(clock);
    };
  }

  return {
    listen,
    get status() {
      return status;
    },
    set status(value) {
      status = value;
    },
    /** The stream of news is open: what comes from now on will be told. */
    get listening() {
      return listening;
    },
    get connected() {
      return connected;
    },
    get fresh() {
      return fresh;
    },
    /** The reader has seen what came. */
    seen() {
      fresh = 0;
    },
    get block() {
      return block;
    },
    /** The clock of the page in ms since 1970, once a second. */
    get now() {
      return now;
    },
  };
}

export type News = ReturnType<typeof createNews>;
