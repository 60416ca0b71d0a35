import type { Reader } from '../bytes/reader.ts';
import type { Writer } from '../bytes/writer.ts';

/** Names are 64-bit numbers throughout the engine; `data` is packed by the contract's ABI. */
export type Level = { readonly actor: bigint; readonly permission: bigint };
export type PackedAction = {
  readonly account: bigint;
  readonly name: bigint;
  readonly authorization: readonly Level[];
  readonly data: Uint8Array;
};

export function readLevel(reader: Reader): Level {
  return { actor: reader.u64(), permission: reader.u64() };
}

export function readAction(reader: Reader): PackedAction {
  return {
    account: reader.u64(),
    name: reader.u64(),
    authorization: reader.list(() => readLevel(reader)),
    data: Buffer.from(reader.blob()),
  };
}

export function writeAction(writer: Writer, action: PackedAction): Writer {
  writer.u64(action.account).u64(action.name).varuint(action.authorization.length);
  for (const { actor, permission } of action.authorization) writer.u64(actor).u64(permission);
  return writer.blob(action.data);
}
