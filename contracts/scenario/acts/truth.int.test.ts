import { describe, expect, test } from 'vitest';
import { economyOf } from '../economy/economy.ts';
import { observedIn } from '../economy/observed.ts';
import { truthOf } from '../economy/truth.ts';
import { DAY_MS, planRegion } from '../plan.ts';
import { groups } from '../reference/groups.ts';
import { municipalities } from '../reference/territories.ts';
import { regionSteps } from './region-steps.ts';

const region = planRegion({ seed: 'zarechnaya', until: new Date('2026-11-21T00:00:00Z'), days: 400 });
const { firstDay, days, reference } = region;
const economy = economyOf(reference, { from: firstDay, until: firstDay + days * DAY_MS });
const truth = truthOf(economy, observedIn(regionSteps(region), reference));
/** Whole months of which all but the first have settled. */
const [from, to] = [economy.last - 12, economy.last - 1];
const answers = municipalities.flatMap(({ oktmo: territory, title }) =>
  groups.map((group) => ({ title, group, ...truth({ territory, of: { group }, from, to }) })),
);

describe('what acts tell of the region', () => {
  test('is never more than there is', () => {
    const more = answers.filter(({ seen, whole }) => seen.made > whole.made || seen.eaten > whole.eaten);
    expect(more.map(({ title, group }) => `${title} ${group}`)).toEqual([]);
  });

  test('allows bounds of the local share that hold the true one', () => {
    const wrong = answers.filter(
      ({ localShare: { least, most, truth: share } }) => share < least || share > most,
    );
    expect(wrong.map(({ title, group }) => `${title} ${group}`)).toEqual([]);
  });

  test('covers districts on both sides of a half', () => {
    const milk = answers.filter(({ group }) => group === 'milk').map(({ coverage }) => coverage.made);
    expect(milk.filter((share) => share > 0.5).length).toBeGreaterThanOrEqual(3);
    expect(milk.filter((share) => share < 0.4).length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...answers.map(({ coverage }) => coverage.made))).toBeLessThanOrEqual(0.82);
  });
});
