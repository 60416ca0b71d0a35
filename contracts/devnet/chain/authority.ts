import { legacyPublicKeyText } from '../../chain/keys.ts';
import { nameText } from '../bytes/name.ts';
import type { Reader } from '../bytes/reader.ts';
import type { Writer } from '../bytes/writer.ts';
import type { Level } from './action.ts';
import { readLevel } from './action.ts';

/** `key` is the 33 compressed bytes of a K1 public key. */
export type KeyWeight = { readonly key: Uint8Array; readonly weight: number };
export type LevelWeight = { readonly level: Level; readonly weight: number };
export type WaitWeight = { readonly seconds: number; readonly weight: number };
export type Authority = {
  readonly threshold: number;
  readonly keys: readonly KeyWeight[];
  readonly accounts: readonly LevelWeight[];
  readonly waits: readonly WaitWeight[];
};

export function readPublicKey(reader: Reader): Buffer {
  const type = reader.u8();
  if (type !== 0) throw new Error(`expected a K1 public key, got one of type ${String(type)}`);
  return Buffer.from(reader.raw(33));
}

export function readAuthority(reader: Reader): Authority {
  return {
    threshold: reader.u32(),
    keys: reader.list(() => ({ key: readPublicKey(reader), weight: reader.u16() })),
    accounts: reader.list(() => ({ level: readLevel(reader), weight: reader.u16() })),
    waits: reader.list(() => ({ seconds: reader.u32(), weight: reader.u16() })),
  };
}

export function writeAuthority(writer: Writer, authority: Authority): Writer {
  writer.u32(authority.threshold).varuint(authority.keys.length);
  for (const { key, weight } of authority.keys) writer.u8(0).raw(key).u16(weight);
  writer.varuint(authority.accounts.length);
  for (const { level, weight } of authority.accounts)
    writer.u64(level.actor).u64(level.permission).u16(weight);
  writer.varuint(authority.waits.length);
  for (const { seconds, weight } of authority.waits) writer.u32(seconds).u16(weight);
  return writer;
}

/** nodeos' rule: sorted without repeats, positive weights, and the threshold can be reached. */
export function isValidAuthority(authority: Authority): boolean {
  const ascending = <T>(items: readonly T[], before: (a: T, b: T) => boolean): boolean =>
    items.every((item, index) => index === 0 || before(items[index - 1] as T, item));
  const weights = [...authority.keys, ...authority.accounts, ...authority.waits].map(({ weight }) => weight);
  return (
    authority.threshold > 0 &&
    weights.every((weight) => weight > 0) &&
    weights.reduce((sum, weight) => sum + weight, 0) >= authority.threshold &&
    ascending(authority.keys, (a, b) => Buffer.compare(a.key, b.key) < 0) &&
    ascending(
      authority.accounts,
      (a, b) =>
        a.level.actor < b.level.actor ||
        (a.level.actor === b.level.actor && a.level.permission < b.level.permission),
    ) &&
    ascending(authority.waits, (a, b) => a.seconds < b.seconds)
  );
}

export const levelText = ({ actor, permission }: Level): string =>
  `{"actor":"${nameText(actor)}","permission":"${nameText(permission)}"}`;

/** An authority as nodeos' JSON shows it. */
export const authorityJson = ({ threshold, keys, accounts, waits }: Authority): Record<string, unknown> => ({
  threshold,
  keys: keys.map(({ key, weight }) => ({ key: legacyPublicKeyText(key), weight })),
  accounts: accounts.map(({ level, weight }) => ({
    permission: { actor: nameText(level.actor), permission: nameText(level.permission) },
    weight,
  })),
  waits: waits.map(({ seconds, weight }) => ({ wait_sec: seconds, weight })),
});
