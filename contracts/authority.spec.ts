import { describe, expect, it } from 'vitest';
import { CONTRACTS } from './built.ts';
import { blankActions } from './spec/blank.ts';
import { furnished } from './spec/furnished.ts';
import { MISSING_AUTHORITY, expectRefusal } from './spec/refusal.ts';

const spec = furnished('registry');

/** Who must sign comes before anything else: data that says nothing is refused for the signature that is missing. */
describe.each(CONTRACTS)('%s', (contract) => {
  const actions = blankActions(contract);

  it('has logs', () => {
    expect(actions.filter(([name]) => name.startsWith('log'))).not.toEqual([]);
  });

  it.each(actions)('%s refuses a stranger', (name, data) => {
    const missing = name.startsWith('log') ? contract : '';
    const attempt = spec.world.act(contract, name, ['stranger'], data);
    return expectRefusal(attempt, `missing authority of ${missing}`, MISSING_AUTHORITY);
  });
});
