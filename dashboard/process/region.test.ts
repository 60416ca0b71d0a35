import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError } from '../../zakroma.config.ts';
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

test.each([
  ['without fields', '{"seed":1}'],
  ['cut short', '{"seed":"zarechnaya","days":61,'],
  ['empty', ''],
  ['of no numbers', '{"seed":"a","days":"x","members":60,"coops":2,"until":"2026-11-21"}'],
  ['of no date', '{"seed":"a","days":61,"members":60,"coops":2,"until":"soon"}'],
])('a damaged file, %s, is refused in one line that shows it', (_name, text) => {
  writeFileSync(join(folder, 'region.json'), text);
  const settle = () => settleRegion(folder, asked, new Date());
  expect(settle).toThrow(ConfigError);
  expect(settle).toThrow(
    `region.json is damaged: expected seed, days, members, coops, until, got ${JSON.stringify(text)}. Name another folder`,
  );
});

test('a region that cannot be made is refused before anything is written', () => {
  const settle = () => settleRegion(folder, { ...asked, members: 10, coops: 1000 }, new Date());
  expect(settle).toThrow(ConfigError);
  expect(settle).toThrow(/members: at least 10000 \(10 a cooperative\) expected, got 10.*--members, --coops/);
  expect(readdirSync(folder)).toEqual([]);
});
