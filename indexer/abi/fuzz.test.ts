import { expect, test } from 'vitest';
import { emptyTally, runCase } from '../testing/fuzz/case.ts';

/** Seeds that once failed, by their cause. */
const kept = {
  'options in options, all but the outer one there': 983,
  'a WebAuthn key with a length packed longer than it must be': 101_574,
};

test.each(Object.entries(kept))('%s', (_cause, seed) => {
  runCase(seed, emptyTally());
});

test('rows of random ABIs say what @wharfkit/antelope and @eosrio/node-abieos say; damaged data is refused or read alike', () => {
  const tally = emptyTally();
  for (let seed = 1; seed <= 400; seed++) runCase(seed, tally);
  expect(tally.wharfkit).toBeGreaterThan(900);
  expect(tally.abieos).toBeGreaterThan(1000);
  expect(tally.damaged).toBeGreaterThan(300);
  expect(tally.refused).toBeGreaterThan(2000);
}, 60_000);
