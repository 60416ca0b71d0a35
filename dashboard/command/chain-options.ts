import { shipAddresses } from '../../zakroma.config.ts';
import type { Environment } from '../../zakroma.config.ts';
import { one, UsageError } from './options.ts';
import type { Given } from './options.ts';

/** The endpoints and the chain expected there; an option wins over the environment. Throws UsageError or ConfigError. */
export function chainOptions(
  given: Given,
  env: Environment,
): { readonly shipUrls: readonly string[]; readonly chainId?: string } {
  const ship = one(given, 'ship') ?? env['ZAKROMA_SHIP_URL'];
  if (ship === undefined)
    throw new UsageError('--ship: expected the ws:// address of state history, it is not given');
  const chainId = one(given, 'chain-id') ?? env['ZAKROMA_CHAIN_ID'];
  if (chainId !== undefined && !/^[0-9a-f]{64}$/.test(chainId))
    throw new UsageError(`--chain-id: expected 64 hex digits, got "${chainId}"`);
  return {
    shipUrls: shipAddresses({ '--ship': ship }, '--ship'),
    ...(chainId === undefined ? {} : { chainId }),
  };
}
