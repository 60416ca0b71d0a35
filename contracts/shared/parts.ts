import { U128 } from 'proton-tsc';

/** All of a contribution, in the millionths that a programme divides it by. */
export const WHOLE_PPM: u32 = 1_000_000;

/** The share part of a contribution, rounded down to a kopeck; the rest, to the kopeck, is the membership part (R67). */
export function sharePart(amount: u64, share_ppm: u32): u64 {
  const product = U128.fromU64(amount) * U128.fromU64(share_ppm);
  return (product / U128.fromU64(WHOLE_PPM)).lo;
}
