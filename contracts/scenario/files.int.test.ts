import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const command = fileURLToPath(new URL('./files.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'zakroma-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) => spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });

test('writes tables, borders and a README into the folder named', () => {
  const target = join(folder, 'new');
  const { status, stdout, stderr } = run(target, '--seed', 'files', '--until', '2026-11-21');
  expect([status, stderr]).toEqual([0, '']);
  const files = readdirSync(target);
  expect(files.length).toBe(stdout.trim().split('\n').length);
  expect(files).toEqual(
    expect.arrayContaining(['README.md', 'granitsy.geojson', 'naselenie.csv', 'oktmo.csv']),
  );
  expect(readFileSync(join(target, 'README.md'), 'utf8')).toContain('«files»');
});

test.each([
  [[], 'one folder expected, got 0'],
  [['one', 'two'], 'one folder expected, got 2'],
  [[folder, '--until', 'soon'], '--until: a date expected, got soon'],
])('refuses %j', (args, reason) => {
  const { status, stderr } = run(...args);
  expect([status, stderr]).toEqual([1, `${reason}\n`]);
});
