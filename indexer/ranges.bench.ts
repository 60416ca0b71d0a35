import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createIndexer } from './indexer.ts';
import { createMemorySink } from './sink/memory-sink.ts';
import { startShipServer } from './testing/ship-server.ts';
import { straight } from './testing/sim-chain.ts';

/**
 * What reading history over several connections gains: the same simulated chain through a wire that takes time, and through one that does
 * not. `node indexer/ranges.bench.ts [blocks]`.
 */
const blocks = Number(process.argv[2] ?? 4_000);
const oneWayMs = 20;
const bytesPerMs = 2_000;

/** A wire in front of a port: so long on the way, so many bytes a millisecond and connection. */
async function slowWire(port: number): Promise<{ readonly url: string; close(): void }> {
  const sockets = new Set<Socket>();
  function carry(from: Socket, to: Socket, perMs: number): void {
    let last = Promise.resolve();
    let freeAt = 0;
    let onTheWay = 0;
    from.on('data', (chunk: Buffer) => {
      freeAt = Math.max(freeAt, performance.now()) + chunk.length / perMs;
      const due = freeAt + oneWayMs;
      onTheWay += chunk.length;
      if (onTheWay > 100 * perMs) from.pause();
      last = last.then(async () => {
        const wait = due - performance.now();
        if (wait > 1) await sleep(wait);
        to.write(chunk);
        onTheWay -= chunk.length;
        if (onTheWay <= 50 * perMs) from.resume();
      });
    });
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  }

  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket);
    carry(near, far, Number.POSITIVE_INFINITY);
    carry(far, near, bytesPerMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

async function seconds(url: string, parallel: number, lib: number): Promise<number> {
  const start = performance.now();
  await createIndexer({
    ...{ shipUrls: [url], watched: ['shop'], sink: createMemorySink().sink, parallel, endBlock: lib },
    signal: new AbortController().signal,
    log: { info: () => undefined, warn: () => undefined },
  }).run();
  return (performance.now() - start) / 1000;
}

const lib = blocks - 5;
const server = await startShipServer({ view: { head: straight(blocks, 20), lib } });
const wire = await slowWire(Number(new URL(server.url).port));
for (const [name, url] of [
  ['20 ms away, 2 MB/s a connection', wire.url],
  ['on this machine', server.url],
] as const) {
  await seconds(url, 1, Math.min(500, lib));
  for (const parallel of [1, 2, 4]) {
    const value = Math.round(blocks / (await seconds(url, parallel, lib)));
    console.log(
      JSON.stringify({ name: `catch-up ${name}, ${parallel} connections`, value, unit: 'blocks/s' }),
    );
  }
}
wire.close();
await server.close();
