import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../zakroma.config.ts';
import { openFolder } from './folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zakroma-folder-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test('a missing folder is made with those above it, and nothing stays in it', () => {
  const path = join(root, 'a', 'b');
  openFolder(path);
  openFolder(path);
  expect(readdirSync(path)).toEqual([]);
});

test('a file in its place or above it is refused', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'below')]) {
    expect(() => {
      openFolder(path);
    }).toThrow(ConfigError);
    expect(() => {
      openFolder(path);
    }).toThrow(/a file in its place or above it\. Name another one with --data/);
  }
});

test('a place that takes no folders is refused at once', () => {
  expect(existsSync('/proc/self')).toBe(true);
  expect(() => {
    openFolder('/proc/zakroma/data');
  }).toThrow(/^\/proc\/zakroma\/data: expected a folder that can be written to, but no folder can be made/);
});

test('a folder without the right to write is refused', () => {
  // Of the superuser's rights, these files of the kernel know none.
  expect(() => {
    openFolder('/proc/self/fd');
  }).toThrow(/expected a folder that can be written to/);
});
