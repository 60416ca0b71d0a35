import type { ServerResponse } from 'node:http';
import type { LiveEvent, Subscribe, SystemStatus } from './status.ts';

const HEARTBEAT_MS = 15_000;
/** News of one kind inside this time are told once: while catching up blocks come by thousands. */
const QUIET_MS = 250;

/** One server-sent event; `data` is one line of JSON. */
export const frame = (event: string, data: unknown, id?: number) =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Adds later news to earlier ones of the same kind: the last block, all the acts. */
export function merge(before: LiveEvent | undefined, event: LiveEvent): LiveEvent {
  if (before?.type !== 'final' || event.type !== 'final') return event;
  return { ...event, acts: before.acts + event.acts };
}

/** Writes the status at once, then news as they come, merged; returns what ends it. */
export function keepTelling(
  response: ServerResponse,
  status: () => SystemStatus,
  subscribe: Subscribe,
): () => void {
  const waiting = new Map<LiveEvent['type'], LiveEvent>();
  let timer: NodeJS.Timeout | undefined;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write(`retry: 2000\n${frame('status', status())}`);

  const flush = () => {
    timer = undefined;
    for (const event of waiting.values()) {
      if (event.type === 'status') response.write(frame('status', status()));
      else response.write(frame(event.type, event, event.block));
    }
    waiting.clear();
  };
  const unsubscribe = subscribe((event) => {
    waiting.set(event.type, merge(waiting.get(event.type), event));
    timer ??= setTimeout(flush, QUIET_MS);
  });
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);

  return () => {
    unsubscribe();
    clearInterval(heartbeat);
    clearTimeout(timer);
    response.end();
  };
}
