import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** Which state it is: that of a chain after one of its blocks. */
export type SnapshotOf = { readonly chainId: Uint8Array; readonly num: number; readonly id: Uint8Array };

/** Grows with every change of how a state is packed; a snapshot of another version is not read. */
const VERSION = 1;
const MAGIC = 0x3153_4b5a;
/** magic, version, checksum of all that follows, block number (u32 each), chain id, block id. */
const HEAD = 16 + 32 + 32;
const CHECKED_FROM = 12;
const KEPT = 2;
const FILE = /^state-(\d+)\.snapshot$/;

/**
 * Writes the state under a name of its own, in one step to a reader, and drops all but the newest two. It is not forced
 * to disk: a damaged one is recognised and only costs the time to execute its blocks again.
 */
export function writeSnapshot(dir: string, { chainId, num, id }: SnapshotOf, state: Uint8Array): void {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(MAGIC, 0);
  head.writeUInt32LE(VERSION, 4);
  head.writeUInt32LE(num, 12);
  head.set(chainId, 16);
  head.set(id, 48);
  head.writeUInt32LE(crc32(state, crc32(head.subarray(CHECKED_FROM))), 8);
  const path = join(dir, `state-${String(num)}.snapshot`);
  writeFileSync(`${path}.part`, head);
  writeFileSync(`${path}.part`, state, { flag: 'a' });
  renameSync(`${path}.part`, path);
  for (const old of snapshotsOf(dir).slice(KEPT)) rmSync(old.path);
}

/** Snapshots by block number, newest first. */
function snapshotsOf(dir: string): { path: string; num: number }[] {
  return readdirSync(dir)
    .flatMap((name) => {
      const num = FILE.exec(name)?.[1];
      return num === undefined ? [] : [{ path: join(dir, name), num: Number(num) }];
    })
    .sort((a, b) => b.num - a.num);
}

/** The newest state of this chain that is whole and whose block the chain still has; others are named to `ignored`. */
export function newestSnapshot(
  dir: string,
  chainId: Uint8Array,
  idOf: (num: number) => Uint8Array | undefined,
  ignored: (path: string, reason: string) => void,
): { num: number; state: Buffer } | undefined {
  for (const name of readdirSync(dir)) if (name.endsWith('.snapshot.part')) rmSync(join(dir, name));
  for (const { path, num } of snapshotsOf(dir)) {
    const bytes = readFileSync(path);
    const reason = reasonAgainst(bytes, { chainId, num, id: idOf(num) });
    if (reason === undefined) return { num, state: bytes.subarray(HEAD) };
    ignored(path, reason);
  }
  return undefined;
}

function reasonAgainst(
  bytes: Buffer,
  { chainId, num, id }: { chainId: Uint8Array; num: number; id: Uint8Array | undefined },
): string | undefined {
  if (bytes.length < HEAD || bytes.readUInt32LE(0) !== MAGIC) return 'it is not a snapshot';
  const version = bytes.readUInt32LE(4);
  if (version !== VERSION) return `version ${String(VERSION)} expected, it is of ${String(version)}`;
  if (crc32(bytes.subarray(CHECKED_FROM)) !== bytes.readUInt32LE(8)) return 'it is damaged';
  if (bytes.readUInt32LE(12) !== num || !bytes.subarray(16, 48).equals(chainId))
    return 'it is of another chain';
  if (id === undefined || !bytes.subarray(48, HEAD).equals(id))
    return `the chain's block ${String(num)} is another one`;
  return undefined;
}
