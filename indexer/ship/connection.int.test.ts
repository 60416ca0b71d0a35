import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { protocolText } from '../testing/sim-chain.ts';
import { connect } from './connection.ts';

const frame = new Uint8Array(10_000);
const frames = 3_000;
const inboxBytes = 200_000;

test('unread frames beyond the inbox stay in the network, and all arrive when they are read', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.send(protocolText);
    for (let i = 0; i < frames; i++) socket.send(frame);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  const connection = await connect(
    `ws://127.0.0.1:${address.port}`,
    new AbortController().signal,
    inboxBytes,
  );
  let before = -1;
  while (connection.received() !== before) {
    before = connection.received();
    await sleep(100);
  }
  expect(before).toBeGreaterThanOrEqual(inboxBytes);
  expect(before).toBeLessThan(10 * inboxBytes);
  for (let i = 0; i < frames; i++) {
    expect(await connection.wait(5_000)).toBe(true);
    expect(connection.shift()?.length).toBe(frame.length);
  }
  expect(connection.received()).toBeGreaterThan(frames * frame.length);
  connection.close();
  for (const socket of server.clients) socket.terminate();
  server.close();
});
