import { Checksum256 } from 'proton-tsc';

/** Seconds that the first half of a pair waits for the second: 30 days. */
export const PAIR_SECONDS: u32 = 30 * 24 * 60 * 60;

/** The table key of what waits under a document: the first eight bytes of its hash as a big-endian number. */
export function documentKey(hash: Checksum256): u64 {
  return bswap<u64>(load<u64>(hash.data.dataStart));
}
