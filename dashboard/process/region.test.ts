import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settleRegion } from './region.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zakroma-region-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const asked = { seed: 'zarechnaya', days: 61, members: 60, coops: 2, liveEveryMs: 0 };

test('a region ends with the last full day, and keeps its end on later days', () => {
  const first = settleRegion(folder, asked, new Date('2026-11-21T10:20:30Z'));
  expect(first).toEqual({
    seed: 'zarechnaya',
    days: 61,
    members: 60,
    coops: 2,
    until: '2026-11-21T00:00:00.000Z',
  });
  expect(settleRegion(folder, asked, new Date('2026-12-03T00:00:00Z'))).toEqual(first);
});

test('another seed for the same folder is refused with what to do', () => {
  settleRegion(folder, asked, new Date());
  expect(() => settleRegion(folder, { ...asked, seed: 'other' }, new Date())).toThrow(
    /holds the region "zarechnaya".*--data/,
  );
});

test('a damaged file is an error that shows it', () => {
  writeFileSync(join(folder, 'region.json'), '{"seed":1}');
  expect(() => settleRegion(folder, asked, new Date())).toThrow(
    /expected seed, days, members, coops, until, got \{"seed":1\}/,
  );
});
