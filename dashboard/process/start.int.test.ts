import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../zakroma.config.ts';
import { startZakroma } from './start.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zakroma-start-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Starts with these flags; a start that is not refused would listen and build. */
const start = (...argv: string[]) =>
  startZakroma(readConfig({}, [...argv, '--port', '0']), { log: pino({ level: 'silent' }) });

test('a file for a folder is refused', async () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  await expect(start('--data', file)).rejects.toThrow(ConfigError);
});

test('more cooperatives than members can fill are refused, and nothing is opened or written', async () => {
  await expect(start('--data', root, '--coops', '1000', '--members', '10')).rejects.toThrow(
    /cannot be made: members: at least 10000/,
  );
  expect(readdirSync(root)).toEqual([]);
});

test('a damaged region is refused before the warehouse is opened', async () => {
  writeFileSync(join(root, 'region.json'), '{');
  await expect(start('--data', root)).rejects.toThrow(ConfigError);
  expect(readdirSync(root)).toEqual(['region.json']);
});
