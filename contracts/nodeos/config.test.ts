import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts, nodeConfig } from './config.ts';
import { findPython } from './python.ts';

test('free ports are four different ones that can be listened on; asked ones are kept', async () => {
  const ports = await freePorts({ http: 48_888 });
  expect(ports.http).toBe(48_888);
  expect(new Set(Object.values(ports)).size).toBe(4);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(ports.ship, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => server.close(resolve));
});

test('the options listen on loopback alone and keep folders with spaces whole', () => {
  const config = nodeConfig('/tmp/a b', { http: 1, ship: 2, p2p: 3, debug: 4 });
  expect(config).toContain('data-dir: "/tmp/a b/data"');
  const addresses = [...config.matchAll(/^\S+-(?:address|endpoint): (.*):\d$/gm)].map(([, host]) => host);
  expect(addresses).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
});

test('no Python is found among names that are none, or programs that are no Python', async () => {
  expect(await findPython(['no-such-python', 'true'])).toBeUndefined();
});
