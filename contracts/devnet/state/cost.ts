import type { Authority } from '../chain/authority.ts';
import type { SecondaryKind } from './table.ts';

/** Bytes of RAM that nodeos bills beside the data itself (its billable_size constants). */
export const TABLE_COST = 112;
export const ROW_COST = 112;
export const SECONDARY_COST: Readonly<Record<SecondaryKind, number>> = {
  idx64: 128,
  idx128: 144,
  idx256: 160,
  idx_double: 128,
};
export const LINK_COST = 144;
export const ACCOUNT_COST = 2048;
/** Code is billed tenfold. */
export const CODE_FACTOR = 10;

const PERMISSION_COST = 288;

/** RAM of one permission with its authority. */
export function permissionCost({ keys, accounts, waits }: Authority): number {
  return PERMISSION_COST + keys.length * (16 + 34) + accounts.length * 32 + waits.length * 16;
}
