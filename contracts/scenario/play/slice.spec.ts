import { expect, test } from 'vitest';
import { openChain } from '../../spec/open.ts';
import { planRegion, sliceOf } from '../plan.ts';
import { playRegion } from './play.ts';

/** On a real node beside the embedded chain this compares the whole region's kinds of acts, not only what the specs ask for. */
test('a slice of the region, with every kind of act, is played to its end', async () => {
  const { driver, close } = await openChain(process.env['ZAKROMA_SPEC_CHAIN'] ?? 'devnet');
  try {
    const now = new Date();
    const slice = sliceOf(planRegion({ seed: 'spec', until: now, days: 730 }), now);
    const { done, total } = await playRegion(driver, slice);
    expect(done).toBe(total);
  } finally {
    await close();
  }
});
