import { afterEach, expect, it } from 'vitest';
import { createApi, type App } from './app.ts';
import { fakeWarehouse, liveStatus, newsroom } from './testing/fake.ts';

let app: App | undefined;
afterEach(async () => app?.close());

/** Reads the stream until `enough` says so. */
async function readUntil(
  body: ReadableStream<Uint8Array>,
  enough: (text: string) => boolean,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (enough(text)) return text;
  }
  return text;
}

it('tells the status at once and merged news after, and lets the server close under an open stream', async () => {
  const news = newsroom();
  app = createApi({
    warehouse: fakeWarehouse([]).warehouse,
    status: () => liveStatus,
    subscribe: news.subscribe,
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const { body } = await fetch(`${address}/api/events`);
  if (!body) throw new Error('no stream');
  const reading = readUntil(body, (text) => text.includes('event: final'));
  while (news.listeners.size === 0) await new Promise(setImmediate);
  news.tell({ type: 'final', block: 1001, time: '2026-10-03T10:00:00.500Z', acts: 2 });
  news.tell({ type: 'final', block: 1002, time: '2026-10-03T10:00:01.000Z', acts: 1 });
  const text = await reading;
  expect(text).toContain('event: status');
  expect(text).toContain(
    'id: 1002\nevent: final\ndata: {"type":"final","block":1002,"time":"2026-10-03T10:00:01.000Z","acts":3}',
  );
  await app.close();
  expect(news.listeners.size).toBe(0);
});
