import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SpecChain, openSpecChain } from '../spec/chain.ts';
import { SHARE_BALANCE, furnishFunds, ledgerOf, shareOf } from '../spec/funds-world.ts';
import { furnish } from '../spec/world.ts';

let chain: SpecChain;

beforeAll(async () => {
  chain = await openSpecChain();
  await furnish(chain.world);
  await furnishFunds(chain.world);
}, 120_000);

afterAll(async () => {
  await chain.close();
});

it('divides contributions and balances', async () => {
  expect(await ledgerOf(chain.world, 'forestcoop')).toEqual({
    cash: 200_000_000,
    share: -180_000_000,
    operations: -20_000_000,
  });
  expect((await shareOf(chain.world, 'forestcoop', 'ivan'))?.['balance']).toBe(SHARE_BALANCE);
});
